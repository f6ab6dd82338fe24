#include "core/rules/around_review.hpp"

#include "core/rules/assess.hpp"

namespace ig::core::rules {
namespace {

using base::Result;
using facts::Basis;
using values::Date;

Request request_of(const AroundReview& around, DecisionKind kind, Date on,
                   const FigureInForce& in_force) {
  Request out;
  out.id = kind == DecisionKind::annual_review ? "review" : "change";
  out.kind = kind;
  out.effective_date = on;
  out.jurisdiction = around.jurisdiction;
  out.anchor_date = around.review_date;
  out.as_of = on;
  out.in_force = in_force;
  out.variation_in_force = around.variation_in_force;
  return out;
}

Request review_of(const AroundReview& around, const FigureInForce& in_force) {
  Request out = request_of(around, DecisionKind::annual_review, around.review_date, in_force);
  out.historic = around.updated;
  return out;
}

Request change_of(const AroundReview& around, const FigureInForce& in_force) {
  Request out = request_of(around, DecisionKind::in_year_income, around.changed_on, in_force);
  out.current = around.changed_income;
  return out;
}

/// The change on the old base, then the review, which knows the changed income too.
Result<DecisionsAroundReview> change_first(const AroundReview& around,
                                           const ParameterSet& parameters) {
  DecisionsAroundReview out;
  FigureInForce before = around.in_force;
  before.review_date = around.review_date;
  auto change = assess(change_of(around, before), parameters);
  if (!change) return std::move(change).error();
  const FigureInForce in_force =
      after(*change, before, Historic{}, around.changed_on).value_or(before);
  Request request = review_of(around, in_force);
  request.current = around.changed_income;
  auto review = assess(request, parameters);
  if (!review) return std::move(review).error();
  out.decisions.push_back({around.changed_on, *std::move(change)});
  out.decisions.push_back({around.review_date, *std::move(review)});
  return out;
}

/// The review without the change, then the change on the updated figure, which the next review date
/// bounds and this one no more.
Result<DecisionsAroundReview> review_first(const AroundReview& around,
                                           const ParameterSet& parameters) {
  DecisionsAroundReview out;
  auto review = assess(review_of(around, around.in_force), parameters);
  if (!review) return std::move(review).error();
  auto in_force = after(*review, around.in_force, around.updated, around.review_date);
  out.decisions.push_back({around.review_date, *std::move(review)});
  if (!in_force) {
    out.change_waits = true;
    return out;
  }
  in_force->review_date.reset();
  // A figure that a review set rests on income and has a later day: nothing can be amiss.
  out.decisions.push_back(
      {around.changed_on, assess(change_of(around, *in_force), parameters).value()});
  return out;
}

}  // namespace

std::optional<FigureInForce> after(const Assessment& assessment, const FigureInForce& in_force,
                                   const Historic& historic, Date on) {
  if (!assessment.basis || !assessment.gross_weekly_income) return std::nullopt;
  FigureInForce out = in_force;
  out.basis = *assessment.basis;
  out.weekly = *assessment.gross_weekly_income;
  if (assessment.action == Action::NO_CHANGE) return out;
  out.since = on;
  const bool from_hmrc = out.basis == Basis::historic;
  out.tax_year = from_hmrc ? historic.tax_year : std::nullopt;
  out.annual = from_hmrc ? historic.annual : std::nullopt;
  return out;
}

Result<DecisionsAroundReview> decisions_around_review(const AroundReview& around,
                                                      const ParameterSet& parameters) {
  return around.changed_on < around.review_date ? change_first(around, parameters)
                                                : review_first(around, parameters);
}

}  // namespace ig::core::rules
