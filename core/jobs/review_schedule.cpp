#include "core/jobs/review_schedule.hpp"

#include "core/rules/hmrc_window.hpp"

#include <algorithm>

namespace ig::core::jobs {

using values::Date;

std::vector<Date> review_ask_days(Date review_date, const rules::Parameters& law) {
  std::vector<Date> out = rules::ask_dates(review_date, law);
  Date day = rules::earliest_request(review_date, law);
  while (day < review_date) {
    const int left = values::days_between(day, review_date);
    day = day.plus_days(std::max(1, left / 3));
    out.push_back(day);
  }
  std::ranges::sort(out);
  const auto repeated = std::ranges::unique(out);
  out.erase(repeated.begin(), repeated.end());
  return out;
}

Date settled_from(Date review_date, const rules::Parameters& law) {
  return rules::ask_dates(review_date, law).back();
}

bool is_ask_day(std::span<const Date> days, Date today, std::optional<Date> last) {
  const auto after = std::ranges::upper_bound(days, today);
  if (after == days.begin()) return false;
  return !last || *last < *(after - 1);
}

std::optional<Date> next_ask_day(std::span<const Date> days, Date today) {
  const auto after = std::ranges::upper_bound(days, today);
  if (after == days.end()) return std::nullopt;
  return *after;
}

}  // namespace ig::core::jobs
