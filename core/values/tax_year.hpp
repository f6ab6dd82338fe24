#pragma once

#include "core/base/result.hpp"
#include "core/values/date.hpp"

#include <compare>
#include <string>
#include <string_view>

namespace ig::core::values {

/// A tax year by the year it starts in: 2025 is 6 April 2025 to 5 April 2026.
class TaxYear {
 public:
  constexpr TaxYear() = default;
  [[nodiscard]] static constexpr TaxYear starting(int year) noexcept { return TaxYear(year); }
  /// The tax year in which `day` lies.
  [[nodiscard]] static constexpr TaxYear of(Date day) noexcept {
    const bool before = day < Date::of(day.year(), 4, 6);
    return TaxYear(day.year() - (before ? 1 : 0));
  }

  /// Reads "2025-26" (ours, HMRC's SA interfaces) or "25-26" (RTI). Errors: INVALID_TAX_YEAR.
  [[nodiscard]] static base::Result<TaxYear> parse(std::string_view text);

  [[nodiscard]] constexpr int start_year() const noexcept { return start_; }
  [[nodiscard]] constexpr Date first_day() const { return Date::of(start_, 4, 6); }
  [[nodiscard]] constexpr Date last_day() const { return Date::of(start_ + 1, 4, 5); }
  [[nodiscard]] constexpr bool contains(Date day) const { return of(day) == *this; }
  [[nodiscard]] constexpr TaxYear previous() const noexcept { return TaxYear(start_ - 1); }
  /// "2025-26".
  [[nodiscard]] std::string text() const;
  /// "25-26", as RTI writes it.
  [[nodiscard]] std::string short_text() const;

  friend constexpr auto operator<=>(TaxYear, TaxYear) = default;

 private:
  explicit constexpr TaxYear(int start) noexcept : start_(start) {}
  int start_ = 1900;
};

static_assert(TaxYear::of(Date::of(2025, 4, 5)).start_year() == 2024);
static_assert(TaxYear::of(Date::of(2025, 4, 6)).start_year() == 2025);

}  // namespace ig::core::values
