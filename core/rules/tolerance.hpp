#pragma once

#include "core/facts/case_record.hpp"
#include "core/rules/assessment.hpp"
#include "core/rules/request.hpp"
#include "core/values/money.hpp"

#include <cstdint>

/// What the 25 % test stands in the way of, and what not (SI 2012/2677 reg 23(3); law.md R-051).
namespace ig::core::rules {

/// Why a figure in force is looked at.
enum class ChangeGround : std::uint8_t {
  income_between_reviews,  ///< reg 17(1)(a)
  annual_review,           ///< reg 20; reg 23(3)(a)
  periodic_check,          ///< reg 22; reg 23(3)(a)
  wrong_in_law,            ///< reg 17(1)(c); reg 23(3)(b)
  benefit_status,          ///< reg 18(3)(d): not about a sum at all
  revision,                ///< reg 14
};

/// Must a change on this ground meet the 25 % test against the figure in force? Only a change of
/// income between reviews must, and not where it takes the place of an estimate (reg 23(3)(c)).
/// Nothing is said of the gate of reg 34 between historic and current income.
[[nodiscard]] bool tolerance_applies(ChangeGround ground, facts::Basis in_force);

/// What becomes of a figure that was wrong in law.
struct Correction {
  Action action = Action::NO_CHANGE;  ///< SUPERSEDE, or NO_CHANGE where the sum was right
  facts::Basis basis = facts::Basis::historic;
  values::Money weekly;
};

/// Puts the right sum in the place of a wrong one, however small the difference; the basis stays.
[[nodiscard]] Correction corrected(const FigureInForce& in_force, values::Money correct);

}  // namespace ig::core::rules
