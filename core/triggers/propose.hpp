#pragma once

#include "core/facts/case_record.hpp"
#include "core/ledger/person_income.hpp"
#include "core/triggers/proposal.hpp"
#include "core/values/fraction.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ig::core::triggers {

/// The noise policy. Callers fill it from the parameters in force.
struct ProposePolicy {
  int settle_days = 0;  ///< a change this young is watched, not told; 0 tells it at once
  int level_days = 28;  ///< a new level of regular pay is told when so many days of it are paid
  int fall_days = 42;   ///< the same for a fall of weekly pay that no report explains
  int leaver_days = 0;  ///< so long after a job ended the next one may still show its first pay
  /// Where pay varies (PAY_VARIES), a smaller difference may be its spread: watched, not told.
  values::Fraction varying_threshold = {1, 2};
  /// A job's start or end is told when it happened after the figure in force took effect, or in
  /// the last so many days.
  int signal_days = 92;
  /// Like against like, where real-time income sees only a part of the figure in force: a smaller
  /// difference is not worth a person's look. Never used for a test of income.
  values::Fraction look_threshold = {1, 4};

  friend bool operator==(const ProposePolicy&, const ProposePolicy&) = default;
};

/// Codes of Context::reasons and Context::human_review, and of signals; docs/notes.md.
namespace reasons {
inline constexpr std::string_view kIncomeUp = "INCOME_UP";
inline constexpr std::string_view kIncomeDown = "INCOME_DOWN";
inline constexpr std::string_view kIncomeSame = "INCOME_SAME";
inline constexpr std::string_view kIncomeNotKnown = "INCOME_NOT_KNOWN";
inline constexpr std::string_view kExplained = "EXPLAINED";
inline constexpr std::string_view kTooYoung = "CHANGE_TOO_YOUNG";
inline constexpr std::string_view kSinglePayment = "SINGLE_PAYMENT";
inline constexpr std::string_view kLevelTooShort = "LEVEL_TOO_SHORT";
inline constexpr std::string_view kJobJustEnded = "JOB_JUST_ENDED";
inline constexpr std::string_view kJobOverdue = "JOB_OVERDUE";
inline constexpr std::string_view kWithinSpread = "WITHIN_SPREAD";
inline constexpr std::string_view kNoIncomeTest = "NO_INCOME_TEST";
inline constexpr std::string_view kNotCovered = "SELF_EMPLOYMENT_NOT_COVERED";
inline constexpr std::string_view kJobStarted = "JOB_STARTED";
inline constexpr std::string_view kJobEnded = "JOB_ENDED";
inline constexpr std::string_view kJobLapsed = "JOB_LAPSED";
inline constexpr std::string_view kSecondJob = "SECOND_JOB";
}  // namespace reasons

/// The assessment requests that one person's income calls for: at most one for each open case, in
/// the order of `cases_of_person`. Kind IN_YEAR_INCOME, evidence DETECTED, effective on the day of
/// the ledger.
///
/// A case whose figure in force rests on income is proposed whenever the figure is known, even if
/// its test clearly fails or nothing moved: assess decides, and raise withdraws what no longer
/// holds. Not proposed as income is
/// - what is explained: confidence LOW with a note that expects the pay to go back;
/// - a change younger than the policy's settle days;
/// - a figure in which one job rests on a single payment: one pay period is not a weekly average
///   (SI 2012/2677 reg 38, law.md section 0);
/// - a level of weekly pay that is paid for fewer than the policy's level days, or fall days where
///   it fell and no report explains it;
/// - a fall by a job that ended within the policy's leaver days, none having started since: the
/// next
///   job's pay may be to come;
/// - a rise to which a job that has missed its payday adds, beside another that is paid;
/// - a difference that may be the ordinary spread of pay that varies;
/// - a figure in force with parts real-time income cannot see (trading, benefits in kind), unless
///   real-time income alone exceeds the whole: at most human review, SELF_EMPLOYMENT_NOT_COVERED;
/// - a fall that a larger net-pay pension contribution explains: human review.
/// A job's start, end or silence travels as a signal, with a request that tests nothing
/// (current UNKNOWN) where no test is called for. Without signals such a case is left out.
[[nodiscard]] std::vector<Proposal> propose(const ledger::PersonIncome& income,
                                            std::span<const facts::CaseRecord> cases_of_person,
                                            const ProposePolicy& policy);

/// The first day after `income.as_of` on which propose() or the rules may say something else of the
/// same facts and cases; nothing when no day will by itself. A change of the parameters is not
/// foreseen.
[[nodiscard]] std::optional<values::Date> look_again_on(
    const ledger::PersonIncome& income, std::span<const facts::CaseRecord> cases_of_person,
    const ProposePolicy& policy);

}  // namespace ig::core::triggers
