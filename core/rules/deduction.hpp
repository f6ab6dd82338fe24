#pragma once

#include "core/facts/benefit.hpp"
#include "core/rules/liability.hpp"
#include "core/rules/parameters.hpp"
#include "core/values/money.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Deductions from benefit: SI 2013/380 Sch 7 and SI 1987/1968 Sch 9B (law.md ). The
/// payer organisation decides; this says what to expect, and why not.
namespace ig::core::rules {

/// Maintenance as it falls due, or what is owed from before.
enum class DeductionKind : std::uint8_t { ongoing, arrears };

/// Why a deduction can be made, or not.
enum class DeductionReason : std::uint8_t {
  allowed,
  part_only,                       ///< less than the sum, so that the least sum is left (A15)
  nothing_due,                     ///< no liability, the nil rate, or no arrears
  not_flat_rate,                   ///< the rate is reduced, basic or basic plus
  flat_by_income_not_reached,      ///< para 4(1)(a), before SI 2019/1084
  flat_by_income_schedule_7_only,  ///< para 4(1)(a), from a benefit of Sch 9B
  uc_with_earnings,                ///< before SI 2019/1084
  arrears_not_from_uc,             ///< before SI 2019/1084
  liable_for_ongoing,              ///< bars arrears (Sch 7 para 3(1A); A12)
  would_leave_too_little,          ///< the least sum left in payment (Sch 7 para 2(3), (4))
  one_benefit_only,                ///< another benefit carries it (Sch 7 para 2(2))
  not_a_specified_benefit,         ///< in reg 44, but in neither schedule
  no_power,                        ///< a benefit that has no effect on maintenance
  paid_by_another_government,      ///< of Scotland, or of another country
  listing_not_settled,             ///< whether reg 44 names it is open (A16)
};
inline constexpr std::array<std::string_view, 15> kDeductionReasonNames = {
    "allowed",
    "part_only",
    "nothing_due",
    "not_flat_rate",
    "flat_by_income_not_reached",
    "flat_by_income_schedule_7_only",
    "uc_with_earnings",
    "arrears_not_from_uc",
    "liable_for_ongoing",
    "would_leave_too_little",
    "one_benefit_only",
    "not_a_specified_benefit",
    "no_power",
    "paid_by_another_government",
    "listing_not_settled"};
[[nodiscard]] constexpr std::string_view name(DeductionReason reason) noexcept {
  return kDeductionReasonNames[static_cast<std::size_t>(reason)];
}

/// A benefit in payment from which a sum may be taken.
struct DeductionSource {
  facts::Benefit benefit = facts::Benefit::UC;
  /// In payment before the deduction: for the month of universal credit, for a week of any other.
  /// Absent: not known, and the least sum left is not tested.
  std::optional<values::Money> payable;
  Earnings earnings = Earnings::unknown;  ///< of universal credit
};

/// One deduction from one source.
struct Deduction {
  DeductionKind kind = DeductionKind::ongoing;
  DeductionReason reason = DeductionReason::nothing_due;
  DeductionRoute route = DeductionRoute::none;  ///< the schedule of the benefit
  // nil where the law gives no deduction
  values::Money maintenance;          ///< of a week; nil of arrears, whose sum is not split
  values::Money fee;                  ///< of a week
  values::Money weekly;               ///< the whole of a week
  values::Money wanted;               ///< the same for a month of universal credit, else a week
  values::Money taken;                ///< of that, what is taken; nil where nothing is
  std::optional<values::Money> left;  ///< in payment after it, where the payment is known

  [[nodiscard]] bool is_allowed() const noexcept {
    return reason == DeductionReason::allowed || reason == DeductionReason::part_only;
  }
};

/// Why no deduction can be made from a benefit; nothing where a schedule names it.
[[nodiscard]] std::optional<DeductionReason> unreachable_because(facts::Benefit benefit,
                                                                 const Parameters& parameters);

/// Maintenance at the flat rate with the payer's collection fee.
[[nodiscard]] Deduction ongoing_deduction(Liability liability, const DeductionSource& source,
                                          const Parameters& parameters);

/// What is taken for arrears; never more than is owed. Which liability bars it is the
/// switch dfb.arrears_bar (A12).
[[nodiscard]] Deduction arrears_deduction(values::Money arrears, Liability liability,
                                          const DeductionSource& source,
                                          const Parameters& parameters);

/// Both of a couple are liable at half the flat rate: a deduction each from one award, the
/// second out of what the first leaves.
[[nodiscard]] std::array<Deduction, 2> couple_deductions(const DeductionSource& source,
                                                         const Parameters& parameters);

/// Why one benefit of several is the source.
enum class SourceReason : std::uint8_t {
  none_can,           ///< none is chosen
  only_one_can,       ///< no other allows a deduction
  carries_whole_sum,  ///< the others would give a part
  outside_uc_order,   ///< before universal credit, with its order and cap (R-085)
  given_first,        ///< nothing tells them apart
};
inline constexpr std::array<std::string_view, 5> kSourceReasonNames = {
    "none_can", "only_one_can", "carries_whole_sum", "outside_uc_order", "given_first"};
[[nodiscard]] constexpr std::string_view name(SourceReason reason) noexcept {
  return kSourceReasonNames[static_cast<std::size_t>(reason)];
}

/// The one source of a period.
struct SourceChoice {
  std::optional<std::size_t> chosen;  ///< index among the sources; absent: none can
  SourceReason why = SourceReason::none_can;
  std::vector<Deduction> each;  ///< as the sources; one that could but is not chosen says so
};

/// Picks one benefit for the ongoing sum or, where there is no flat-rate liability and something
/// is owed, for arrears; the two are never taken together.
[[nodiscard]] SourceChoice choose_source(Liability liability, values::Money arrears,
                                         std::span<const DeductionSource> sources,
                                         const Parameters& parameters);

/// Where maintenance stands among what is taken from universal credit (A25).
enum class UcPlace : std::uint8_t { schedule_6_paragraph_5, front };

/// Maintenance against the limits on an award of universal credit: a prediction.
struct UcLimits {
  values::Money cap;               ///< the working cap: a part of the standard allowance
  values::Money ceiling;           ///< the legal ceiling: a larger part of it
  values::Money total;             ///< other deductions and maintenance
  bool exceeds_cap = false;        ///< which maintenance may
  bool exceeds_ceiling = false;    ///< which nothing may
  bool maintenance_taken = false;  ///< in the front, others make way before it does
  UcPlace place = UcPlace::schedule_6_paragraph_5;
};

/// The limits of one assessment period, in sums of a month; `parameters` is the law of the period's
/// first day.
[[nodiscard]] UcLimits uc_limits(values::Money standard_allowance, values::Money other_deductions,
                                 values::Money maintenance, const Parameters& parameters);

}  // namespace ig::core::rules
