#pragma once

#include "core/rules/parameters.hpp"
#include "core/values/money.hpp"

#include <cstdint>

namespace ig::core::rules {

/// The fee on a weekly sum that is collected: so many thousandths of it, rounded once, half up
/// (SI 2014/612 reg 7; law.md R-072).
[[nodiscard]] values::Money fee_by_week(values::Money weekly, std::int64_t per_mille);

/// The same worked out for a day (a seventh of the week), rounded there, and seven days of it.
[[nodiscard]] values::Money fee_by_day(values::Money weekly, std::int64_t per_mille);

/// A week's fee by whichever of the two the switch fee.rounding picks (A14).
[[nodiscard]] values::Money collection_fee(values::Money weekly, std::int64_t per_mille,
                                           const Parameters& parameters);

}  // namespace ig::core::rules
