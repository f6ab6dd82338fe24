#include "core/rules/around_review.hpp"
#include "core/rules/gate.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/tolerance.hpp"
#include "tests/scenario/worked_cases/answers.hpp"
#include "tests/scenario/worked_cases/shapes.hpp"

#include <fmt/format.h>

/// Cases about a figure in force that changes: between reviews, at the periodic check, by a later
/// answer of HMRC, around a review date.
namespace ig::tests::worked {
namespace {

using namespace core::rules;
using core::facts::Basis;
using core::values::Date;
using core::values::Money;
using core::values::TaxYear;

Basis basis_of(const Inputs& in) { return basis_named(in.text("in_force_basis")).value(); }

/// The members of a decision on a figure in force; `now` is the income it is compared with.
Members changed(const Request& request, Money now, const Law& law) {
  const Assessment answer = answered(request, law);
  Members out;
  put_test(out, answer);
  put_in_force_after(out, request, answer);
  out["action"] = name(answer.action);
  out["tolerance_applies"] = answer.test.has_value();
  out["variance_percent"] = percent(request.in_force->weekly, now);
  if (!answer.flags.empty()) out["flag"] = answer.flags.front();
  return out;
}

/// The figure in force is on current income, an estimate of it, or HMRC's.
Members of_income_change(const Inputs& in, const Law& law) {
  const Basis basis = basis_of(in);
  const Money held =
      in.pence(basis == Basis::historic ? "historic_weekly_pence" : "current_in_force_pence");
  const Money now = in.pence("current_new_pence");
  Request request = request_of(DecisionKind::in_year_income);
  request.in_force = in_force(basis, held.in_pence());
  if (in.flag("before_review_date")) request.in_force->review_date = kDecisionDay.plus_days(1);
  request.current = current(Evidence::verified, now.in_pence());
  Members out = changed(request, now, law);
  if (const auto historic = in.money({"historic_weekly_pence"})) {
    out["variance_against_historic_percent"] = percent(*historic, now);
  }
  return out;
}

/// Income that has stood so many months: the periodic check when it is due, else an ordinary
/// change.
Members of_months(const Inputs& in, const Law& law) {
  const auto months = static_cast<int>(in.number("months_unchanged").value());
  const Money now = in.pence("verified_current_pence");
  const bool due = months >= law.on().periodic_check_months;
  Request request =
      request_of(due ? DecisionKind::periodic_current_check : DecisionKind::in_year_income);
  request.in_force = in_force(basis_of(in), in.pence("current_in_force_pence").in_pence());
  request.in_force->since = kDecisionDay.plus_months(-months);
  request.current = current(Evidence::verified, now.in_pence());
  return changed(request, now, law);
}

Members of_error(const Inputs& in, const Law& /*law*/) {
  core::base::require(in.text("ground") == "wrong_in_law", "the ground of a case is known");
  const auto before = in_force(basis_of(in), in.pence("current_in_force_pence").in_pence());
  const Correction found = corrected(before, in.pence("correct_pence"));
  return {
      {"tolerance_applies", tolerance_applies(ChangeGround::wrong_in_law, before.basis)},
      {"action", name(found.action)},
      {"basis", basis_word(found.basis)},
      {"gwi_pence", pence_of(found.weekly)},
  };
}

/// HMRC has the figure of a year later than the one in force.
Members of_later_year(const Inputs& in, const Law& law) {
  Request request = request_of(DecisionKind::revision);
  const Money held = in.pence("historic_weekly_pence");
  request.in_force = in_force(basis_of(in), held.in_pence());
  request.in_force->tax_year = TaxYear::starting(2024);
  request.in_force->annual = annual_of(held);
  request.in_force->review_date =
      kDecisionDay.plus_days(static_cast<int>(in.number("days_to_review").value()));
  const Money now = in.pence("new_hmrc_year_weekly_pence");
  request.historic = available(annual_of(now).in_pence(), 2025);
  return changed(request, now, law);
}

/// HMRC amends the figure of the year in force.
Members of_amendment(const Inputs& in, const Law& law) {
  const TaxYear year = year_of(in.text("tax_year"));
  const Money before = in.pence("old_annual_pence");
  Request request = request_of(DecisionKind::revision);
  request.in_force = in_force(basis_of(in), to_weekly(before, law.on()).in_pence());
  request.in_force->tax_year = year;
  request.in_force->annual = before;
  request.historic = available(in.pence("amended_annual_pence").in_pence(), year.start_year());
  const Assessment answer = answered(request, law);
  Members out = changed(request, answer.historic_weekly.value(), law);
  out["tolerance_applies"] = out.at("tolerance_applies").get<bool>() ||
                             tolerance_applies(ChangeGround::revision, Basis::historic);
  out["old_weekly_pence"] = pence_of(request.in_force->weekly);
  out["new_weekly_pence"] = pence_of(answer.historic_weekly);
  return out;
}

/// A decision of several, under the name of its place.
void put_decision(Members& out, const std::string& place, const DueDecision& due) {
  Members one;
  put_test(one, due.assessment);
  out[place + ".date"] = due.on.text();
  out[place + ".action"] = name(due.assessment.action);
  out[place + ".basis"] = basis_word(due.assessment.basis);
  out[place + ".gwi_pence"] = pence_of(due.assessment.gross_weekly_income);
  if (!due.assessment.test) return;
  const Test& test = *due.assessment.test;
  out[place + ".variance_percent"] = one.at("variance_percent");
  out[place + ".compare"] =
      fmt::format("{} v {}", test.other_amount.in_pence(), test.base_amount.in_pence());
}

Members of_change_around_review(const Inputs& in, const Law& law) {
  const Money held = in.money({"current_in_force_pence", "old_historic_pence"}).value();
  const Money now = in.pence("current_new_pence");
  AroundReview around;
  around.in_force = in_force(basis_of(in), held.in_pence());
  around.review_date = in.date("review_date").value();
  around.changed_on = in.date("change_date").value();
  around.changed_income = current(Evidence::verified, now.in_pence());
  around.updated = available(annual_of(in.pence("updated_historic_pence")).in_pence());
  const auto found = decisions_around_review(around, law.set).value();
  core::base::require(!found.change_waits, "both decisions are made");
  Members out;
  for (std::size_t i = 0; i < found.decisions.size(); ++i) {
    put_decision(out, fmt::format("decision_{}", i + 1), found.decisions[i]);
  }
  const Assessment& last = found.decisions.back().assessment;
  put_test(out, last);
  out["action"] = name(last.action);
  out["would_have_met_against_old"] =
      in_year_test(TestBase::historic, held, now, law.on(around.changed_on)).met;
  return out;
}

/// A threshold is a row of the law with a day it starts on: another row, another answer.
Members of_threshold(const Inputs& in, const Law& law) {
  const Parameters& counted = law.on(in.date("effective_date").value());
  const Ratio part = counted.threshold_historic;
  const Parameters other = other_reading("variance.reg34", Ratio{part.numerator, 2});
  const Money base = Money::pence(part.denominator);
  const Money least = Money::pence(part.denominator + part.numerator);
  const bool now = in_year_test(TestBase::historic, base, least, counted).met;
  const bool then = in_year_test(TestBase::historic, base, least, other).met;
  return {
      {"threshold_used", fmt::format("{}%", part.numerator * 100 / part.denominator)},
      {"must_not_be_hard_coded", now && !then},
  };
}

}  // namespace

const std::vector<Shape>& change_shapes() {
  static const std::vector<Shape> shapes = {
      {"income-change", {"in_force_basis", "current_new_pence"}, of_income_change},
      {"months-unchanged",
       {"in_force_basis", "months_unchanged", "verified_current_pence"},
       of_months},
      {"wrong-figure", {"in_force_basis", "correct_pence", "ground"}, of_error},
      {"later-year",
       {"in_force_basis", "new_hmrc_year_weekly_pence", "days_to_review"},
       of_later_year},
      {"amended-year",
       {"in_force_basis", "tax_year", "old_annual_pence", "amended_annual_pence"},
       of_amendment},
      {"around-review",
       {"in_force_basis", "change_date", "review_date", "current_new_pence",
        "updated_historic_pence"},
       of_change_around_review},
      {"threshold", {"effective_date", "parameters"}, of_threshold},
  };
  return shapes;
}

}  // namespace ig::tests::worked
