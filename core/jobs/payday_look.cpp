#include "core/jobs/payday_look.hpp"

#include <algorithm>

namespace ig::core::jobs {
namespace {

using values::Date;

constexpr int kLastDays = 2;  ///< paid so many days before the month ends: paid at its end

Date end_of_month(Date day) {
  const auto ymd = day.ymd();
  return Date::of(std::chrono::sys_days{ymd.year() / ymd.month() / std::chrono::last});
}

bool has_rhythm(const ledger::EmploymentIncome& job) {
  if (job.status != ledger::EmploymentStatus::active || !job.frequency || !job.last_paid_on) {
    return false;
  }
  return values::weeks_in_period(*job.frequency) > 0 ||
         values::months_in_period(*job.frequency) > 0;
}

ExpectedLook look_for(const ledger::EmploymentIncome& job, Date as_of, const LookPolicy& policy) {
  Date payday = payday_after(*job.last_paid_on, *job.frequency);
  for (Date next = payday_after(payday, *job.frequency); next.plus_days(policy.after_days) <= as_of;
       next = payday_after(next, *job.frequency)) {
    payday = next;
  }
  return {payday, payday.plus_days(policy.after_days), job.frequency};
}

ExpectedLook turn_of(values::PersonId person, Date as_of) {
  const auto days = as_of.days().time_since_epoch().count();
  const auto place = static_cast<std::int64_t>(person.value) % kLookAnyway;
  const Date since = as_of.plus_days(-static_cast<int>((days + place) % kLookAnyway));
  return {since, since, std::nullopt};
}

}  // namespace

Date payday_after(Date payday, values::PayFrequency frequency) {
  const int weeks = values::weeks_in_period(frequency);
  if (weeks > 0) return payday.plus_days(7 * weeks);
  const int months = values::months_in_period(frequency);
  base::require(months > 0, "a payday follows by a regular frequency");
  const bool at_the_end = values::days_between(payday, end_of_month(payday)) <= kLastDays;
  const Date next = payday.plus_months(months);
  return at_the_end ? end_of_month(next) : next;
}

std::vector<ExpectedLook> expected_looks(const ledger::PersonIncome& income,
                                         values::PersonId person, const LookPolicy& policy) {
  std::vector<ExpectedLook> out;
  for (const ledger::EmploymentIncome& job : income.employments) {
    if (has_rhythm(job)) out.push_back(look_for(job, income.as_of, policy));
  }
  if (out.empty()) out.push_back(turn_of(person, income.as_of));
  std::ranges::sort(out, {}, &ExpectedLook::anchor);
  const auto repeated = std::ranges::unique(out, {}, &ExpectedLook::anchor);
  out.erase(repeated.begin(), repeated.end());
  return out;
}

bool is_look_due(const ExpectedLook& look, const std::optional<ports::Pull>& pull, Date as_of) {
  if (!pull || !pull->last_on) return look.on <= as_of;
  if (pull->answered || *pull->last_on >= as_of) return false;
  // HMRC could not say: tomorrow is another day.
  if (pull->attempts == 0) return true;
  if (!look.rhythm || pull->attempts > kLookAgainAfter.size()) return false;
  return pull->last_on->plus_days(kLookAgainAfter[pull->attempts - 1]) <= as_of;
}

}  // namespace ig::core::jobs
