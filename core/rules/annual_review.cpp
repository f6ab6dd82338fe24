#include "core/rules/find_figure.hpp"
#include "core/rules/kinds.hpp"

namespace ig::core::rules {
namespace {

using facts::Basis;

/// What the tax year alone decides: an older one is asked for again, an amended one is a matter of
/// revision. Nothing: go on.
std::optional<Decision> by_tax_year(const FigureInForce& in_force, const HistoricFigure& historic) {
  if (!historic.known() || !historic.tax_year || !in_force.tax_year) return std::nullopt;
  if (*historic.tax_year < *in_force.tax_year) {
    return without_figure(Action::REREQUEST_HMRC, {Article::reg35_1}, Clause::older_year);
  }
  if (in_force.basis == Basis::historic && *historic.tax_year == *in_force.tax_year &&
      in_force.annual && *in_force.annual != historic.annual) {
    return without_figure(Action::REVISION_CANDIDATE, {Article::reg14_1_f, Article::reg17_4},
                          Clause::amended_at_review);
  }
  return std::nullopt;
}

bool is_same_year(const FigureInForce& in_force, const HistoricFigure& historic) {
  return in_force.basis == Basis::historic && historic.known() && historic.tax_year &&
         in_force.tax_year && *historic.tax_year == *in_force.tax_year;
}

/// A change too small for a review to follow, where policy sets a least change (A29).
bool is_left_alone(values::Money found, values::Money in_force, const Parameters& parameters) {
  const values::Money change = found > in_force ? found - in_force : in_force - found;
  return change > values::Money() && change < parameters.review_min_change;
}

/// Sets the figure found against the one in force; no tolerance but the least change that policy
/// may set (law.md R-040).
Decision against_in_force(Decision found, const FigureInForce& in_force,
                          const HistoricFigure& historic, const Parameters& parameters) {
  found.cite({Article::reg20_1});
  if (found.action != Action::DETERMINE) {
    found.clauses.add(Clause::goes_on);
    return found;
  }
  found.cite({Article::reg20_2});
  const bool other_year = *found.basis == Basis::historic && in_force.basis == Basis::historic &&
                          historic.tax_year && in_force.tax_year &&
                          *historic.tax_year != *in_force.tax_year;
  if (is_left_alone(*found.weekly, in_force.weekly, parameters)) {
    found.action = Action::NO_CHANGE;
    found.flags.add(Flag::BELOW_REVIEW_MIN_CHANGE);
    found.clauses.add(Clause::too_small);
    found.basis = in_force.basis;
    found.weekly = in_force.weekly;
  } else if (*found.weekly != in_force.weekly) {
    found.action = Action::SUPERSEDE_FROM_REVIEW_DATE;
    found.clauses.add(Clause::in_place_of);
  } else if (*found.basis != in_force.basis) {
    found.action = Action::RECORD_UPDATE;
    found.clauses.add(Clause::other_basis);
  } else if (other_year) {
    found.action = Action::RECORD_UPDATE;
    found.clauses.add(Clause::other_year);
  } else {
    found.action = Action::NO_CHANGE;
    found.clauses.add(Clause::does_not_change);
  }
  return found;
}

/// The current income a review tests for a case on historic income or on an estimate. The switch
/// is about the test: where HMRC holds nothing, current income is used without one.
CurrentIncome reported_current(const Request& request, const HistoricFigure& historic,
                               const Parameters& parameters) {
  CurrentIncome out = split_by_evidence(request);
  const bool untested = request.in_force->basis == Basis::historic &&
                        !parameters.test_current_on_historic && historic.known();
  if (untested) out.known = nullptr;
  return out;
}

Alternative alternative(const Decision& decision) {
  return {decision.action, decision.basis, decision.weekly};
}

/// In force CURRENT: the figure held is the one tested (A09). Where a verified newer one leads
/// elsewhere, both readings are lawful and a person chooses.
Decision with_held_current(const Request& request, const HistoricFigure& historic,
                           const Parameters& parameters) {
  const FigureInForce& in_force = *request.in_force;
  Current held;
  held.evidence = Evidence::verified;
  held.weekly = in_force.weekly;
  const auto reviewed = [&](const Current& current) {
    return against_in_force(find_figure(historic, {&current, nullptr}, parameters), in_force,
                            historic, parameters);
  };
  const Decision by_held = reviewed(held);
  const CurrentIncome reported = split_by_evidence(request);
  if (reported.known == nullptr) return by_held;
  const Decision by_reported = reviewed(*reported.known);
  if (!parameters.held_current_at_review) return by_reported;
  if (by_held.basis == by_reported.basis && by_held.weekly == by_reported.weekly) return by_held;
  Decision out = without_figure(Action::HUMAN_REVIEW, {}, Clause::held_or_newer);
  out.articles.add(by_held.articles);
  out.articles.add(by_reported.articles);
  out.cites_nil_rule = by_held.cites_nil_rule;
  out.test = by_held.test;
  out.flags.add(Flag::REVIEW_C_A09);
  out.alternatives.add(alternative(by_held));
  out.alternatives.add(alternative(by_reported));
  return out;
}

}  // namespace

base::Result<Decision> annual_review(const Request& request, const HistoricFigure& historic,
                                     const Parameters& parameters) {
  if (historic.state == HistoricState::not_asked) return not_asked();
  if (historic.state == HistoricState::unavailable) {
    return out_of_reach(request, Action::RETRY_THEN_HUMAN, parameters);
  }
  if (historic.state == HistoricState::rejected) return rejected_response();
  const FigureInForce& in_force = *request.in_force;
  if (auto decided = by_tax_year(in_force, historic)) return *std::move(decided);
  Decision out =
      in_force.basis == Basis::current
          ? with_held_current(request, historic, parameters)
          : against_in_force(
                find_figure(historic, reported_current(request, historic, parameters), parameters),
                in_force, historic, parameters);
  if (is_same_year(in_force, historic)) out.flags.add(Flag::STALE_SAME_YEAR);
  return out;
}

}  // namespace ig::core::rules
