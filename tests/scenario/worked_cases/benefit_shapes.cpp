#include "core/rates/rates.hpp"
#include "core/rules/benefit_status.hpp"
#include "core/rules/deduction.hpp"
#include "core/rules/liability.hpp"
#include "core/rules/tolerance.hpp"
#include "tests/scenario/worked_cases/names.hpp"
#include "tests/scenario/worked_cases/shapes.hpp"

#include <algorithm>

/// Cases about benefits: the flat rate they bring, and what is deducted from them.
namespace ig::tests::worked {
namespace {

using namespace core::rules;
using core::facts::Basis;
using core::facts::Benefit;
using core::facts::Jurisdiction;
using core::values::Date;
using core::values::Money;

StatusHistory history_of(const std::vector<Award>& awards, Date first, Date last, const Law& law) {
  const Watch watch = {first.plus_days(-1), last.plus_days(1)};
  return status_changes(awards, watch, law.set, Jurisdiction::gb).value();
}

bool is_tested() { return tolerance_applies(ChangeGround::benefit_status, Basis::historic); }

/// An award that starts, or ends, on a day.
Members of_award(const Inputs& in, const Law& law) {
  Award award;
  award.benefit = benefit_named(in.text("benefit"));
  if (in.text("held_by") == "partner") award.holder = Holder::partner;
  const auto start = in.date("benefit_start");
  award.stops_on = in.date("benefit_end");
  const Date day = start ? *start : award.stops_on.value();
  award.from = start.value_or(day.plus_days(-30));
  const auto found = history_of({award}, day, day, law);
  return {
      {"effective_date", found.told.size() == 1 ? Json(found.told.front().date.text()) : Json()},
      {"tolerance_applies", is_tested()},
  };
}

/// "flat, para 4(1)(c)", or by income.
std::string route_words(FlatRateRoute route, const Parameters& parameters) {
  if (route == FlatRateRoute::none) return "income based";
  const std::string cited = citation(route, parameters);
  return "flat, " + cited.substr(0, cited.find(','));
}

/// Events of universal credit: a day, then whether the award has earned income.
Members of_events(const Inputs& in, const Law& law) {
  std::vector<Award> awards;
  for (const Json& event : in.at("events")) {
    const auto text = event.get<std::string>();
    Award award;
    award.benefit = Benefit::UC;
    award.from = Date::parse(text.substr(0, 10)).value();
    const bool no_earnings = text.find("no earned income") != std::string::npos;
    award.earnings = no_earnings ? Earnings::none : Earnings::some;
    if (!awards.empty()) awards.back().stops_on = award.from;
    awards.push_back(award);
  }
  const auto found = history_of(awards, awards.front().from, awards.back().from, law);
  Json triggers = Json::array();
  for (const StatusChange& change : found.told) {
    triggers.push_back(
        {{"date", change.date.text()}, {"to", route_words(change.to, law.on(change.date))}});
  }
  Members out = {{"triggers", triggers}, {"tolerance_applies", is_tested()}};
  if (std::ranges::any_of(found.told, &StatusChange::by_earnings)) {
    out["flag"] = law.question("uc.toggle_settle");
  }
  return out;
}

/// One award and an income: the rate, its law, and what a deduction may do.
Members of_status(const Inputs& in, const Law& law) {
  Award award;
  award.benefit = benefit_named(in.text("benefit"));
  award.from = kDecisionDay;
  if (in.has("earned_income")) {
    award.earnings = in.flag("earned_income") ? Earnings::some : Earnings::none;
  }
  const std::vector<Award> awards = {award};
  const FlatRateStatus status = status_on(awards, kDecisionDay, law.on());
  const Money income = in.pence("gwi_pence");
  const Liability liability = liability_of(status, false, income, law.on()).value();
  const bool by_benefit = status.own.has_value() || status.of_couple.has_value();
  core::rates::Household household;
  household.gross_weekly_income = income;
  if (by_benefit) household.flat_by_benefit = core::rates::FlatByBenefit::whole;
  const DeductionSource source = {award.benefit, std::nullopt, award.earnings};
  const bool can_deduct = ongoing_deduction(liability, source, law.on()).is_allowed();
  const auto variation = additional_income_variation_possible(status);
  return {
      {"rate", core::rates::name(core::rates::maintenance(household, law.on()).rate)},
      {"rate_route", citation(liability, law.on())},
      {"dfb_allowed", can_deduct},
      {"dfb_ongoing_allowed", can_deduct},
      {"additional_income_variation_possible", variation ? Json(*variation) : Json()},
  };
}

/// The flat rate with its fee; the half of it where both of a couple are liable.
Members of_flat_rate(const Inputs& in, const Law& law) {
  const Money flat = in.pence("flat_rate_pence");
  const DeductionSource source = {Benefit::ESA_NS, std::nullopt, Earnings::unknown};
  core::base::require(law.on().rates.payer_fee_mille == in.number("fee_percent").value() * 10,
                      "the fee of a case is the law's");
  if (flat == flat_rate(false, law.on())) {
    const auto one = ongoing_deduction(Liability::flat_by_own_benefit, source, law.on());
    return {{"weekly_deduction_pence", pence_of(one.weekly)}};
  }
  core::base::require(flat == flat_rate(true, law.on()), "a flat rate is whole or half");
  const auto both = couple_deductions(source, law.on());
  Members out = {{"both_pence", pence_of(both[0].weekly + both[1].weekly)}};
  if (both[0].weekly == both[1].weekly) {
    out["weekly_deduction_each_pence"] = pence_of(both[0].weekly);
  }
  return out;
}

Deduction whole_deduction(const DeductionSource& source, const Law& law) {
  return ongoing_deduction(Liability::flat_by_own_benefit, source, law.on());
}

Members of_uc_month(const Inputs& in, const Law& law) {
  const Deduction found = whole_deduction({Benefit::UC, std::nullopt, Earnings::none}, law);
  core::base::require(found.weekly == in.pence("weekly_deduction_pence"),
                      "the deduction of a case is the flat rate with its fee");
  return {{"monthly_deduction_pence", pence_of(found.wanted)}};
}

Members of_payable(const Inputs& in, const Law& law) {
  const DeductionSource source = {benefit_named(in.text("benefit")), in.pence("payable_pence"),
                                  Earnings::none};
  const Deduction found = whole_deduction(source, law);
  core::base::require(found.wanted == in.pence("deduction_pence"),
                      "the deduction of a case is the flat rate with its fee");
  return {
      {"deduct_pence", pence_of(found.taken)},
      {"left_pence", pence_of(found.left)},
      {"allowed", found.is_allowed()},
  };
}

Members of_arrears(const Inputs& in, const Law& law) {
  const Parameters& parameters = law.on(in.date("date").value_or(kDecisionDay));
  const DeductionSource source = {benefit_named(in.text("benefit")), std::nullopt, Earnings::none};
  const Money owed = in.pence("arrears_pence");
  const bool is_flat = in.flag("ongoing_liability") && in.text("ongoing_rate") == "flat";
  const Liability liability = is_flat ? Liability::flat_by_couple_benefit : Liability::none;
  const std::vector<DeductionSource> sources = {source};
  const Deduction found = choose_source(liability, owed, sources, parameters).each.front();
  return {
      {"weekly_deduction_pence", pence_of(found.weekly)},
      {"kind", found.kind == DeductionKind::arrears ? "ARREARS" : "ONGOING"},
      {"arrears_deduction_pence",
       pence_of(arrears_deduction(owed, liability, source, parameters).taken)},
  };
}

Members of_two_benefits(const Inputs& in, const Law& law) {
  std::vector<DeductionSource> sources;
  for (const Json& one : in.at("benefits")) {
    sources.push_back({benefit_named(one.get<std::string>()), std::nullopt, Earnings::none});
  }
  const bool is_flat = in.text("ongoing_rate") == "flat";
  const Liability liability = is_flat ? Liability::flat_by_own_benefit : Liability::other_rate;
  const SourceChoice found = choose_source(liability, Money(), sources, law.on());
  return {{"sources_used", std::ranges::count_if(found.each, &Deduction::is_allowed)}};
}

Members of_limits(const Inputs& in, const Law& law) {
  const UcLimits found =
      uc_limits(in.pence("standard_allowance_pence"), in.pence("other_deductions_pence"),
                in.pence("cm_deduction_pence"), law.on(in.date("assessment_period_start").value()));
  return {
      {"cap_pence", pence_of(found.cap)},
      {"total_pence", pence_of(found.total)},
      {"exceeds_cap", found.exceeds_cap},
      {"cm_still_taken", found.maintenance_taken},
  };
}

}  // namespace

const std::vector<Shape>& benefit_shapes() {
  static const std::vector<Shape> shapes = {
      {"award-starts", {"benefit", "benefit_start"}, of_award},
      {"award-ends", {"benefit", "benefit_end"}, of_award},
      {"award-events", {"events"}, of_events},
      {"benefit-and-income", {"benefit", "gwi_pence"}, of_status},
      {"flat-rate", {"flat_rate_pence", "fee_percent"}, of_flat_rate},
      {"uc-month", {"weekly_deduction_pence"}, of_uc_month},
      {"payable", {"benefit", "payable_pence", "deduction_pence"}, of_payable},
      {"arrears", {"benefit", "arrears_pence", "ongoing_liability"}, of_arrears},
      {"two-benefits", {"benefits", "ongoing_rate"}, of_two_benefits},
      {"uc-limits",
       {"standard_allowance_pence", "other_deductions_pence", "cm_deduction_pence",
        "assessment_period_start"},
       of_limits},
  };
  return shapes;
}

}  // namespace ig::tests::worked
