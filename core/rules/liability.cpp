#include "core/rules/liability.hpp"

#include "core/rules/decision.hpp"
#include "core/values/fraction.hpp"

namespace ig::core::rules {
namespace {

using values::Fraction;
using values::Money;

Liability by_income(Money gross_weekly_income, const Parameters& parameters) {
  if (gross_weekly_income < parameters.rates.nil_below) return Liability::nil_rate;
  return gross_weekly_income <= parameters.flat_up_to ? Liability::flat_by_income
                                                      : Liability::other_rate;
}

}  // namespace

std::optional<Liability> liability_of(const FlatRateStatus& status, bool partner_liable,
                                      Money gross_weekly_income, const Parameters& parameters) {
  if (status.of_couple && partner_liable) return Liability::half_flat;
  if (status.own) return Liability::flat_by_own_benefit;
  if (status.of_couple) return Liability::flat_by_couple_benefit;
  if (status.route() == FlatRateRoute::needs_decision) return std::nullopt;
  return by_income(gross_weekly_income, parameters);
}

std::string citation(Liability liability, const Parameters& parameters) {
  switch (liability) {
    case Liability::nil_rate:
      return "para 5";
    case Liability::flat_by_income:
      return "para 4(1)(a)";
    case Liability::flat_by_own_benefit:
      return citation(FlatRateRoute::reg44_1, parameters);
    case Liability::flat_by_couple_benefit:
      return citation(FlatRateRoute::reg44_2, parameters);
    case Liability::half_flat:
      return "para 4(2), " + regulation(44, "(3)", parameters);
    case Liability::other_rate:
      return "paras 2, 3";
    default:
      return {};
  }
}

Money flat_rate(bool is_half, const Parameters& parameters) {
  const Money whole = parameters.rates.flat;
  if (!is_half) return whole;
  const Ratio& part = parameters.rates.couple_part;
  return (Fraction::whole(whole) * Fraction(part.numerator, part.denominator)).half_up();
}

}  // namespace ig::core::rules
