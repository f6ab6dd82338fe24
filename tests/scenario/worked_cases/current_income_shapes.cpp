#include "adapters/formats/rule_words.hpp"
#include "core/rules/current_income.hpp"
#include "core/rules/gate.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/self_employed.hpp"
#include "core/rules/variation.hpp"
#include "tests/scenario/worked_cases/answers.hpp"
#include "tests/scenario/worked_cases/shapes.hpp"

#include <algorithm>

/// Cases about current income, and about income that only a variation reaches.
namespace ig::tests::worked {
namespace {

using namespace core::rules;
using core::facts::Basis;
using core::values::Fraction;
using core::values::Money;
using core::values::TaxYear;
using Unit = PeriodLength::Unit;
namespace words = adapters::formats::words;

constexpr PeriodLength kMonth = {Unit::months, 1};

/// A trade over a tax year of 365 days.
Trade trade_of(Money profits, Ratio share = {}) {
  const TaxYear year = TaxYear::starting(2025);
  return {year.first_day(), year.last_day(), profits, share, std::nullopt};
}

Money week_of(const Trade& trade, WeeksInPeriod reading, const Law& law) {
  return weekly_profit(trade, kDecisionDay, reading, law.on()).half_up();
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

Members of_trade(const Inputs& in, const Law& law) {
  const Trade trade = trade_of(in.pence("profits_annual_pence"));
  Members out = {
      {"weekly_days_over_7_pence", pence_of(week_of(trade, WeeksInPeriod::days_over_7, law))},
      {"weekly_52_pence", pence_of(week_of(trade, WeeksInPeriod::weeks_52, law))},
      {"default", lower(law.choice("self_employed.weeks"))},
      {"flag", law.question("self_employed.weeks")},
  };
  const auto historic = in.money({"historic_weekly_pence"});
  if (!historic) return out;
  const HistoricFigure figure =
      historic_figure(available(annual_of(*historic).in_pence()), law.on()).value();
  const TradeTest found = test_trade(figure, Money(), trade, kDecisionDay, law.on());
  const auto met = [&](WeeksInPeriod reading) {
    return found.tests[static_cast<std::size_t>(reading)].met;
  };
  out["meets_25_days_over_7"] = met(WeeksInPeriod::days_over_7);
  out["meets_25_52"] = met(WeeksInPeriod::weeks_52);
  out["action"] = found.action ? Json(name(*found.action)) : Json();
  return out;
}

Members of_ceased_trade(const Inputs& in, const Law& law) {
  Trade trade = trade_of(in.pence("last_profits_annual_pence"));
  if (in.flag("ceased_on_or_before_effective_date")) trade.ceased_on = kDecisionDay;
  return {{"current_self_employment_weekly_pence",
           pence_of(week_of(trade, law.on().weeks_in_period, law))}};
}

Members of_partnership(const Inputs& in, const Law& law) {
  const Trade trade = trade_of(in.pence("partnership_profits_annual_pence"),
                               {in.number("share_percent").value(), 100});
  return {
      {"own_profits_annual_pence", pence_of(own_profits(trade))},
      {"weekly_days_over_7_pence", pence_of(week_of(trade, WeeksInPeriod::days_over_7, law))},
  };
}

Members of_monthly_pay(const Inputs& in, const Law& law) {
  const auto months = static_cast<std::size_t>(in.number("months").value());
  const std::vector<PayPeriod> periods(months,
                                       {in.pence("monthly_pay_pence"), kMonth, std::nullopt});
  const Ratio whole_weeks = {12, 52};
  const Ratio days = {12 * 7, 365};
  const auto week = [&](const Ratio& month) {
    const Parameters read = other_reading("employee.month_to_week", month);
    return WeeklyAverage::average(periods, read).value().weekly();
  };
  const Money counted = WeeklyAverage::average(periods, law.on()).value().weekly();
  return {
      {"weekly_12_over_365x7_pence", pence_of(week(days))},
      {"weekly_12_over_52_pence", pence_of(week(whole_weeks))},
      {"default", counted == week(days) ? "12_over_365x7" : "12_over_52"},
      {"flag", law.question("employee.month_to_week")},
  };
}

/// One month with a bonus of a year: seen alone it only tells, averaged it is what counts.
Members of_bonus(const Inputs& in, const Law& law) {
  const Money bonus = in.pence("annual_bonus_in_last_month_pence");
  std::vector<PayPeriod> periods;
  for (const Json& pay : in.at("monthly_pay_pence")) {
    periods.push_back({Money::pence(pay.get<std::int64_t>()), kMonth, std::nullopt});
  }
  const ExpectedPay last = {periods.back().pay, kMonth, "employer"};
  periods.back().pay = periods.back().pay - bonus;
  periods.back().bonus = Bonus{bonus, {Unit::months, 12}};
  const Money naive = WeeklyAverage::expected(last, law.on()).value().weekly();
  const Money averaged = WeeklyAverage::average(periods, law.on()).value().weekly();
  const Money historic = in.pence("historic_weekly_pence");
  const auto met = [&](Money now) {
    return in_year_test(TestBase::historic, historic, now, law.on()).met;
  };
  Request seen = request_of(DecisionKind::in_year_income);
  seen.in_force = in_force(Basis::historic, historic.in_pence());
  seen.current = current(Evidence::detected, naive.in_pence());
  return {
      {"naive_last_month_weekly_pence", pence_of(naive)}, {"naive_meets_25", met(naive)},
      {"averaged_weekly_pence", pence_of(averaged)},      {"averaged_meets_25", met(averaged)},
      {"action", name(answered(seen, law).action)},
  };
}

Members of_pay_and_pensions(const Inputs& in, const Law& law) {
  CurrentParts parts;
  parts.as_at = kDecisionDay;
  const ExpectedPay week = {in.pence("employee_weekly_pence"), {Unit::weeks, 1}, "employer"};
  parts.jobs.push_back(WeeklyAverage::expected(week, law.on()).value());
  parts.pensions.push_back({in.pence("occupational_pension_weekly_pence"), false});
  parts.pensions.push_back({in.pence("state_pension_weekly_pence"), true});
  parts.relief_at_source_weekly = in.pence("ras_pension_weekly_pence");
  const CandidateCurrent found = candidate_current(parts);
  Json excluded = Json::array();
  if (found.social_security_pension > Money()) excluded.push_back(name(PartTag::state_pension));
  return {{"current_weekly_pence", pence_of(found.weekly)}, {"excluded", excluded}};
}

Members of_foreign_pay(const Inputs& in, const Law& /*law*/) {
  return {{"current_weekly_pence",
           pence_of(after_bank_charge(in.pence("sterling_weekly_before_charge_pence"),
                                      in.pence("bank_charge_weekly_pence")))}};
}

Members of_unearned(const Inputs& in, const Law& law) {
  UnearnedEvidence evidence;
  evidence.hmrc_annual = in.money({"unearned_annual_pence", "hmrc_unearned_pence"});
  evidence.other_annual = in.money({"other_evidence_pence"});
  evidence.reg69_5_opens = in.flag("reg69_5_applies");
  const UnearnedIncome found = unearned_income(evidence, law.on());
  return {
      {"ground_exists", found.ground_exists},
      {"weekly_pence", pence_of(found.weekly)},
      {"unearned_pence", pence_of(found.annual)},
      {"hmrc_is_starting_point_only", found.standing == UnearnedStanding::starting_point},
      {"human_decision", found.person_decides()},
  };
}

Members of_earned_and_unearned(const Inputs& in, const Law& law) {
  const Money earned = in.pence("earned_annual_pence");
  const Money unearned = in.pence("unearned_annual_pence");
  return {
      {"total_annual_pence", pence_of(earned + unearned)},
      {"weekly_sum_then_round_pence", pence_of(weekly_together(earned, unearned, law.on()))},
      {"weekly_round_then_sum_pence",
       pence_of(to_weekly(earned, law.on()) + to_weekly(unearned, law.on()))},
  };
}

Members of_assets(const Inputs& in, const Law& law) {
  const AssetsGround found = assets_ground(in.pence("asset_value_pence"), law.on());
  return {
      {"ground_exists", found.ground_exists},
      {"notional_annual_at_8_percent_pence", pence_of(found.notional_annual)},
  };
}

Members of_variation(const Inputs& in, const Law& law) {
  const auto effect = words::word(
      words::kEffects, variation_effect(in.pence("gwi_before_pence"),
                                        in.pence("gwi_after_variation_pence"), law.on()));
  return {{"effect_on_liability", effect}, {"push", effect}};
}

}  // namespace

const std::vector<Shape>& current_income_shapes() {
  static const std::vector<Shape> shapes = {
      {"trade", {"profits_annual_pence"}, of_trade},
      {"trade-and-figure", {"historic_weekly_pence", "profits_annual_pence"}, of_trade},
      {"ceased-trade", {"last_profits_annual_pence"}, of_ceased_trade},
      {"partnership", {"partnership_profits_annual_pence", "share_percent"}, of_partnership},
      {"monthly-pay", {"monthly_pay_pence", "months"}, of_monthly_pay},
      {"bonus",
       {"historic_weekly_pence", "monthly_pay_pence", "annual_bonus_in_last_month_pence"},
       of_bonus},
      {"pay-and-pensions",
       {"employee_weekly_pence", "occupational_pension_weekly_pence"},
       of_pay_and_pensions},
      {"foreign-pay", {"sterling_weekly_before_charge_pence"}, of_foreign_pay},
      {"unearned", {"unearned_annual_pence"}, of_unearned},
      {"unearned-evidence", {"hmrc_unearned_pence", "other_evidence_pence"}, of_unearned},
      {"earned-and-unearned",
       {"earned_annual_pence", "unearned_annual_pence"},
       of_earned_and_unearned},
      {"assets", {"asset_value_pence"}, of_assets},
      {"variation", {"gwi_before_pence", "gwi_after_variation_pence"}, of_variation},
  };
  return shapes;
}

}  // namespace ig::tests::worked
