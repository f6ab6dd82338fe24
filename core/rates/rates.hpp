#pragma once

#include "core/rules/parameters.hpp"
#include "core/values/fraction.hpp"
#include "core/values/money.hpp"

#include <array>
#include <cstdint>
#include <string_view>

/// The weekly amount of 1991 Act Sch 1 (law.md ), for rule tests and policy
/// work: the case systems decide what is paid.
namespace ig::core::rates {

enum class Rate : std::uint8_t { nil, flat, reduced, basic, basic_plus };
inline constexpr std::array<std::string_view, 5> kRateNames = {"nil", "flat", "reduced", "basic",
                                                               "basic_plus"};
[[nodiscard]] constexpr std::string_view name(Rate rate) noexcept {
  return kRateNames[static_cast<std::size_t>(rate)];
}

/// The flat rate by a benefit of reg 44: none, the whole of it, or a half where both of a couple
/// are liable (reg 44(3)).
enum class FlatByBenefit : std::uint8_t { no, whole, half };

/// One paying parent and the children that count.
struct Household {
  values::Money gross_weekly_income;  ///< as the basis chosen gives it: before cap and children
  unsigned qualifying_children = 1;   ///< one or more
  unsigned relevant_other_children = 0;
  unsigned nights = 0;  ///< of shared care in a year, alike for every child
  FlatByBenefit flat_by_benefit = FlatByBenefit::no;
  bool nil_rate_person = false;  ///< reg 45
};

/// What a household pays in a week, and the steps to it.
struct Maintenance {
  Rate rate = Rate::nil;
  values::Money capped_income;
  values::Money income_after_other_children;  ///< rounded to be shown; the capped income where
                                              ///< other children take nothing off it
  values::Money before_shared_care;
  values::Money weekly;
};

/// The rate that gross weekly income falls in, before other children are looked at.
[[nodiscard]] Rate rate_of_income(values::Money gross_weekly_income,
                                  const rules::Parameters& parameters);

/// Income above the cap is left out of account (para 10(3)).
[[nodiscard]] values::Money capped(values::Money gross_weekly_income,
                                   const rules::Parameters& parameters);

/// Income as the basic rate takes it with so many relevant other children (para 2(3)), unrounded.
[[nodiscard]] values::Fraction less_other_children(values::Money gross_weekly_income,
                                                   unsigned relevant_other_children,
                                                   const rules::Parameters& parameters);

/// The weekly amount, rounded once, at the end, half up.
///
/// The cap comes first. The capped income picks nil, flat, reduced or basic: para 2(3) takes other
/// children off only for the basic rate, so the edges of the lower bands are not moved by them, and
/// the reduced rate has them in its table (reg 43). The edge between basic and basic plus stands in
/// para 2(2), so it is held against the income after other children. Nothing is taken off the flat
/// rate. Shared care takes a part off the three rates by income, never below the flat rate; a payer
/// flat by benefit pays nothing from its first band on, and one flat by income pays in full.
[[nodiscard]] Maintenance maintenance(const Household& household,
                                      const rules::Parameters& parameters);

/// What is paid while too little is known: for one, two, three or more children (reg 49(2); law.md
/// It is not an income figure.
[[nodiscard]] values::Money default_rate(unsigned qualifying_children,
                                         const rules::Parameters& parameters);

}  // namespace ig::core::rates
