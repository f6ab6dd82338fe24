#include "adapters/formats/rule_words.hpp"
#include "core/rates/rates.hpp"
#include "core/rules/current_income.hpp"
#include "core/rules/effect.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/tolerance.hpp"
#include "tests/scenario/worked_cases/answers.hpp"
#include "tests/scenario/worked_cases/names.hpp"
#include "tests/scenario/worked_cases/shapes.hpp"

/// Cases about the figure the facts lead to: a first decision, and the annual review.
namespace ig::tests::worked {
namespace {

using namespace core::rules;
using core::facts::Basis;
using core::facts::FigureStatus;
using core::values::Date;
using core::values::Fraction;
using core::values::Money;
namespace words = adapters::formats::words;

/// Weekly pay of each job the case knows, added by the rules.
std::optional<Money> current_of(const Inputs& in, const Law& law) {
  if (const auto one = in.money({"current_weekly_pence", "current_earnings_weekly_pence"})) {
    return one;
  }
  CurrentParts parts;
  parts.as_at = kDecisionDay;
  for (const auto* job : {"employer_a_weekly_pence", "employer_b_weekly_pence"}) {
    const auto pay = in.money({job});
    if (!pay) continue;
    const ExpectedPay week = {*pay, {PeriodLength::Unit::weeks, 1}, "employer"};
    parts.jobs.push_back(*pay == Money() ? WeeklyAverage::ended()
                                         : WeeklyAverage::expected(week, law.on()).value());
  }
  if (parts.jobs.empty()) return std::nullopt;
  return candidate_current(parts).weekly;
}

Historic historic_of(const Inputs& in) {
  Historic out;
  const auto status = status_named(in.text("historic_status"));
  if (const auto annual = in.money({"historic_annual_pence"})) {
    out = available(annual->in_pence());
  } else if (const auto weekly = in.money({"historic_weekly_pence"})) {
    out = available(annual_of(*weekly).in_pence());
  }
  if (status) out.status = *status;
  return out;
}

Request request_of_case(const Inputs& in, const Law& law) {
  Request out = request_of(DecisionKind::initial);
  out.historic = historic_of(in);
  if (const auto days = in.number("days_to_anchor")) {
    out.anchor_date = kDecisionDay;
    out.as_of = kDecisionDay.plus_days(-static_cast<int>(*days));
  }
  if (const auto now = current_of(in, law)) {
    out.current = current(Evidence::verified, now->in_pence());
    if (const auto yearly = in.money({"current_annual_pence"})) {
      out.current->exact_weekly =
          Fraction(yearly->in_pence() * law.on().weekly_multiplier, law.on().weekly_divisor);
    }
  }
  return out;
}

/// Two rounded sums that a person must look at lead, by the reading of A01 that counts, to the
/// figure of the rounded test; the contract's answer itself names none.
void put_figure(Members& out, const Request& request, const Assessment& answer, const Law& law) {
  std::optional<Money> weekly = answer.gross_weekly_income;
  out["basis"] = basis_word(basis_led_to(request, law));
  if (answer.action == Action::MARGINAL_ROUNDING_HUMAN) {
    core::base::require(!answer.basis && !weekly, "a person decides a marginal case");
    Request rounded = request;
    rounded.current->exact_weekly.reset();
    const Assessment by_penny = answered(rounded, law);
    out["basis"] = basis_word(by_penny.basis);
    weekly = by_penny.gross_weekly_income;
  }
  if (!weekly) return;
  out["gwi_pence"] = pence_of(*weekly);
  out["gwi_capped_pence"] = pence_of(core::rates::capped(*weekly, law.on()));
}

/// Would going from the historic figure to current income move a liability?
void put_effect(Members& out, const Request& request, const Assessment& answer, const Law& law) {
  if (!answer.historic_weekly || !request.current) return;
  Request change = request_of(DecisionKind::in_year_income);
  change.in_force = in_force(Basis::historic, answer.historic_weekly->in_pence());
  const auto word =
      words::word(words::kEffects, effect_of(change, request.current->weekly, law.on()));
  for (const auto* member : {"effect_on_liability", "basis_changes_but_liability_effect", "push"}) {
    out[member] = word;
  }
}

/// Is there a power to estimate? Where there is, a person uses it.
void put_estimate(Members& out, const Request& request, const Law& law) {
  const HistoricFigure historic = historic_figure(request.historic, law.on()).value();
  const auto knowledge = request.current ? CurrentKnowledge::known : CurrentKnowledge::unreliable;
  const bool is_allowed = estimate_power(historic, knowledge, law.on()).has_value();
  out["estimate_allowed"] = is_allowed;
  out["human_decision"] = is_allowed;
}

/// What follows once a person has confirmed that HMRC cannot provide a figure: current income, as
/// where it holds none.
void put_if_confirmed(Members& out, const Request& request, const Assessment& answer,
                      const Law& law) {
  if (answer.action != Action::HUMAN_34_2_C) return;
  Request confirmed = request;
  confirmed.historic.status = FigureStatus::no_data;
  const Assessment then = answered(confirmed, law);
  out["basis_if_confirmed"] = basis_word(then.basis);
  out["gwi_if_confirmed_pence"] = pence_of(then.gross_weekly_income);
}

Members of_first_decision(const Inputs& in, const Law& law) {
  const Request request = request_of_case(in, law);
  const Assessment answer = answered(request, law);
  Members out;
  put_test(out, answer);
  put_figure(out, request, answer, law);
  put_effect(out, request, answer, law);
  put_estimate(out, request, law);
  put_if_confirmed(out, request, answer, law);
  out["action"] = name(answer.action);
  out["tolerance_tested"] = answer.test.has_value();
  out["historic_weekly_pence"] = pence_of(answer.historic_weekly);
  out["flag"] = answer.flags.empty() ? "" : answer.flags.front();
  if (request.current) out["current_weekly_pence"] = pence_of(request.current->weekly);
  return out;
}

Request review_of(const Inputs& in) {
  Request out = request_of(DecisionKind::annual_review);
  out.in_force = in_force(basis_named(in.text("in_force_basis")).value(),
                          in.pence("in_force_gwi_pence").in_pence());
  out.historic.status = FigureStatus::not_asked;
  if (const auto updated = in.money({"updated_historic_pence"})) {
    out.historic = available(annual_of(*updated).in_pence());
  } else {
    out.historic.status = status_named(in.text("historic_status")).value();
  }
  if (const auto held = in.money({"current_held_pence"})) {
    core::base::require(*held == out.in_force->weekly, "the current income held is in force");
  }
  out.anchor_date = kDecisionDay;
  out.as_of = kDecisionDay.plus_days(-1);
  return out;
}

/// Is a change of the yearly figure at a review held back? Asked of the least change there is.
bool holds_back_least_change(const Request& review, const Law& law) {
  Request least = review;
  least.in_force->basis = Basis::historic;
  least.in_force->tax_year.reset();
  const Money more = least.in_force->weekly + Money::pence(1);
  least.historic = available(annual_of(more).in_pence());
  const bool moves = answered(least, law).action == Action::SUPERSEDE_FROM_REVIEW_DATE;
  return !moves || tolerance_applies(ChangeGround::annual_review, Basis::historic);
}

Members of_review(const Inputs& in, const Law& law) {
  const Request request = review_of(in);
  const Assessment answer = answered(request, law);
  Members out;
  put_test(out, answer);
  put_in_force_after(out, request, answer);
  out["in_force_continues_until_decided"] = out.at("in_force_continues");
  if (answer.action == Action::NEED_CURRENT_INCOME) {
    out["basis"] = basis_word(basis_led_to(request, law));
  }
  out["action"] = name(answer.action);
  out["tolerance_applies_to_historic_change"] = holds_back_least_change(request, law);
  return out;
}

}  // namespace

const std::vector<Shape>& decision_shapes() {
  static const std::vector<Shape> shapes = {
      {"gate", {"historic_weekly_pence"}, of_first_decision},
      {"no-figure", {"historic_status"}, of_first_decision},
      {"nil-figure", {"historic_weekly_pence", "historic_status"}, of_first_decision},
      {"review", {"in_force_basis", "in_force_gwi_pence"}, of_review},
  };
  return shapes;
}

}  // namespace ig::tests::worked
