#pragma once

#include "core/base/result.hpp"
#include "core/rules/assessment.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

#include <optional>
#include <vector>

/// A change of income near a review date (SI 2012/2677 regs 20(1), 23(1), 34; law.md R-055).
namespace ig::core::rules {

/// What is known of a case near its review date.
struct AroundReview {
  FigureInForce in_force;
  values::Date review_date;
  values::Date changed_on;  ///< effective date of the change, not the day of its report
  Current changed_income;
  Historic updated;  ///< HMRC's figure asked for this review
  facts::Jurisdiction jurisdiction = facts::Jurisdiction::gb;
  bool variation_in_force = false;
};

/// One of the decisions that are due.
struct DueDecision {
  values::Date on;  ///< the day it is judged for: of the change, or the review date
  Assessment assessment;
};

/// The decisions due, in their order.
struct DecisionsAroundReview {
  std::vector<DueDecision> decisions;
  /// The change waits: the review it is judged after has led to no figure yet.
  bool change_waits = false;
};

/// The figure in force once `assessment` is applied; nothing where it sets no figure. `historic` is
/// the one it was made with, `on` its day.
[[nodiscard]] std::optional<FigureInForce> after(const Assessment& assessment,
                                                 const FigureInForce& in_force,
                                                 const Historic& historic, values::Date on);

/// Makes each decision on the result of the one before it. A change effective before the review
/// date is judged on the old base, and the review comes after it. One effective on or after the
/// review date comes after the review and is judged on the updated figure.
/// Errors: those of assess().
[[nodiscard]] base::Result<DecisionsAroundReview> decisions_around_review(
    const AroundReview& around, const ParameterSet& parameters);

}  // namespace ig::core::rules
