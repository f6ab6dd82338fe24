#pragma once

#include "core/base/result.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace ig::core::values {

/// A civil day in Europe/London, from 1900-01-01 to 2099-12-31. Carries no time and no zone.
class Date {
 public:
  constexpr Date() = default;
  /// A day that is known to exist, as in Date::of(2026, 4, 6); a test or a constant of the law.
  [[nodiscard]] static constexpr Date of(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month},
                                          std::chrono::day{day}};
    base::require(ymd.ok(), "Date::of names a day of the calendar");
    return Date(std::chrono::sys_days{ymd});
  }
  [[nodiscard]] static constexpr Date of(std::chrono::sys_days days) { return Date(days); }

  /// Reads `YYYY-MM-DD`. Errors: INVALID_DATE (not of the calendar, or outside 1900 to 2099).
  [[nodiscard]] static constexpr base::Result<Date> parse(std::string_view text);

  [[nodiscard]] constexpr std::chrono::sys_days days() const noexcept { return days_; }
  [[nodiscard]] constexpr std::chrono::year_month_day ymd() const noexcept {
    return std::chrono::year_month_day{days_};
  }
  [[nodiscard]] constexpr int year() const noexcept { return static_cast<int>(ymd().year()); }
  [[nodiscard]] std::string text() const;

  [[nodiscard]] constexpr Date plus_days(int count) const noexcept {
    return Date(days_ + std::chrono::days{count});
  }
  /// The same day `count` months on; a day the month does not have becomes its last day.
  [[nodiscard]] constexpr Date plus_months(int count) const noexcept {
    const auto from = ymd();
    const auto month =
        std::chrono::year_month{from.year(), from.month()} + std::chrono::months{count};
    const std::chrono::year_month_day last{month.year() / month.month() / std::chrono::last};
    const auto day = from.day() < last.day() ? from.day() : last.day();
    return Date(std::chrono::sys_days{month.year() / month.month() / day});
  }

  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  explicit constexpr Date(std::chrono::sys_days days) noexcept : days_(days) {}
  std::chrono::sys_days days_{};
};

/// Whole days from `from` to `to`; negative when `to` lies before.
[[nodiscard]] constexpr int days_between(Date from, Date to) noexcept {
  return static_cast<int>((to.days() - from.days()).count());
}

constexpr base::Result<Date> Date::parse(std::string_view text) {
  const auto refused = [] {
    return base::Error{base::ErrorCode::INVALID_DATE,
                       {},
                       "a date is a day of the calendar, 1900 to 2099, written YYYY-MM-DD"};
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return refused();
  unsigned part[3] = {0, 0, 0};
  constexpr std::size_t start[3] = {0, 5, 8};
  constexpr std::size_t length[3] = {4, 2, 2};
  for (std::size_t p = 0; p < 3; ++p) {
    for (std::size_t i = 0; i < length[p]; ++i) {
      const char c = text[start[p] + i];
      if (c < '0' || c > '9') return refused();
      part[p] = part[p] * 10 + static_cast<unsigned>(c - '0');
    }
  }
  const std::chrono::year_month_day ymd{std::chrono::year{static_cast<int>(part[0])},
                                        std::chrono::month{part[1]}, std::chrono::day{part[2]}};
  if (!ymd.ok() || part[0] < 1900 || part[0] > 2099) return refused();
  return Date(std::chrono::sys_days{ymd});
}

}  // namespace ig::core::values
