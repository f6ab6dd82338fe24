#include "core/rules/explain.hpp"
#include "core/rules/gate.hpp"
#include "core/rules/kinds.hpp"

#include <fmt/format.h>

namespace ig::core::rules {
namespace {

using facts::Basis;
using values::Money;

/// The test is met, or none stands in the way: verified income decides, detected income only
/// tells (law.md R-031).
Draft met(const Current& current, std::vector<Article> articles, std::string words) {
  if (current.evidence == Evidence::detected) {
    return without_figure(Action::DETECT_ONLY_NOT_DECIDE, std::move(articles),
                          words + ", but it is not verified, so a person looks at it");
  }
  Draft out;
  out.action = Action::SUPERSEDE;
  out.basis = Basis::current;
  out.weekly = current.weekly;
  out.articles = std::move(articles);
  out.says = words + ", so the decision changes to your current income";
  return out;
}

/// Reg 23(3)(c): an estimate gives way to a real figure, without a tolerance.
Draft replaces_estimate(const Current& current, const FigureInForce& in_force) {
  return met(current, {{23, "(3)(c)"}, {42, ""}},
             fmt::format("{} of {} takes the place of the estimate of {}",
                         income_word_first(current.evidence), a_week(current.weekly),
                         a_week(in_force.weekly)));
}

std::vector<Article> articles_of(const FigureInForce& in_force, const Test& test) {
  if (in_force.basis == Basis::current) {
    if (test.met) return {{23, "(2)"}, {23, "(4)"}};
    return {{23, "(1)"}, {23, "(2)"}};
  }
  return {{17, "(1)(a)"}, in_force.weekly == Money() ? Article{34, "(2A)"} : Article{34, "(2)(a)"}};
}

std::string test_words(const Current& current, const Test& test) {
  std::string out =
      fmt::format("{} of {} is {} the {} in force", income_word_first(current.evidence),
                  a_week(test.other_amount), distance(test.base_amount, test.other_amount),
                  a_week(test.base_amount));
  if (test.base_amount == Money()) return out;
  return out + verdict(test);
}

Draft tested(const Current& current, const FigureInForce& in_force, const Parameters& parameters) {
  const bool held = in_force.basis == Basis::current;
  const Test test = in_year_test(held ? TestBase::current_in_force : TestBase::historic,
                                 in_force.weekly, current.weekly, parameters);
  auto articles = articles_of(in_force, test);
  const std::string words = test_words(current, test);
  Draft out = test.met
                  ? met(current, std::move(articles), words)
                  : without_figure(held ? Action::NO_SUPERSESSION_REG23_2 : Action::NO_SUPERSESSION,
                                   std::move(articles),
                                   words + ", so the figure in force stays until the review");
  out.test = test;
  if (held && in_force.weekly == Money()) out.flags.emplace_back("ZERO_BASE_A08");
  return out;
}

}  // namespace

base::Result<Draft> in_year(const Request& request, const HistoricFigure& /*historic*/,
                            const Parameters& parameters) {
  if (!request.current) {
    return without_figure(Action::NOT_TESTED_NO_C, {{17, "(6)"}},
                          "No current income is known, so nothing is tested");
  }
  const FigureInForce& in_force = *request.in_force;
  const Current& current = *request.current;
  if (in_force.review_date && request.effective_date >= *in_force.review_date) {
    return without_figure(
        Action::HOLD_UNTIL_REVIEW, {{20, "(1)"}, {23, "(1)"}},
        fmt::format("The change takes effect on or after the review date of {}, so it waits for "
                    "the review",
                    in_force.review_date->text()));
  }
  if (current.weekly == in_force.weekly) {
    Draft out;
    out.action = Action::NO_CHANGE;
    out.basis = in_force.basis;
    out.weekly = in_force.weekly;
    out.articles = {in_force.basis == Basis::historic ? Article{34, "(2)(a)"} : Article{23, "(2)"}};
    out.says = fmt::format("{} of {} is equal to the figure in force, so nothing changes",
                           income_word_first(current.evidence), a_week(current.weekly));
    return out;
  }
  if (in_force.basis == Basis::current_estimate) return replaces_estimate(current, in_force);
  return tested(current, in_force, parameters);
}

}  // namespace ig::core::rules
