#include "core/rules/variation.hpp"

#include "core/rules/historic.hpp"
#include "core/values/fraction.hpp"

namespace ig::core::rules {
namespace {

using values::Fraction;
using values::Money;

struct Found {
  UnearnedStanding standing = UnearnedStanding::not_known;
  std::optional<Money> annual;
};

Found find(const UnearnedEvidence& evidence) {
  if (evidence.source_ended) return {UnearnedStanding::ended, Money()};
  const bool opened = evidence.reg69_5_opens && evidence.other_annual.has_value();
  if (!evidence.hmrc_annual || *evidence.hmrc_annual == Money()) {
    if (opened) return {UnearnedStanding::other_evidence, evidence.other_annual};
    if (!evidence.hmrc_annual) return {};
    return {UnearnedStanding::hmrc_nil_binds, Money()};
  }
  const bool differs = evidence.other_annual && *evidence.other_annual != *evidence.hmrc_annual;
  return {differs ? UnearnedStanding::starting_point : UnearnedStanding::hmrc_stands,
          evidence.hmrc_annual};
}

}  // namespace

UnearnedIncome unearned_income(const UnearnedEvidence& evidence, const Parameters& parameters) {
  const Found found = find(evidence);
  UnearnedIncome out;
  out.standing = found.standing;
  out.annual = found.annual;
  if (!found.annual) return out;
  out.weekly = to_weekly(*found.annual, parameters);
  out.ground_exists = *found.annual >= parameters.variation.unearned_min;
  return out;
}

AssetsGround assets_ground(Money value, const Parameters& parameters) {
  const VariationLaw& law = parameters.variation;
  const Fraction annual = Fraction::whole(value) * Fraction::per_mille(law.assets_yield_mille);
  AssetsGround out;
  out.ground_exists = law.assets_ground && value > law.assets_above;
  out.notional_annual = annual.half_up();
  out.notional_weekly =
      (annual * Fraction(parameters.weekly_multiplier, parameters.weekly_divisor)).half_up();
  return out;
}

bool reg70_ground(Money weekly, FlatOrNilRate rate, const Parameters& parameters) {
  return rate == FlatOrNilRate::by_income_or_44_1 && weekly >= parameters.variation.diverted_min;
}

Money weekly_together(Money earned_annual, Money unearned_annual, const Parameters& parameters) {
  return to_weekly(earned_annual + unearned_annual, parameters);
}

Effect variation_effect(Money weekly_before, Money weekly_after, const Parameters& parameters) {
  const bool both_capped = weekly_before >= parameters.cap && weekly_after >= parameters.cap;
  return both_capped || weekly_before == weekly_after ? Effect::none : Effect::possible;
}

}  // namespace ig::core::rules
