#include "core/rates/rates.hpp"

#include "core/base/require.hpp"
#include "core/rules/liability.hpp"

#include <algorithm>

namespace ig::core::rates {
namespace {

using rules::Parameters;
using values::Fraction;
using values::Money;

constexpr std::int64_t kFourteenths = 14;

/// The place of 1, 2, 3 or more children in a list of the law.
std::size_t place_of(unsigned children) {
  base::require(children > 0, "the law's lists start at one child");
  return std::min(children, 3U) - 1;
}

Fraction reduced_rate(const Household& household, Money income, const Parameters& parameters) {
  const auto& table = parameters.rates.reduced_mille[place_of(household.qualifying_children)];
  const std::size_t others = std::min(household.relevant_other_children, 3U);
  return Fraction::whole(parameters.rates.flat) +
         Fraction::whole(income - parameters.flat_up_to) * Fraction::per_mille(table[others]);
}

Fraction basic_rate(const Household& household, const Fraction& income,
                    const Parameters& parameters) {
  const std::size_t place = place_of(household.qualifying_children);
  const Fraction edge = Fraction::whole(parameters.rates.basic_up_to);
  return std::min(income, edge) * Fraction::per_mille(parameters.rates.basic_mille[place]) +
         std::max(income - edge, Fraction()) *
             Fraction::per_mille(parameters.rates.basic_plus_mille[place]);
}

/// How many bands of shared care the nights reach: 0 to 4.
std::size_t shared_band(unsigned nights, const Parameters& parameters) {
  return static_cast<std::size_t>(
      std::ranges::count_if(parameters.rates.shared_nights,
                            [&](std::int64_t first) { return std::int64_t{nights} >= first; }));
}

/// Paras 7(3) to (7): a part less, at the half a further sum for each child, not below the flat
/// rate.
Fraction after_shared_care(const Fraction& amount, const Household& household,
                           const Parameters& parameters) {
  const auto& rates = parameters.rates;
  const std::size_t band = shared_band(household.nights, parameters);
  if (band == 0) return amount;
  Fraction out = amount * Fraction(kFourteenths - rates.shared_part[band - 1], kFourteenths);
  if (band == rates.shared_part.size()) {
    out =
        out - Fraction::whole(rates.shared_half_less) * Fraction(household.qualifying_children, 1);
  }
  return std::max(out, Fraction::whole(rates.flat));
}

void by_benefit(Maintenance& out, const Household& household, const Parameters& parameters) {
  out.rate = Rate::flat;
  out.before_shared_care =
      rules::flat_rate(household.flat_by_benefit == FlatByBenefit::half, parameters);
  out.weekly = shared_band(household.nights, parameters) == 0 ? out.before_shared_care : Money();
}

}  // namespace

Rate rate_of_income(Money gross_weekly_income, const Parameters& parameters) {
  if (gross_weekly_income < parameters.rates.nil_below) return Rate::nil;
  if (gross_weekly_income <= parameters.flat_up_to) return Rate::flat;
  if (gross_weekly_income < parameters.rates.reduced_below) return Rate::reduced;
  return gross_weekly_income <= parameters.rates.basic_up_to ? Rate::basic : Rate::basic_plus;
}

Money capped(Money gross_weekly_income, const Parameters& parameters) {
  return std::min(gross_weekly_income, parameters.cap);
}

Fraction less_other_children(Money gross_weekly_income, unsigned relevant_other_children,
                             const Parameters& parameters) {
  const Fraction income = Fraction::whole(gross_weekly_income);
  if (relevant_other_children == 0) return income;
  const auto taken_off = parameters.rates.other_mille[place_of(relevant_other_children)];
  return income - income * Fraction::per_mille(taken_off);
}

Maintenance maintenance(const Household& household, const Parameters& parameters) {
  Maintenance out;
  out.capped_income = capped(household.gross_weekly_income, parameters);
  out.income_after_other_children = out.capped_income;
  if (household.nil_rate_person) return out;
  if (household.flat_by_benefit != FlatByBenefit::no) {
    by_benefit(out, household, parameters);
    return out;
  }
  out.rate = rate_of_income(out.capped_income, parameters);
  if (out.rate == Rate::nil) return out;
  if (out.rate == Rate::flat) {
    out.before_shared_care = rules::flat_rate(false, parameters);
    out.weekly = out.before_shared_care;
    return out;
  }
  Fraction amount;
  if (out.rate == Rate::reduced) {
    amount = reduced_rate(household, out.capped_income, parameters);
  } else {
    const Fraction income =
        less_other_children(out.capped_income, household.relevant_other_children, parameters);
    const bool is_above = income > Fraction::whole(parameters.rates.basic_up_to);
    out.rate = is_above ? Rate::basic_plus : Rate::basic;
    out.income_after_other_children = income.half_up();
    amount = basic_rate(household, income, parameters);
  }
  out.before_shared_care = amount.half_up();
  out.weekly = after_shared_care(amount, household, parameters).half_up();
  return out;
}

Money default_rate(unsigned qualifying_children, const Parameters& parameters) {
  return Money::pence(parameters.rates.default_pence[place_of(qualifying_children)]);
}

}  // namespace ig::core::rates
