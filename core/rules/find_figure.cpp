#include "core/rules/find_figure.hpp"

#include "core/rules/explain.hpp"
#include "core/rules/gate.hpp"

#include <fmt/format.h>

namespace ig::core::rules {
namespace {

using facts::Basis;
using values::Money;

constexpr Article kGate{34, "(2)(a)"};
constexpr Article kNil{34, "(2A)"};
constexpr Article kNoData{34, "(2)(b)"};
constexpr Article kNoYearHeld{34, "(3)"};
constexpr Article kWeekly{35, "(1)"};
constexpr Article kRelief{35, "(3)"};

void add_weekly_articles(Draft& draft, const HistoricFigure& historic) {
  draft.articles.push_back(kWeekly);
  if (historic.relief_taken_off) draft.articles.push_back(kRelief);
}

Draft determined(Basis basis, Money weekly) {
  Draft out;
  out.action = Action::DETERMINE;
  out.basis = basis;
  out.weekly = weekly;
  return out;
}

/// Reg 34(2)(b): HMRC holds nothing, so current income, and no test at all.
Draft without_historic(const HistoricFigure& historic, const CurrentIncome& current,
                       const Parameters& parameters) {
  const std::string why = historic.nil_counts_as_no_data
                              ? "HMRC's figure is nil, which counts as no figure here"
                              : "HMRC holds no figure for the tax years it was asked for";
  Draft out;
  if (current.known == nullptr) {
    out.action = Action::NEED_CURRENT_INCOME;
    out.says = why + ", so evidence of current income is needed";
  } else {
    out = determined(Basis::current, current.known->weekly);
    out.says = fmt::format("{}, so your current income of {} is used without a test", why,
                           a_week(current.known->weekly));
  }
  out.articles.push_back(kNoData);
  if (historic.nil_counts_as_no_data) {
    out.citation = parameters.nil_citation;
  } else {
    out.articles.push_back(kNoYearHeld);
  }
  return out;
}

/// No current income to test: the historic figure stands (law.md R-025).
Draft untested(const HistoricFigure& historic, const CurrentIncome& current,
               const Parameters& parameters) {
  Draft out = determined(Basis::historic, historic.weekly);
  add_weekly_articles(out, historic);
  if (historic.weekly == Money() && parameters.nil_seeks_current) {
    out = without_figure(Action::NEED_CURRENT_INCOME, {kNil},
                         hmrc_figure(historic) +
                             " is nil and no verified current income is known, so evidence of it "
                             "is asked for");
    add_weekly_articles(out, historic);
  } else if (historic.weekly == Money()) {
    out.flags.emplace_back("NIL_ACCEPTED_CURRENT_UNKNOWN");
    out.articles.push_back(kNil);
    out.says = hmrc_figure(historic) +
               " is nil and no verified current income is known, so the "
               "nil figure is used";
  } else {
    out.flags.emplace_back("NOT_TESTED_NO_C");
    out.says = fmt::format(
        "{} gives {} and there is no verified current income to test against it, so it is used",
        hmrc_figure(historic), a_week(historic.weekly));
  }
  if (current.seen != nullptr &&
      gate(historic, current.seen->weekly, std::nullopt, parameters).met) {
    out.flags.emplace_back("RTI_DIFFERS");
    out.says +=
        fmt::format(", although pay of {} is seen in real-time data", a_week(current.seen->weekly));
  }
  return out;
}

std::string gate_words(const HistoricFigure& historic, const Test& test) {
  if (test.base_amount != Money()) {
    return fmt::format("Your current income of {} is {} the {} that {} gives{}",
                       a_week(test.other_amount), distance(test.base_amount, test.other_amount),
                       a_week(test.base_amount), hmrc_figure(historic), verdict(test));
  }
  if (test.met) {
    return fmt::format(
        "{} is nil and your current income is {}, which counts as a change of at least {}",
        hmrc_figure(historic), a_week(test.other_amount),
        part_text(test.threshold_numerator, test.threshold_denominator));
  }
  return hmrc_figure(historic) + " is nil and so is your current income";
}

Draft gated(const HistoricFigure& historic, const Current& current, const Parameters& parameters) {
  const Test test = gate(historic, current.weekly, current.exact_weekly, parameters);
  const std::string words = gate_words(historic, test);
  Draft out;
  if (marginal(test)) {
    out.action = Action::MARGINAL_ROUNDING_HUMAN;
    out.says = words + ", but the test on unrounded sums says otherwise, so a person decides";
    out.articles.push_back({6, ""});
  } else if (test.met) {
    out = determined(Basis::current, current.weekly);
    out.says = words + ", so your current income is used";
  } else {
    out = determined(Basis::historic, historic.weekly);
    out.says = words + ", so HMRC's figure is used";
  }
  out.test = test;
  out.articles.push_back(historic.weekly == Money() ? kNil : kGate);
  add_weekly_articles(out, historic);
  return out;
}

}  // namespace

Draft find_figure(const HistoricFigure& historic, const CurrentIncome& current,
                  const Parameters& parameters) {
  if (!historic.known()) return without_historic(historic, current, parameters);
  if (current.known == nullptr) return untested(historic, current, parameters);
  return gated(historic, *current.known, parameters);
}

CurrentIncome split_by_evidence(const Request& request) {
  if (!request.current) return {};
  const Current* given = &*request.current;
  if (given->evidence == Evidence::verified) return {given, nullptr};
  return {nullptr, given};
}

Draft out_of_reach(const Request& request, Action early, const Parameters& parameters) {
  if (request.as_of && request.anchor_date && *request.as_of < *request.anchor_date) {
    return without_figure(early, {{35, "(2)"}},
                          "HMRC could not be reached and there is time until " +
                              request.anchor_date->text() + ", so it is asked again");
  }
  const Action late =
      parameters.unable_names_34_2_c ? Action::HUMAN_34_2_C : Action::HUMAN_UNAVAILABLE;
  const Article cited = parameters.hmrc_unable_gate ? Article{34, "(2)(c)"} : Article{34, "(2)"};
  return without_figure(late, {cited},
                        "HMRC could not be reached in time, so a person decides whether its "
                        "figure cannot be had");
}

Draft rejected_response() {
  return without_figure(Action::REJECT_RESPONSE, {{35, "(1)"}},
                        "HMRC's answer names no tax year, so it cannot be used");
}

}  // namespace ig::core::rules
