#include "adapters/sandbox/fps_files.hpp"

#include "adapters/sandbox/fps_message.hpp"
#include "adapters/sandbox/names.hpp"
#include "core/base/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace ig::adapters::sandbox {
namespace {

using core::base::SeededRandom;

int period_of(const Scheme& scheme, Day day) {
  return scheme.rhythm == Rhythm::monthly ? tax_month(day) : tax_week(day);
}

/// Periods of the tax year that were paid before the first payday of the history.
int periods_before(const Scheme& scheme) {
  const int first = period_of(scheme, scheme.paydays.front());
  return scheme.rhythm == Rhythm::four_weekly ? first / 4 - 1 : first - 1;
}

FpsEmployee entry(const Scheme& scheme, const Person& person, const Job& job, std::size_t payday) {
  FpsEmployee out;
  out.person = person;
  out.payroll_id = job.payroll_id;
  out.rhythm = scheme.rhythm;
  out.paid_on = scheme.paydays[payday];
  out.period = period_of(scheme, out.paid_on);
  out.pay = job.pay[payday];
  out.pay_to_date = job.started_on ? 0 : job.before * periods_before(scheme);
  for (std::size_t i = 0; i <= payday; ++i) out.pay_to_date += job.pay[i];
  const bool first = out.pay_to_date == out.pay;
  if (first) out.started_on = job.started_on;
  const bool last = payday + 1 == job.pay.size() || job.pay[payday + 1] == 0;
  if (last) out.left_on = job.left_on;
  return out;
}

/// The colleagues without a case: the same people on every payday.
void add_others(FpsMessage& message, const Population& population, std::size_t index,
                std::size_t payday, std::size_t count) {
  static constexpr std::string_view prefixes[] = {"NS", "JG", "SB", "LM"};
  const Scheme& scheme = population.schemes[index];
  SeededRandom random(population.seed * 31 + index);
  for (std::size_t i = 0; i < count; ++i) {
    Job job;
    job.scheme = index;
    job.payroll_id = fmt::format("P{}", 20'000 + i);
    job.before = static_cast<std::int64_t>(900 + random.below(2'600)) * 100;
    if (scheme.rhythm == Rhythm::weekly) job.before /= 4;
    job.pay.assign(scheme.paydays.size(), job.before);
    const auto serial = static_cast<std::uint32_t>(200'000 + i * 3);
    auto employee = entry(scheme, invent_person(prefixes[index], serial, random), job, payday);
    employee.without_number = i % 97 == 96;
    message.add(employee);
  }
}

FpsFile make_file(const Population& population, std::size_t index, std::size_t payday) {
  const Scheme& scheme = population.schemes[index];
  const Day day = scheme.paydays[payday];
  FpsFile out;
  out.paid_on = day;
  out.name = text(day) + scheme.file_suffix + ".xml";
  FpsMessage message(scheme, day, [&](std::string_view bytes) { out.text += bytes; });
  std::size_t members = 0;
  for (const Member& member : population.people) {
    for (const Job& job : member.jobs) {
      if (job.scheme != index) continue;
      ++members;
      if (job.pay[payday] > 0) message.add(entry(scheme, member.person, job, payday));
    }
  }
  add_others(message, population, index, payday,
             members * static_cast<std::size_t>(scheme.others_per_person));
  const std::string mark = message.finish();
  out.text.replace(message.mark_position(), mark.size(), mark);
  return out;
}

}  // namespace

std::vector<FpsFile> make_fps_files(const Population& population) {
  std::vector<FpsFile> out;
  for (std::size_t index = 0; index < population.schemes.size(); ++index) {
    for (std::size_t i = 0; i < population.schemes[index].paydays.size(); ++i) {
      out.push_back(make_file(population, index, i));
    }
  }
  std::sort(out.begin(), out.end(), [](const FpsFile& a, const FpsFile& b) {
    return std::tie(a.paid_on, a.name) < std::tie(b.paid_on, b.name);
  });
  return out;
}

}  // namespace ig::adapters::sandbox
