#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/parameters.hpp"

#include <optional>

/// Income that only a variation reaches (SI 2012/2677 regs 57(1)(d), 69, 69A, 70; DG [2023] UKUT
/// 238; JP [2025] UKUT 162; law.md ). The gateway says whether a ground is there; a
/// person decides on the variation.
namespace ig::core::rules {

/// What is known of income from property, savings, dividends and the like in a year.
struct UnearnedEvidence {
  std::optional<values::Money> hmrc_annual;   ///< HMRC's sum; 0: HMRC shows none
  std::optional<values::Money> other_annual;  ///< what other evidence shows
  bool reg69_5_opens = false;  ///< a case in which evidence of a more recent year may be used
  bool source_ended = false;   ///< the source of the income is no more
};

/// What the evidence comes to.
enum class UnearnedStanding : std::uint8_t {
  not_known,       ///< neither HMRC nor evidence that may be used says anything
  hmrc_nil_binds,  ///< HMRC shows none, and reg 69(5) does not open
  hmrc_stands,     ///< HMRC's sum, and no other evidence differs
  starting_point,  ///< HMRC's sum, which better evidence may displace: a person decides
  other_evidence,  ///< evidence let in by reg 69(5), where HMRC shows none: a person decides
  ended,           ///< the source has ended: nil
};

struct UnearnedIncome {
  UnearnedStanding standing = UnearnedStanding::not_known;
  std::optional<values::Money> annual;  ///< nothing when not known
  values::Money weekly;                 ///< x 7 / 365, rounded once
  bool ground_exists = false;           ///< variation.unearned_min or more a year

  [[nodiscard]] bool person_decides() const noexcept {
    return standing == UnearnedStanding::starting_point ||
           standing == UnearnedStanding::other_evidence;
  }
};

/// The ground of reg 69.
[[nodiscard]] UnearnedIncome unearned_income(const UnearnedEvidence& evidence,
                                             const Parameters& parameters);

/// The ground of reg 69A.
struct AssetsGround {
  bool ground_exists = false;     ///< in force, and the value exceeds variation.assets_above
  values::Money notional_annual;  ///< value x variation.assets_yield, rounded half up
  values::Money notional_weekly;  ///< from the exact yield, rounded once
};

/// `value` is nil or more.
[[nodiscard]] AssetsGround assets_ground(values::Money value, const Parameters& parameters);

/// Why the maintenance in force is at the flat or nil rate.
enum class FlatOrNilRate : std::uint8_t {
  no,                 ///< it is not
  by_income_or_44_1,  ///< by income, or by a benefit of one's own under reg 44(1)
  by_44_2,            ///< by a benefit under reg 44(2): a variation is refused (reg 57(1)(d))
};

/// The ground of reg 70 for a paying parent at the flat or nil rate: `weekly` of income that is not
/// taken into account is variation.reg70_min or more.
[[nodiscard]] bool reg70_ground(values::Money weekly, FlatOrNilRate rate,
                                const Parameters& parameters);

/// Earned and unearned income of a year as a week: added first, converted and rounded once.
[[nodiscard]] values::Money weekly_together(values::Money earned_annual,
                                            values::Money unearned_annual,
                                            const Parameters& parameters);

/// Can a variation move a liability? NONE where income before and after is the same, or both are at
/// or above the cap.
[[nodiscard]] Effect variation_effect(values::Money weekly_before, values::Money weekly_after,
                                      const Parameters& parameters);

}  // namespace ig::core::rules
