#pragma once

#include "core/ports/digest.hpp"
#include "core/rules/assessment.hpp"
#include "core/triggers/proposal.hpp"
#include "core/triggers/raised.hpp"
#include "core/triggers/trigger.hpp"

#include <span>
#include <string>
#include <vector>

namespace ig::core::triggers {

/// What an assessment leads to, and what stands as raised for its case afterwards.
struct RaiseOutcome {
  std::vector<Trigger> triggers;  ///< in the order in which they leave
  std::vector<Raised> standing;   ///< replaces what stood before for the case
};

/// Turns one assessment into triggers (contracts.md, "Triggers"). `before` is what stands as raised
/// for the case of `context`; records of other cases are passed over and not given back.
///
/// - A job's start and end are told once for each employment, first of all; an end is withdrawn
///   when the job is paid again.
/// - IN_YEAR_INCOME is not repeated until the income or the figure in force moves: the same case
///   with another figure REPLACES; a test that is no longer met against the same figure in force
///   WITHDRAWS; where the figure in force itself moved, the old trigger was answered.
/// - ANNUAL_REVIEW comes exactly once for a review date; RETRY pushes nothing yet.
/// - Every other kind is told once until its figure moves.
///
/// Ids come from the dedupe key, so that a run repeated on the same day gives the same ids; that of
/// an annual review does not depend on the day of the run.
[[nodiscard]] RaiseOutcome raise(const rules::Assessment& assessment, const Context& context,
                                 std::span<const Raised> before, ports::Digest& digest);

/// How a job is written as a subject: "120/XB4471/E17", or "120/XB4471/#2" where only the
/// sequence is known.
[[nodiscard]] std::string subject_of(const values::EmploymentKey& employment);

/// The readable text a trigger's id is made of: case system, case, paying parent, kind, subject,
/// day, weekly pence and relation, separated by "|". No person in it.
[[nodiscard]] std::string dedupe_key(const Trigger& trigger, const std::string& subject);

}  // namespace ig::core::triggers
