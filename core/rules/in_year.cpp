#include "core/rules/gate.hpp"
#include "core/rules/kinds.hpp"

namespace ig::core::rules {
namespace {

using facts::Basis;
using values::Money;

/// The test is met, or none stands in the way: verified income decides, detected income only
/// tells (law.md R-031).
Decision met(const Current& current, Clause clause) {
  if (current.evidence == Evidence::detected) {
    Decision out = without_figure(Action::DETECT_ONLY_NOT_DECIDE, {}, clause);
    out.clauses.add(Clause::not_verified);
    return out;
  }
  Decision out = without_figure(Action::SUPERSEDE, {}, clause);
  out.basis = Basis::current;
  out.weekly = current.weekly;
  out.clauses.add(Clause::changes_to_current);
  return out;
}

Decision not_met(bool held, Clause clause) {
  Decision out =
      without_figure(held ? Action::NO_SUPERSESSION_REG23_2 : Action::NO_SUPERSESSION, {}, clause);
  out.clauses.add(Clause::stays_until_review);
  return out;
}

void cite(Decision& decision, const FigureInForce& in_force, const Test& test) {
  if (in_force.basis == Basis::current) {
    decision.cite({Article::reg23_2, test.met ? Article::reg23_4 : Article::reg23_1});
    return;
  }
  decision.cite(
      {Article::reg17_1_a, in_force.weekly == Money() ? Article::reg34_2A : Article::reg34_2_a});
}

Decision tested(const Current& current, const FigureInForce& in_force,
                const Parameters& parameters) {
  const bool held = in_force.basis == Basis::current;
  const Test test = in_year_test(held ? TestBase::current_in_force : TestBase::historic,
                                 in_force.weekly, current.weekly, parameters);
  const bool from_nil = in_force.weekly == Money();
  const Clause clause = from_nil ? Clause::in_year_from_nil : Clause::in_year_tested;
  Decision out = test.met ? met(current, clause) : not_met(held, clause);
  cite(out, in_force, test);
  out.test = test;
  if (held && from_nil) out.flags.add(Flag::ZERO_BASE_A08);
  return out;
}

/// Reg 23(3)(c): an estimate gives way to a real figure, without a tolerance.
Decision replaces_estimate(const Current& current) {
  Decision out = met(current, Clause::replaces_estimate);
  out.cite({Article::reg23_3_c, Article::reg42});
  return out;
}

Decision equal_in_force(const FigureInForce& in_force) {
  Decision out =
      without_figure(Action::NO_CHANGE,
                     {in_force.basis == Basis::historic ? Article::reg34_2_a : Article::reg23_2},
                     Clause::equal_in_force);
  out.basis = in_force.basis;
  out.weekly = in_force.weekly;
  return out;
}

}  // namespace

base::Result<Decision> in_year(const Request& request, const HistoricFigure& /*historic*/,
                               const Parameters& parameters) {
  if (!request.current) {
    return without_figure(Action::NOT_TESTED_NO_C, {Article::reg17_6}, Clause::nothing_to_test);
  }
  const FigureInForce& in_force = *request.in_force;
  const Current& current = *request.current;
  if (in_force.review_date && request.effective_date >= *in_force.review_date) {
    return without_figure(Action::HOLD_UNTIL_REVIEW, {Article::reg20_1, Article::reg23_1},
                          Clause::waits_for_review);
  }
  if (current.weekly == in_force.weekly) return equal_in_force(in_force);
  if (in_force.basis == Basis::current_estimate) return replaces_estimate(current);
  return tested(current, in_force, parameters);
}

}  // namespace ig::core::rules
