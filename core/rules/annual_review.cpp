#include "core/rules/explain.hpp"
#include "core/rules/find_figure.hpp"
#include "core/rules/kinds.hpp"

#include <fmt/format.h>

namespace ig::core::rules {
namespace {

using facts::Basis;

constexpr Article kReview{20, "(1)"};
constexpr Article kReviewChange{20, "(2)"};
constexpr Article kAmended{14, "(1)(f)"};
constexpr Article kReviseFirst{17, "(4)"};

/// What the tax year alone decides: an older one is asked for again, an amended one is a matter of
/// revision. Nothing: go on.
std::optional<Draft> by_tax_year(const FigureInForce& in_force, const HistoricFigure& historic) {
  if (!historic.known() || !historic.tax_year || !in_force.tax_year) return std::nullopt;
  if (*historic.tax_year < *in_force.tax_year) {
    return without_figure(
        Action::REREQUEST_HMRC, {{35, "(1)"}},
        fmt::format("HMRC answered for {}, which is older than {} already used, so it is asked "
                    "again",
                    historic.tax_year->text(), in_force.tax_year->text()));
  }
  if (in_force.basis == Basis::historic && *historic.tax_year == *in_force.tax_year &&
      in_force.annual && *in_force.annual != historic.annual) {
    return without_figure(Action::REVISION_CANDIDATE, {kAmended, kReviseFirst},
                          fmt::format("HMRC now gives another sum for {}, the tax year in force, "
                                      "so the earlier decision may have to be revised",
                                      in_force.tax_year->text()));
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
Draft against_in_force(Draft found, const FigureInForce& in_force, const HistoricFigure& historic,
                       const Parameters& parameters) {
  found.articles.push_back(kReview);
  if (found.action != Action::DETERMINE) {
    found.says += ", and the figure in force goes on until then";
    return found;
  }
  found.articles.push_back(kReviewChange);
  const bool other_year = *found.basis == Basis::historic && in_force.basis == Basis::historic &&
                          historic.tax_year && in_force.tax_year &&
                          *historic.tax_year != *in_force.tax_year;
  if (is_left_alone(*found.weekly, in_force.weekly, parameters)) {
    found.action = Action::NO_CHANGE;
    found.flags.emplace_back("BELOW_REVIEW_MIN_CHANGE");
    found.says += fmt::format("; the change from {} is too small to follow at a review",
                              a_week(in_force.weekly));
    found.basis = in_force.basis;
    found.weekly = in_force.weekly;
  } else if (*found.weekly != in_force.weekly) {
    found.action = Action::SUPERSEDE_FROM_REVIEW_DATE;
    found.says += fmt::format(" from the review date in place of {}", a_week(in_force.weekly));
  } else if (*found.basis != in_force.basis) {
    found.action = Action::RECORD_UPDATE;
    found.says += fmt::format("; the weekly figure stays {} but now rests on {}",
                              a_week(in_force.weekly), basis_word(*found.basis));
  } else if (other_year) {
    found.action = Action::RECORD_UPDATE;
    found.says += fmt::format("; the weekly figure stays {} but now rests on tax year {}",
                              a_week(in_force.weekly), historic.tax_year->text());
  } else {
    found.action = Action::NO_CHANGE;
    found.says +=
        fmt::format("; the figure in force of {} does not change", a_week(in_force.weekly));
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

Alternative alternative(const Draft& draft) { return {draft.action, draft.basis, draft.weekly}; }

/// In force CURRENT: the figure held is the one tested (A09). Where a verified newer one leads
/// elsewhere, both readings are lawful and a person chooses.
Draft with_held_current(const Request& request, const HistoricFigure& historic,
                        const Parameters& parameters) {
  const FigureInForce& in_force = *request.in_force;
  Current held;
  held.evidence = Evidence::verified;
  held.weekly = in_force.weekly;
  const auto reviewed = [&](const Current& current) {
    return against_in_force(find_figure(historic, {&current, nullptr}, parameters), in_force,
                            historic, parameters);
  };
  const Draft by_held = reviewed(held);
  const CurrentIncome reported = split_by_evidence(request);
  if (reported.known == nullptr) return by_held;
  const Draft by_reported = reviewed(*reported.known);
  if (!parameters.held_current_at_review) return by_reported;
  if (by_held.basis == by_reported.basis && by_held.weekly == by_reported.weekly) return by_held;
  Draft out = without_figure(
      Action::HUMAN_REVIEW, by_held.articles,
      fmt::format("The current income held of {} and the newer verified {} lead to different "
                  "figures at this review, so a person chooses",
                  a_week(in_force.weekly), a_week(reported.known->weekly)));
  out.articles.insert(out.articles.end(), by_reported.articles.begin(), by_reported.articles.end());
  out.citation = by_held.citation;
  out.test = by_held.test;
  out.flags.emplace_back("REVIEW_C_A09");
  out.alternatives = {alternative(by_held), alternative(by_reported)};
  return out;
}

}  // namespace

base::Result<Draft> annual_review(const Request& request, const HistoricFigure& historic,
                                  const Parameters& parameters) {
  if (historic.state == HistoricState::not_asked) return not_asked();
  if (historic.state == HistoricState::unavailable) {
    return out_of_reach(request, Action::RETRY_THEN_HUMAN, parameters);
  }
  if (historic.state == HistoricState::rejected) return rejected_response();
  const FigureInForce& in_force = *request.in_force;
  if (auto decided = by_tax_year(in_force, historic)) return *std::move(decided);
  Draft out =
      in_force.basis == Basis::current
          ? with_held_current(request, historic, parameters)
          : against_in_force(
                find_figure(historic, reported_current(request, historic, parameters), parameters),
                in_force, historic, parameters);
  if (is_same_year(in_force, historic)) out.flags.emplace_back("STALE_SAME_YEAR");
  return out;
}

}  // namespace ig::core::rules
