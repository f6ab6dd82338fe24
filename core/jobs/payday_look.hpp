#pragma once

#include "core/ledger/person_income.hpp"
#include "core/ports/store.hpp"

#include <array>
#include <optional>
#include <vector>

namespace ig::core::jobs {

/// How long after an expected payday HMRC is asked. Employers report on or before the payday.
struct LookPolicy {
  int after_days = 1;
};

/// After so many days HMRC is asked again about a payday that was not there: one report in eighteen
/// comes late (rti.md, data quality). After the last of them the next payday is waited for.
inline constexpr std::array<int, 3> kLookAgainAfter = {3, 7, 14};

/// Somebody of whom no pay is expected is asked about every so many days: a job may have begun.
inline constexpr int kLookAnyway = 28;

/// When HMRC is to be asked about somebody, and what for.
struct ExpectedLook {
  values::Date anchor;  ///< the payday that is waited for; without one, the first day of the turn
  values::Date on;      ///< the first day to ask
  /// Pay is expected by this rhythm; absent: a turn of somebody without expected pay.
  std::optional<values::PayFrequency> rhythm;
};

/// The payday that follows one, by a regular frequency. Pay of a month's last days stays with the
/// end of the month.
[[nodiscard]] values::Date payday_after(values::Date payday, values::PayFrequency frequency);

/// What to look for by a person's jobs: of each active job with a rhythm the latest payday that is
/// to be there by `income.as_of`, else its next one; one of several jobs on the same day counts
/// once. Where no job has a rhythm, a turn every kLookAnyway days, spread over people. By day.
[[nodiscard]] std::vector<ExpectedLook> expected_looks(const ledger::PersonIncome& income,
                                                       values::PersonId person,
                                                       const LookPolicy& policy);

/// Is HMRC to be asked on the day, when that was asked before as `pull` says?
[[nodiscard]] bool is_look_due(const ExpectedLook& look, const std::optional<ports::Pull>& pull,
                               values::Date as_of);

}  // namespace ig::core::jobs
