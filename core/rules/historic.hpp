#pragma once

#include "core/base/result.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"
#include "core/values/fraction.hpp"

#include <optional>

namespace ig::core::rules {

/// What HMRC's answer comes to. Four kinds of nothing are kept apart (law.md section 0).
enum class HistoricState : std::uint8_t { not_asked, unavailable, no_data, rejected, known };

/// H, and how it was found (SI 2012/2677 reg 35; law.md ).
struct HistoricFigure {
  HistoricState state = HistoricState::not_asked;
  values::Money weekly;                ///< H, rounded once; 0 is nil. When known
  values::Int128 exact_numerator = 0;  ///< the same unrounded, in pence
  values::Int128 exact_denominator = 1;
  values::Money annual;                     ///< as HMRC gave it. When known
  std::optional<values::TaxYear> tax_year;  ///< when known
  bool nil_counts_as_no_data = false;       ///< NI, and GB before 25 November 2013
  bool relief_taken_off = false;
  bool relief_exceeds_figure = false;

  [[nodiscard]] bool known() const noexcept { return state == HistoricState::known; }
  /// H, or nothing when it is not known.
  [[nodiscard]] std::optional<values::Money> weekly_if_known() const {
    return known() ? std::optional(weekly) : std::nullopt;
  }
};

/// Finds H. Errors: MISSING_MEMBER (a figure without its sum), CONTRADICTION (nil with a sum).
[[nodiscard]] base::Result<HistoricFigure> historic_figure(const Historic& historic,
                                                           const Parameters& parameters);

/// The weekly amount of a yearly one: x 7 / 365, leap year or not, rounded once, half up.
[[nodiscard]] values::Money to_weekly(values::Money annual, const Parameters& parameters);

}  // namespace ig::core::rules
