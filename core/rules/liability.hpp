#pragma once

#include "core/rules/benefit_status.hpp"
#include "core/rules/parameters.hpp"
#include "core/values/money.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace ig::core::rules {

/// What a paying parent is liable to pay, as far as deductions ask: 1991 Act Sch 1 paras 2 to 5.
enum class Liability : std::uint8_t {
  none,                    ///< no calculation in force, or shared care leaves nothing to pay
  nil_rate,                ///< para 5
  flat_by_income,          ///< para 4(1)(a)
  flat_by_own_benefit,     ///< para 4(1)(b)
  flat_by_couple_benefit,  ///< para 4(1)(c)
  half_flat,               ///< para 4(2): both of a couple are liable
  other_rate,              ///< reduced, basic or basic plus, or the default rate
};
inline constexpr std::array<std::string_view, 7> kLiabilityNames = {
    "none",      "nil_rate",  "flat_by_income", "flat_by_own_benefit", "flat_by_couple_benefit",
    "half_flat", "other_rate"};
[[nodiscard]] constexpr std::string_view name(Liability liability) noexcept {
  return kLiabilityNames[static_cast<std::size_t>(liability)];
}

/// The flat rate by any of its four routes?
[[nodiscard]] constexpr bool is_flat(Liability liability) noexcept {
  return liability >= Liability::flat_by_income && liability <= Liability::half_flat;
}

/// Is there a sum to pay?
[[nodiscard]] constexpr bool is_payable(Liability liability) noexcept {
  return liability >= Liability::flat_by_income;
}

/// The liability of one who is not a person of reg 45. A benefit of reg 44 comes before income,
/// which also means that its holder is not below the nil rate's edge (reg 45(2)); `partner_liable`
/// says that a partner has a maintenance calculation too, which halves the flat rate by a benefit
/// of reg 44(2) (reg 44(3)). Nothing where the status needs a decision first.
[[nodiscard]] std::optional<Liability> liability_of(const FlatRateStatus& status,
                                                    bool partner_liable,
                                                    values::Money gross_weekly_income,
                                                    const Parameters& parameters);

/// The law of a liability within Sch 1 of the 1991 Act: "para 4(1)(b), reg 44(1)".
[[nodiscard]] std::string citation(Liability liability, const Parameters& parameters);

/// What a flat-rate payer pays in a week, before shared care: the whole flat rate, or a half.
[[nodiscard]] values::Money flat_rate(bool is_half, const Parameters& parameters);

}  // namespace ig::core::rules
