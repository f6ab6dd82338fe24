#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/parameters.hpp"
#include "core/values/fraction.hpp"

#include <optional>

namespace ig::core::rules {

/// "At least a part of the base": q * |other - base| >= p * base, for a base above nil; against a
/// nil base anything above nil is enough (law.md ). Whole pence, no rounding.
[[nodiscard]] bool meets(const Ratio& part, values::Money base, values::Money other);

/// The same test on exact fractions of pence: `base` as n/d, `other` in lowest terms.
[[nodiscard]] bool meets_unrounded(const Ratio& part, values::Int128 base_numerator,
                                   values::Int128 base_denominator, const values::Fraction& other);

/// The gate of reg 34(2)(a) and (2A) for a known H and a known C.
[[nodiscard]] Test gate(const HistoricFigure& historic, values::Money current,
                        const std::optional<values::Fraction>& exact_current,
                        const Parameters& parameters);

/// Do the tests on whole pence and on exact fractions disagree?
[[nodiscard]] inline bool marginal(const Test& test) {
  return test.met_unrounded && *test.met_unrounded != test.met;
}

/// The test of a change between reviews, against the figure in force (reg 34(2)(a) or 23(2)).
[[nodiscard]] Test in_year_test(TestBase kind, values::Money in_force, values::Money current,
                                const Parameters& parameters);

}  // namespace ig::core::rules
