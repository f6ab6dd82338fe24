#include "core/rules/find_figure.hpp"

#include "core/rules/gate.hpp"

namespace ig::core::rules {
namespace {

using facts::Basis;
using values::Money;

void cite_weekly(Decision& decision, const HistoricFigure& historic) {
  decision.cite({Article::reg35_1});
  if (historic.relief_taken_off) decision.cite({Article::reg35_3});
}

Decision determined(Basis basis, Money weekly, Clause clause) {
  Decision out;
  out.action = Action::DETERMINE;
  out.basis = basis;
  out.weekly = weekly;
  out.found = weekly;
  out.clauses.add(clause);
  return out;
}

/// Reg 34(2)(b): HMRC holds nothing, so current income, and no test at all.
Decision without_historic(const HistoricFigure& historic, const CurrentIncome& current) {
  Decision out =
      current.known == nullptr
          ? without_figure(Action::NEED_CURRENT_INCOME, {}, Clause::no_figure_need_current)
          : determined(Basis::current, current.known->weekly, Clause::no_figure_use_current);
  out.cite({Article::reg34_2_b});
  out.cites_nil_rule = historic.nil_counts_as_no_data;
  if (!historic.nil_counts_as_no_data) out.cite({Article::reg34_3});
  return out;
}

/// No current income to test, and a nil figure: it is used, or current income is asked for (A07).
Decision nil_untested(const Parameters& parameters) {
  if (parameters.nil_seeks_current) {
    return without_figure(Action::NEED_CURRENT_INCOME, {Article::reg34_2A},
                          Clause::nil_asks_current);
  }
  Decision out = determined(Basis::historic, Money(), Clause::nil_accepted);
  out.cite({Article::reg34_2A});
  out.flags.add(Flag::NIL_ACCEPTED_CURRENT_UNKNOWN);
  return out;
}

Decision figure_untested(Money weekly) {
  Decision out = determined(Basis::historic, weekly, Clause::not_tested);
  out.flags.add(Flag::NOT_TESTED_NO_C);
  return out;
}

/// No current income to test: the historic figure stands (law.md R-025).
Decision untested(const HistoricFigure& historic, const CurrentIncome& current,
                  const Parameters& parameters) {
  Decision out =
      historic.weekly == Money() ? nil_untested(parameters) : figure_untested(historic.weekly);
  cite_weekly(out, historic);
  if (current.seen != nullptr &&
      gate(historic, current.seen->weekly, std::nullopt, parameters).met) {
    out.flags.add(Flag::RTI_DIFFERS);
    out.clauses.add(Clause::pay_seen);
  }
  return out;
}

Clause clause_of(const Test& test) {
  if (test.base_amount != Money()) return Clause::gate_tested;
  return test.met ? Clause::gate_from_nil : Clause::gate_both_nil;
}

Decision gated(const HistoricFigure& historic, const Current& current,
               const Parameters& parameters) {
  const Test test = gate(historic, current.weekly, current.exact_weekly, parameters);
  const Clause tested = clause_of(test);
  Decision out;
  if (marginal(test)) {
    out = without_figure(Action::MARGINAL_ROUNDING_HUMAN, {Article::reg6}, tested);
    out.clauses.add(Clause::gate_marginal);
  } else if (test.met) {
    out = determined(Basis::current, current.weekly, tested);
    out.clauses.add(Clause::gate_met);
  } else {
    out = determined(Basis::historic, historic.weekly, tested);
    out.clauses.add(Clause::gate_not_met);
  }
  out.test = test;
  out.cite({historic.weekly == Money() ? Article::reg34_2A : Article::reg34_2_a});
  cite_weekly(out, historic);
  return out;
}

}  // namespace

Decision find_figure(const HistoricFigure& historic, const CurrentIncome& current,
                     const Parameters& parameters) {
  if (!historic.known()) return without_historic(historic, current);
  if (current.known == nullptr) return untested(historic, current, parameters);
  return gated(historic, *current.known, parameters);
}

CurrentIncome split_by_evidence(const Request& request) {
  if (!request.current) return {};
  const Current* given = &*request.current;
  if (given->evidence == Evidence::verified) return {given, nullptr};
  return {nullptr, given};
}

Decision out_of_reach(const Request& request, Action early, const Parameters& parameters) {
  if (request.as_of && request.anchor_date && *request.as_of < *request.anchor_date) {
    return without_figure(early, {Article::reg35_2}, Clause::reached_again);
  }
  const Action late =
      parameters.unable_names_34_2_c ? Action::HUMAN_34_2_C : Action::HUMAN_UNAVAILABLE;
  const Article cited = parameters.hmrc_unable_gate ? Article::reg34_2_c : Article::reg34_2;
  return without_figure(late, {cited}, Clause::out_of_reach);
}

Decision rejected_response() {
  return without_figure(Action::REJECT_RESPONSE, {Article::reg35_1}, Clause::no_tax_year);
}

}  // namespace ig::core::rules
