#include "tests/bench/detection/plan.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ig::bench::detection {

using core::values::Date;

double Dice::normal() {
  const double size = std::sqrt(-2.0 * std::log(1.0 - unit()));
  return size * std::cos(2.0 * std::numbers::pi * unit());
}

std::int64_t Job::level_on(int day) const {
  if ((starts && day < *starts) || (ends && day >= *ends)) return 0;
  std::int64_t out = level;
  for (const Step& step : steps) {
    if (day < step.from || day >= step.to) continue;
    out = step.fixed >= 0 ? step.fixed : out * step.thousandths / 1'000;
  }
  return out;
}

int Job::pays_from(int payday) const {
  const int weeks = core::values::weeks_in_period(frequency);
  if (weeks > 0) return payday - 7 * weeks + 1;
  const unsigned day = static_cast<unsigned>(kFirstDay.plus_days(payday).ymd().day());
  return payday - static_cast<int>(day) + 1;
}

int Job::pays_until(int payday) const {
  if (core::values::weeks_in_period(frequency) > 0) return payday;
  const Date first = kFirstDay.plus_days(pays_from(payday));
  return core::values::days_between(kFirstDay, first.plus_months(1)) - 1;
}

int Job::payday_from(int day) const {
  const auto at = std::ranges::find_if(paydays, [&](int p) { return pays_until(p) >= day; });
  return at == paydays.end() ? paydays.back() : *at;
}

int Job::period_start(int day) const {
  const auto at = std::ranges::find_if(paydays, [&](int p) { return pays_from(p) >= day; });
  return at == paydays.end() ? day : pays_from(*at);
}

void set_paydays(Job& job, Dice& dice) {
  job.paydays.clear();
  const int last = kWatchedDays + kAfterDays;
  if (const int weeks = core::values::weeks_in_period(job.frequency); weeks > 0) {
    const int first = -kHistoryDays + dice.below(7 * weeks);
    for (int day = first; day < last; day += 7 * weeks) job.paydays.push_back(day);
    return;
  }
  constexpr unsigned days_of_month[] = {15, 20, 25, 28, 28, 31};
  const unsigned on = days_of_month[dice.below(6)];
  Date month = Date::of(2024, 1, on);
  for (int i = 0; i < 36; ++i) {
    const int day = core::values::days_between(kFirstDay, month.plus_months(i));
    if (day >= -kHistoryDays && day < last) job.paydays.push_back(day);
  }
}

}  // namespace ig::bench::detection
