#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

/// The ledger's note codes. Their meaning, for readers, stands in docs/notes.md.
namespace ig::core::ledger::notes {

// which payments count
inline constexpr std::string_view kSeenTwice = "SEEN_TWICE";
inline constexpr std::string_view kSourcesDisagree = "SOURCES_DISAGREE";
inline constexpr std::string_view kPaymentWithdrawn = "PAYMENT_WITHDRAWN";
inline constexpr std::string_view kTotalNotAdvanced = "TOTAL_NOT_ADVANCED";
inline constexpr std::string_view kTotalCarriedOver = "TOTAL_CARRIED_OVER";
inline constexpr std::string_view kTotalCorrected = "TOTAL_CORRECTED";
inline constexpr std::string_view kPaymentMissing = "PAYMENT_MISSING";
inline constexpr std::string_view kPayNotGiven = "PAY_NOT_GIVEN";
inline constexpr std::string_view kCorrected = "CORRECTED";
inline constexpr std::string_view kSupplementaryRun = "SUPPLEMENTARY_RUN";
// which job
inline constexpr std::string_view kAliasAmbiguous = "ALIAS_AMBIGUOUS";
inline constexpr std::string_view kPayrollIdChanged = "PAYROLL_ID_CHANGED";
inline constexpr std::string_view kRehired = "REHIRED";
inline constexpr std::string_view kLeavingAnnounced = "LEAVING_ANNOUNCED";
inline constexpr std::string_view kLeavingWithdrawn = "LEAVING_WITHDRAWN";
inline constexpr std::string_view kDirector = "DIRECTOR";
inline constexpr std::string_view kMatchedByName = "MATCHED_BY_NAME";
// which part of the pay
inline constexpr std::string_view kBenefitsExcluded = "BENEFITS_EXCLUDED";
inline constexpr std::string_view kLumpSumExcluded = "LUMP_SUM_EXCLUDED";
inline constexpr std::string_view kNotionalPayExcluded = "NOTIONAL_PAY_EXCLUDED";
inline constexpr std::string_view kTerminationPayExcluded = "TERMINATION_PAY_EXCLUDED";
inline constexpr std::string_view kOneOffPayment = "ONE_OFF_PAYMENT";
inline constexpr std::string_view kPaidAfterLeaving = "PAID_AFTER_LEAVING";
inline constexpr std::string_view kNegativePay = "NEGATIVE_PAY";
inline constexpr std::string_view kPayEstimated = "PAY_ESTIMATED";
// which periods
inline constexpr std::string_view kPaydayMoved = "PAYDAY_MOVED";
inline constexpr std::string_view kPeriodLabelDiffers = "PERIOD_LABEL_DIFFERS";
inline constexpr std::string_view kPartPeriod = "PART_PERIOD";
inline constexpr std::string_view kNilPeriod = "NIL_PERIOD";
inline constexpr std::string_view kPeriodNotSeen = "PERIOD_NOT_SEEN";
inline constexpr std::string_view kFewPeriods = "FEW_PERIODS";
inline constexpr std::string_view kPayOverdue = "PAY_OVERDUE";
inline constexpr std::string_view kFrequencyChanged = "FREQUENCY_CHANGED";
inline constexpr std::string_view kFrequencyUnknown = "FREQUENCY_UNKNOWN";
inline constexpr std::string_view kIrregularPay = "IRREGULAR_PAY";
inline constexpr std::string_view kPartPeriodAgrees = "PART_PERIOD_AGREES";
inline constexpr std::string_view kPayVaries = "PAY_VARIES";
inline constexpr std::string_view kPaydayByTotal = "PAYDAY_BY_TOTAL";
// why the pay moved
inline constexpr std::string_view kLevelShifted = "LEVEL_SHIFTED";
inline constexpr std::string_view kLevelMoving = "LEVEL_MOVING";
inline constexpr std::string_view kBonusPeriod = "BONUS_PERIOD";
inline constexpr std::string_view kShortPeriod = "SHORT_PERIOD";
inline constexpr std::string_view kOnStrike = "ON_STRIKE";
inline constexpr std::string_view kUnpaidAbsence = "UNPAID_ABSENCE";
inline constexpr std::string_view kStatutoryPay = "STATUTORY_PAY";
inline constexpr std::string_view kStatutoryPayLasts = "STATUTORY_PAY_LASTS";
inline constexpr std::string_view kNetPayPensionChanged = "NET_PAY_PENSION_CHANGED";
inline constexpr std::string_view kFallNotExplained = "FALL_NOT_EXPLAINED";
inline constexpr std::string_view kNearSickPay = "NEAR_SICK_PAY";
inline constexpr std::string_view kSeasonal = "SEASONAL";

/// Is the code among the notes?
[[nodiscard]] constexpr bool contains(std::span<const std::string_view> notes,
                                      std::string_view code) noexcept {
  return std::ranges::find(notes, code) != notes.end();
}
[[nodiscard]] inline bool contains(std::span<const std::string> notes,
                                   std::string_view code) noexcept {
  return std::ranges::find(notes, code) != notes.end();
}

/// Notes that explain a figure of LOW confidence: it is expected to go back, so it is not told.
[[nodiscard]] constexpr bool explains(std::string_view note) noexcept {
  constexpr std::array explaining = {kBonusPeriod,    kShortPeriod, kOnStrike,      kUnpaidAbsence,
                                     kStatutoryPay,   kPartPeriod,  kOneOffPayment, kNegativePay,
                                     kPaymentMissing, kLevelMoving, kNearSickPay,   kSeasonal};
  for (const std::string_view one : explaining) {
    if (one == note) return true;
  }
  return false;
}

}  // namespace ig::core::ledger::notes
