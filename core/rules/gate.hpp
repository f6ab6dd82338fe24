#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/parameters.hpp"
#include "core/values/fraction.hpp"

#include <optional>

namespace ig::core::rules {

/// What a difference must come to (law.md R-026). A ratio alone is the law as it stands: at least
/// that part of the base, up or down, the part not rounded.
struct Threshold {
  constexpr Threshold(const Ratio& of_base)
      : part(of_base) {}  // NOLINT(google-explicit-constructor)

  Ratio part;
  bool at_least = true;  ///< else: more than
  bool rise_counts = true;
  bool fall_counts = true;
  bool rounds_part = false;  ///< the part of the base is rounded to a penny first (A02)
};

/// Does `other` differ enough from `base`? q * |other - base| >= p * base, for a base above nil;
/// against a nil base anything above nil is enough (law.md ). Whole pence, no rounding
/// but where the threshold says so. Equal sums never meet it.
[[nodiscard]] bool meets(const Threshold& threshold, values::Money base, values::Money other);

/// The same test on exact fractions of pence, which rounds nothing: `base` as n/d, `other` in
/// lowest terms.
[[nodiscard]] bool meets_unrounded(const Threshold& threshold, values::Int128 base_numerator,
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
