#pragma once

#include "core/base/deadline.hpp"
#include "core/delivery/token_bucket.hpp"
#include "core/jobs/context.hpp"
#include "core/jobs/decide.hpp"
#include "core/ports/yearly_figures.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace ig::core::jobs {

/// What a review run would do (`review --plan`), before anything is asked.
struct ReviewPlan {
  std::uint64_t cases = 0;       ///< due and not yet answered
  std::uint64_t people = 0;      ///< behind those cases
  std::uint64_t requests = 0;    ///< people without a reply that may still be used
  std::uint64_t answered = 0;    ///< due, but answered by an earlier run
  std::uint64_t not_tested = 0;  ///< due, but in force is a default or a benefit rate, or nothing
};

/// What a review run did.
struct ReviewSummary {
  ReviewPlan plan;
  std::uint64_t asked = 0;
  std::uint64_t reused = 0;
  std::uint64_t unavailable = 0;  ///< people for whom no answer came
  std::uint64_t waiting = 0;      ///< cases that are asked again before their review date
  std::map<std::string, std::uint64_t> outcomes;
  std::uint64_t triggers = 0;
  bool upstream_down = false;  ///< the run ended early: no answer several times in a row
};

struct ReviewOptions {
  values::Date as_of;
  std::chrono::milliseconds call_limit{10'000};
  int requests_per_second = 3;
  std::uint32_t failures_in_a_row_max = 5;
  std::function<void(std::chrono::nanoseconds)> wait;  ///< holds the run to its rate
  std::function<bool()> stop;                          ///< true: end after the person in hand
  std::function<void(std::uint64_t people)> progress;  ///< may be empty
};

[[nodiscard]] base::Result<ReviewPlan> plan_review(const JobContext& context, values::Date as_of);

/// Asks HMRC once for each person with an open case whose review date is at most the permitted
/// days off (SI 2012/2677 reg 35(2)), and answers each such case with exactly one ANNUAL_REVIEW.
/// One transaction a person: reply, decisions, triggers and audit commit together. A case without
/// an answer is asked again on later runs, and reported unreachable on its review date.
/// Errors: STORE_FAILED, PARAMETER_MISSING.
[[nodiscard]] base::Result<ReviewSummary> run_review(const JobContext& context,
                                                     ports::YearlyFigures& hmrc,
                                                     const ReviewOptions& options);

}  // namespace ig::core::jobs
