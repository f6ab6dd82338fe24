#pragma once

#include "core/facts/payment.hpp"
#include "core/ledger/ledger.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ig::core::verify {

/// What somebody reports.
enum class ClaimKind : std::uint8_t {
  income,       ///< so much a week from a day on; zero: nothing any more
  job_started,  ///< a job began on a day
  job_ended,    ///< a job ended on a day
};

/// A reported change. `from` is the day it is said to have happened.
struct Claim {
  ClaimKind kind = ClaimKind::income;
  values::Date from;
  std::optional<values::Money> weekly;  ///< of `income`; gross
  std::string office;                   ///< PAYE office and reference of the employer, where known
  std::string reference;
  std::string
      employer;  ///< name, where no reference is known; letter case and spaces do not matter
};

enum class Verdict : std::uint8_t {
  supported,     ///< pay of whole periods since then bears it out
  contradicted,  ///< pay of whole periods since then says otherwise
  partly,        ///< it points that way, and does not show all of it
  not_covered,   ///< PAYE cannot see it
  too_early,     ///< no whole pay period since then is over yet
};
[[nodiscard]] std::string_view name(Verdict verdict) noexcept;

/// Why, as codes of docs/notes.md.
namespace reasons {
inline constexpr std::string_view kNoPayEver = "NO_PAY_EVER_SEEN";
inline constexpr std::string_view kNoSuchEmployer = "NO_SUCH_EMPLOYER_SEEN";
inline constexpr std::string_view kPayAgrees = "PAY_AGREES";
inline constexpr std::string_view kPayDiffers = "PAY_DIFFERS";
inline constexpr std::string_view kOnePeriodOnly = "ONE_PERIOD_ONLY";
inline constexpr std::string_view kPayMovedThatWay = "PAY_MOVED_THAT_WAY";
inline constexpr std::string_view kNoWholePeriodYet = "NO_WHOLE_PERIOD_YET";
inline constexpr std::string_view kPayNotKnown = "PAY_NOT_KNOWN";
inline constexpr std::string_view kLeavingDateSeen = "LEAVING_DATE_SEEN";
inline constexpr std::string_view kOtherLeavingDate = "OTHER_LEAVING_DATE";
inline constexpr std::string_view kSilentSince = "SILENT_SINCE";
inline constexpr std::string_view kStillPaid = "STILL_PAID";
inline constexpr std::string_view kStartDateSeen = "START_DATE_SEEN";
inline constexpr std::string_view kFirstPaySeen = "FIRST_PAY_SEEN";
inline constexpr std::string_view kNoNewJobSeen = "NO_NEW_JOB_SEEN";
}  // namespace reasons

/// How near is near enough. Callers fill it from the parameters in force.
struct VerifyPolicy {
  ledger::LedgerPolicy ledger;
  values::Fraction tolerance = {1, 20};  ///< pay within this part of the claim agrees with it
  int date_slack_days = 31;              ///< a start or end so near to the claimed day is the same
  int first_pay_days = 45;               ///< a new job is seen in pay by then
};

struct Finding {
  Verdict verdict = Verdict::not_covered;
  std::vector<std::string> reasons;     ///< sorted codes
  std::optional<values::Money> weekly;  ///< what pay since then comes to, where it says something
  std::vector<std::string> payments;    ///< ids of the payments it rests on
  std::optional<values::Date> ask_again_on;  ///< when more will be known, at the earliest
};

/// Checks a claim against one person's payments, as they were known on `as_of` (received before
/// as_of + 1, 00:00 Europe/London). Only whole pay periods after the claimed day count for a sum:
/// the pay of the period the change falls in mixes old and new.
[[nodiscard]] Finding verify(const Claim& claim, std::span<const facts::Payment> payments,
                             values::Date as_of, const VerifyPolicy& policy);

}  // namespace ig::core::verify
