#pragma once

#include "core/jobs/context.hpp"
#include "core/jobs/hmrc_desk.hpp"
#include "core/rules/assessment.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ig::core::jobs {

/// Why a question took as long as it did.
struct Delay {
  std::string
      cause;  ///< BUDGET (waited for its turn), HMRC, SEVERAL_CALLS (HMRC, asked again or in steps)
  std::chrono::milliseconds took{0};
};

/// The clock of one question.
struct Clocked {
  std::string interface;
  values::Instant asked_at;
  values::Instant answered_at;
  std::string result;  ///< FetchResult by name, with status and code where there are any
  std::uint32_t calls = 0;
  std::vector<Delay> delays;  ///< they add up to the time between
};

/// What a new case is told about the paying parent, in one answer. No personal data.
struct InitialReport {
  values::CaseKey case_key;
  values::PersonId person;
  std::string trace;  ///< how HMRC knows the person: MATCHED, NOT_MATCHED, UNKNOWN_PERSON, UNKNOWN
  std::optional<int> match_pattern;  ///< bits of what agreed, where HMRC says
  std::optional<facts::YearlyFigure> yearly;
  std::optional<values::Money> weekly;  ///< what real-time pay comes to a week
  std::size_t payments = 0;             ///< that came with this answer
  rules::Assessment assessment;
  std::uint64_t triggers = 0;
  std::vector<Clocked> clock;
};

struct InitialOptions {
  values::Date as_of;
  std::chrono::milliseconds call_limit{30'000};  ///< of one question, repeats and budget included
};

/// Traces the person of a new case, asks for the yearly figure and for real-time pay, tests them as
/// an INITIAL decision (SI 2012/2677 reg 34), and raises what follows; all in one transaction.
/// Pay that only real-time information shows is detected, never verified: it can raise a flag, and
/// no figure. Errors: NOT_FOUND (no such open case), DATE_OUT_OF_RANGE (more than the permitted
/// days before the initial effective date), MISSING_MEMBER (the case has no initial effective
/// date), STORE_FAILED, PARAMETER_MISSING.
[[nodiscard]] base::Result<InitialReport> run_initial(const JobContext& context,
                                                      const HmrcPorts& hmrc,
                                                      const values::CaseKey& key,
                                                      const InitialOptions& options);

}  // namespace ig::core::jobs
