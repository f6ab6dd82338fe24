#pragma once

#include "core/jobs/context.hpp"
#include "core/jobs/decide.hpp"
#include "core/jobs/hmrc_desk.hpp"
#include "core/jobs/hmrc_run.hpp"
#include "core/jobs/look_plan.hpp"
#include "core/jobs/payday_look.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace ig::core::jobs {

/// What a run of looks after paydays did. Everybody who was due is in one count.
struct PayWatchSummary {
  std::uint64_t people = 0;       ///< with an open case
  std::uint64_t due = 0;          ///< to be asked about in this run
  std::uint64_t asked = 0;        ///< HMRC was asked about them
  std::uint64_t calls = 0;        ///< requests that took, repeats included
  std::uint64_t with_pay = 0;     ///< of those asked about: pay came that was not known
  std::uint64_t unavailable = 0;  ///< of those asked about: no answer came
  std::uint64_t gone = 0;         ///< their last case was closed meanwhile
  std::uint64_t untouched = 0;    ///< the run did not come to them
  DecideTotals decided;
  bool upstream_down = false;  ///< the run ended early: no answer several times in a row
  bool parked = false;         ///< the run ended early: an operator has to put something right

  [[nodiscard]] bool ties() const noexcept { return due == asked + gone + untouched; }
};

/// Asks HMRC for real-time pay of each person with an open case after the payday on which pay is
/// expected, not every day; decides on what came. One transaction a person: question, reply, facts,
/// decisions, triggers and audit commit together. A payday that is not there is looked for again by
/// payday_look.hpp.
///
/// Holds who is due and how far the run is. Shared by the workers of one run, each of which touches
/// it inside HmrcRunOptions::alone only.
class PayWatchRun {
 public:
  struct Due {
    values::PersonId person;
    std::vector<ExpectedLook> looks;  ///< those that are due, by payday
  };

  /// Finds who is due, the longest waiting first. Errors: STORE_FAILED, PARAMETER_MISSING.
  [[nodiscard]] static base::Result<std::unique_ptr<PayWatchRun>> find(const JobContext& context,
                                                                       values::Date as_of,
                                                                       const LookPolicy& policy);
  [[nodiscard]] const std::vector<Due>& due() const noexcept { return due_; }
  /// Everybody's next looks, for a plan: how many people, by rhythm and payday.
  [[nodiscard]] const std::vector<Paydays>& paydays() const noexcept { return paydays_; }

  /// Works through people until none is left or the run has to end. Each worker calls it with a
  /// context, a store connection and ports of its own. Errors: STORE_FAILED, PARAMETER_MISSING,
  /// CONFIG_INVALID without a source of real-time pay; the other workers then end too.
  [[nodiscard]] base::Result<void> work(const JobContext& context, const HmrcPorts& hmrc,
                                        const HmrcRunOptions& options);

  /// What was done; once every worker has come back.
  [[nodiscard]] PayWatchSummary summary() const;

 private:
  PayWatchRun() = default;
  [[nodiscard]] const Due* take(const HmrcRunOptions& options);
  [[nodiscard]] base::Result<void> look(const JobContext& context, const HmrcPorts& hmrc,
                                        const HmrcRunOptions& options, const Due& due,
                                        values::Date from);

  std::vector<Due> due_;
  std::vector<Paydays> paydays_;
  std::size_t next_ = 0;
  HmrcRunHealth health_;
  PayWatchSummary summary_;
};

}  // namespace ig::core::jobs
