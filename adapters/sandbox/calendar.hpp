#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::sandbox {

/// A civil day. The sandbox counts days by itself, so that a slip in the gateway's own calendar
/// shows.
using Day = std::chrono::sys_days;

/// `YYYY-MM-DD`.
[[nodiscard]] std::string text(Day day);
/// Nothing unless it is a day of the calendar written `YYYY-MM-DD`.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
/// The same day `years` on; 29 February becomes the 28th.
[[nodiscard]] Day plus_years(Day day, int years);
/// The last Monday to Friday of each of the last `count` calendar months whose last such day is
/// not after `until`, oldest first.
[[nodiscard]] std::vector<Day> month_end_paydays(Day until, int count);
/// The last `count` Fridays not after `until`, oldest first.
[[nodiscard]] std::vector<Day> fridays(Day until, int count);

/// The year in which the tax year of a day begins (on 6 April).
[[nodiscard]] int tax_year_start(Day day);
/// "2025-26" for 2025.
[[nodiscard]] std::string tax_year_text(int start);
/// 1 to 12; month 1 begins on 6 April.
[[nodiscard]] int tax_month(Day day);
/// 1 to 53; week 1 begins on 6 April.
[[nodiscard]] int tax_week(Day day);

}  // namespace ig::adapters::sandbox
