#pragma once

#include "core/jobs/context.hpp"
#include "core/jobs/decide.hpp"
#include "core/jobs/due_reviews.hpp"
#include "core/jobs/hmrc_desk.hpp"
#include "core/jobs/hmrc_run.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ig::core::jobs {

/// What a review run would do (`review --plan`), before anything is asked.
struct ReviewPlan {
  std::uint64_t cases = 0;       ///< due and not yet answered
  std::uint64_t people = 0;      ///< behind those cases
  std::uint64_t requests = 0;    ///< people HMRC is asked about in this run
  std::uint64_t answered = 0;    ///< due, but answered by an earlier run
  std::uint64_t not_tested = 0;  ///< due, but in force is a default or a benefit rate, or nothing
};

/// What a review run did. Every due case is in one count: cases() says which.
struct ReviewSummary {
  ReviewPlan plan;
  std::uint64_t people = 0;       ///< worked on in this run
  std::uint64_t asked = 0;        ///< people HMRC was asked about
  std::uint64_t calls = 0;        ///< requests that took, repeats included
  std::uint64_t reused = 0;       ///< people whose reply was there already
  std::uint64_t unavailable = 0;  ///< people for whom no answer came
  std::uint64_t decided = 0;      ///< cases with their ANNUAL_REVIEW
  std::uint64_t waiting = 0;      ///< cases that are asked about again before their review date
  std::uint64_t untouched = 0;    ///< cases the run did not come to
  std::uint64_t gone = 0;         ///< cases that were closed or answered meanwhile
  std::uint64_t differing = 0;    ///< people whose cases have unequal figures in force
  std::map<std::string, std::uint64_t> outcomes;
  std::uint64_t triggers = 0;
  bool upstream_down = false;  ///< the run ended early: no answer several times in a row
  bool parked = false;         ///< the run ended early: an operator has to put something right

  /// Does every case that was due lie in one of the counts?
  [[nodiscard]] bool ties() const noexcept {
    return plan.cases == decided + waiting + untouched + gone;
  }
};

/// Asks HMRC about each person with an open case whose review date is at most the permitted days
/// off (SI 2012/2677 reg 35(2)), and answers each such case with exactly one ANNUAL_REVIEW. One
/// transaction a person: question, reply, decisions, triggers and audit commit together. A case
/// without an answer is asked about again on the days of review_schedule.hpp, and reported
/// unreachable on its review date with the log of what was tried.
///
/// Holds the cases of a run and how far it is. Shared by the workers of one run, each of which
/// touches it inside HmrcRunOptions::alone only.
class ReviewRun {
 public:
  struct Due : DueReview {
    bool ask = false;  ///< HMRC is asked about the person in this run
  };

  /// Finds what is due. Errors: STORE_FAILED, PARAMETER_MISSING.
  [[nodiscard]] static base::Result<std::unique_ptr<ReviewRun>> find(const JobContext& context,
                                                                     values::Date as_of);
  [[nodiscard]] const ReviewPlan& plan() const noexcept { return summary_.plan; }
  /// Who is due, by person; constant through the run.
  [[nodiscard]] const std::vector<Due>& due() const noexcept { return due_; }

  /// Works through people until none is left or the run has to end. Each worker calls it with a
  /// context, a store connection and ports of its own. Errors: STORE_FAILED, PARAMETER_MISSING; the
  /// other workers then end too.
  [[nodiscard]] base::Result<void> work(const JobContext& context, const HmrcPorts& hmrc,
                                        const HmrcRunOptions& options);

  /// What was done; once every worker has come back.
  [[nodiscard]] ReviewSummary summary() const;

 private:
  friend class ReviewWorker;

  ReviewRun() = default;
  /// The next person, and whether HMRC may be asked. Once the run has ended nobody is asked about,
  /// and only those are given out who have a case on its review date or past it: that day is told
  /// what was tried, whatever became of the run.
  struct Next {
    const Due* due = nullptr;  ///< nullptr: none is left
    bool ask = false;
  };
  [[nodiscard]] Next take(const HmrcRunOptions& options);

  std::vector<Due> due_;
  std::size_t next_ = 0;
  std::uint64_t passed_over_ = 0;  ///< cases of people not given out
  HmrcRunHealth health_;
  ReviewSummary summary_;
};

}  // namespace ig::core::jobs
