#include "adapters/sandbox/hmrc_world.hpp"

#include "core/base/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace ig::adapters::sandbox {
namespace {

using core::base::SeededRandom;
using std::chrono::days;

constexpr std::size_t kNumber = 8;
constexpr std::uint64_t kFirstId = 4'100'000'000;

/// The paydays of the tax year before the first one of the history.
std::vector<Day> earlier_paydays(const Scheme& scheme, Day as_of) {
  std::vector<Day> out;
  const auto all =
      scheme.rhythm == Rhythm::monthly ? month_end_paydays(as_of, 12) : fridays(as_of, 53);
  for (const Day day : all) {
    if (tax_year_start(day) != tax_year_start(as_of) || day >= scheme.paydays.front()) continue;
    if (scheme.rhythm == Rhythm::four_weekly && tax_week(day) % 4 != 0) continue;
    out.push_back(day);
  }
  return out;
}

std::string payment_id(std::uint64_t number, std::uint64_t chance) {
  if (chance % 8 != 0) return fmt::format("{}", number);
  constexpr std::uint64_t nineteen_digits = 1'000'000'000'000'000'000;
  return fmt::format("{}{:019}", nineteen_digits + chance % (8 * nineteen_digits), number);
}

void spoil(std::vector<PaidRow>& rows, const ActiveFault& fault) {
  if (rows.empty()) return;
  PaidRow more = rows.back();
  // The numbers given out begin with 4: this one is nobody's.
  const auto other_id =
      "9" + more.id.substr(more.id.size() - std::min<std::size_t>(more.id.size(), 10));
  switch (fault.kind) {
    case Fault::DUPLICATE_PAYMENT:
      rows.insert(rows.end(),
                  static_cast<std::size_t>(std::clamp<std::int64_t>(fault.number(1), 1, 100)),
                  more);
      break;
    case Fault::TWIN_PAYMENT:
      more.id = other_id;
      rows.push_back(std::move(more));
      break;
    case Fault::CORRECTION: {
      rows.back().no_longer_valid = more.paid_on + days{10};
      const auto less = more.pay / 10;
      more.pay -= less;
      more.pay_to_date -= less;
      more.id = other_id;
      more.late_reason = "H";
      rows.push_back(std::move(more));
      break;
    }
    case Fault::YEAR_TO_DATE:
      rows.back().pay_to_date -= fault.number(10'000);
      break;
    default:
      break;
  }
}

}  // namespace

EmployerName employer_name(const Scheme& scheme) {
  static constexpr std::array<std::pair<std::string_view, EmployerName>, 4> names = {{
      {"120", {"Harbour Tools Ltd", "Unit 4", "Quay Road", "ZZ9 9ZZ"}},
      {"475", {"Weekly Fresh Foods", "1 Market Yard", "Nowhere", "ZZ8 8ZZ"}},
      {"581", {"Four Lanes Care", "The Old Mill", "Nowhere", "ZZ7 7ZZ"}},
      {"846", {"Second Shift Services", "22 Night Street", "Nowhere", "ZZ6 6ZZ"}},
  }};
  for (const auto& [office, name] : names) {
    if (office == scheme.office) return name;
  }
  return {"An Employer", "1 High Street", "Nowhere", "ZZ5 5ZZ"};
}

HmrcWorld::HmrcWorld(const Population& population) : population_(population) {
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    by_number_.emplace(population.people[i].person.nino.substr(0, kNumber), i);
  }
  for (const Scheme& scheme : population.schemes) {
    earlier_.push_back(earlier_paydays(scheme, population.as_of));
  }
  for (const Case& own_case : population.cases) {
    if (own_case.trading > 0) trade_[own_case.person] = own_case.trading;
  }
}

std::optional<std::size_t> HmrcWorld::find(std::string_view nino) const {
  const auto known = by_number_.find(std::string(nino.substr(0, kNumber)));
  if (known == by_number_.end()) return std::nullopt;
  if (member(known->second).yearly.status == YearlyTruth::Status::unknown_person) {
    return std::nullopt;
  }
  return known->second;
}

std::uint64_t HmrcWorld::chance(std::size_t index, std::uint64_t question) const {
  return SeededRandom(population_.seed * 1'000'003 + index * 31 + question * 7'919).next();
}

void HmrcWorld::add_rows(std::size_t index, std::size_t which, std::vector<PaidRow>& out) const {
  const Job& job = member(index).jobs[which];
  PaidRow row;
  row.job = &job;
  row.scheme = &population_.schemes[job.scheme];
  row.sequence = static_cast<int>(which) + 1;
  const auto pay = [&](Day day, std::int64_t sum) {
    if (sum == 0) return;
    row.paid_on = day;
    row.period = row.scheme->rhythm == Rhythm::monthly ? tax_month(day) : tax_week(day);
    row.pay = sum;
    row.pay_to_date += sum;
    row.taken = deductions(sum, row.scheme->rhythm);
    row.tax_to_date += row.taken.tax;
    row.employee_ni_to_date += row.taken.employee_ni;
    row.employer_ni_to_date += row.taken.employer_ni;
    const auto number = kFirstId + index * 1'000 + which * 100 + static_cast<unsigned>(row.period);
    row.id = payment_id(number, chance(index, 100 + which * 100 + std::size_t(row.period)));
    out.push_back(row);
  };
  for (const Day day : earlier_[job.scheme]) pay(day, job.started_on ? 0 : job.before);
  for (std::size_t i = 0; i < job.pay.size(); ++i) pay(row.scheme->paydays[i], job.pay[i]);
}

std::vector<PaidRow> HmrcWorld::all_rows(std::size_t index) const {
  std::vector<PaidRow> out;
  for (std::size_t i = 0; i < member(index).jobs.size(); ++i) add_rows(index, i, out);
  std::sort(out.begin(), out.end(), [](const PaidRow& a, const PaidRow& b) {
    return std::tie(a.paid_on, a.sequence) < std::tie(b.paid_on, b.sequence);
  });
  return out;
}

std::vector<PaidRow> HmrcWorld::rows(std::size_t index, Day from, Day to,
                                     const ActiveFault& fault) const {
  auto out = all_rows(index);
  std::erase_if(out, [&](const PaidRow& row) { return row.paid_on < from || row.paid_on > to; });
  spoil(out, fault);
  return out;
}

bool HmrcWorld::poisoned(std::size_t index, Day from, Day to, const ActiveFault& fault) const {
  if (fault.kind != Fault::POISON_ROW) return false;
  const auto all = all_rows(index);
  if (all.empty()) return false;
  const Day day = parse_day(fault.argument).value_or(all[all.size() / 2].paid_on);
  return from <= day && day <= to;
}

std::vector<Employment> HmrcWorld::employments(std::size_t index, Day from, Day to) const {
  constexpr Day no_end{std::chrono::year{2099} / 12 / 31};
  std::vector<Employment> out;
  for (const Job& job : member(index).jobs) {
    Employment one;
    one.job = &job;
    one.scheme = &population_.schemes[job.scheme];
    one.started_on =
        job.started_on.value_or(Day{std::chrono::year{2023} / 6 / 5} -
                                days{static_cast<int>(chance(index, 11 + job.scheme) % 2'000)});
    one.ended_on = job.left_on;
    if (!one.ended_on && chance(index, 21 + job.scheme) % 3 == 0) one.ended_on = no_end;
    if (one.started_on <= to && one.ended_on.value_or(no_end) >= from) out.push_back(one);
  }
  return out;
}

std::vector<SaReturn> HmrcWorld::returns(std::size_t index) const {
  const Member& own = member(index);
  const auto trade = trade_.find(index);
  const bool files =
      own.yearly.source == "SA" || trade != trade_.end() || chance(index, 1) % 10 == 0;
  if (!files || own.yearly.status == YearlyTruth::Status::no_data || own.yearly.tax_year == 0) {
    return {};
  }
  SaReturn latest;
  latest.year = own.yearly.tax_year;
  latest.utr = fmt::format("{:010}", 1'000'000'000 + chance(index, 2) % 9'000'000'000);
  latest.received = Day{std::chrono::year{latest.year + 1} / 10 / 1} +
                    days{static_cast<int>(chance(index, 3) % 110)};
  latest.trade = trade == trade_.end() ? 0 : trade->second;
  latest.employment = own.yearly.annual - latest.trade;
  if (chance(index, 4) % 3 == 0)
    latest.uk_interest = 1'246 + static_cast<int>(chance(index, 5) % 9'000);
  if (chance(index, 6) % 5 == 0) latest.uk_dividends = 65'789;
  if (chance(index, 7) % 6 == 0) latest.property = 420'000;
  SaReturn before = latest;
  --before.year;
  before.received = plus_years(latest.received, -1);
  before.employment = latest.employment * 97 / 100;
  before.trade = latest.trade * 97 / 100;
  std::vector<SaReturn> out = {before};
  if (chance(index, 8) % 7 == 0) {
    SaReturn first = latest;
    first.trade = latest.trade * 95 / 100;
    first.uk_interest = 0;
    first.received = latest.received - days{30};
    out.push_back(first);
  }
  out.push_back(latest);
  return out;
}

Day HmrcWorld::sa_registered(std::size_t index) const {
  return Day{std::chrono::year{2019} / 10 / 3} - days{static_cast<int>(chance(index, 10) % 1'500)};
}

std::string_view HmrcWorld::second_forename(std::size_t index) const {
  static constexpr std::array<std::string_view, 6> names = {"Jordan", "Ashley", "Morgan",
                                                            "Robin",  "Sam",    "Alex"};
  const auto pick = chance(index, 12) % 12;
  return pick < names.size() ? names[pick] : std::string_view();
}

}  // namespace ig::adapters::sandbox
