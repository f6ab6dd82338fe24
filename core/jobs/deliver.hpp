#pragma once

#include "core/base/random.hpp"
#include "core/delivery/breaker.hpp"
#include "core/delivery/delivery_step.hpp"
#include "core/jobs/context.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ig::core::jobs {

/// What a round of deliveries came to.
struct DeliverTotals {
  std::uint64_t attempted = 0;
  std::uint64_t delivered = 0;
  std::uint64_t duplicates = 0;  ///< of those: the receiver had applied it before
  std::uint64_t retried = 0;
  std::uint64_t parked = 0;
  std::uint64_t postponed = 0;  ///< not attempted: its target is resting or not configured
  std::uint64_t figures_moved = 0;

  void add(const DeliverTotals& other);
};

/// How a delivery round works.
struct DeliverOptions {
  /// Answers are written down in groups: after a kill, at most this many are sent again.
  std::size_t answers_in_a_unit = 20;
  /// A target that gave no answer rests; the longest rest after the first silence, doubled with
  /// each further one up to 15 minutes.
  std::chrono::milliseconds rest{250};
  std::chrono::milliseconds attempt_limit = base::limits::http_attempt_limit;
  /// Told each attempt with what came of it, for the log; may be empty.
  std::function<void(const ports::Dispatch& dispatch, const std::string& answer)> observe;
};

/// Hands back what a killed run had claimed, so that it is due at once. Only for a caller that
/// knows that nobody else delivers from this store. Errors: STORE_FAILED.
[[nodiscard]] base::Result<void> take_over_claims(ports::Store& store);

/// Takes queued triggers to their case systems: at least once, in sequence for each case, one
/// target's trouble not another's. Owned by one thread, with a store connection of its own.
/// A target that gives no answer rests and costs no attempt; an answer that refuses does.
class Deliverer {
 public:
  Deliverer(const JobContext& context, std::map<std::string, ports::CaseSystem*> targets,
            base::Random& random, DeliverOptions options = {});

  /// Claims what is due, sends it, writes down the answers. Ends early when `stop` says so.
  /// Errors: STORE_FAILED.
  [[nodiscard]] base::Result<DeliverTotals> round(const std::function<bool()>& stop);

 private:
  struct Target {
    ports::CaseSystem* system = nullptr;
    delivery::Breaker breaker;
    std::chrono::steady_clock::time_point resting_until =
        std::chrono::steady_clock::time_point::min();
    std::uint32_t silent_in_a_row = 0;
  };
  struct Answer {
    ports::Claimed claimed;
    base::Result<ports::Receipt> receipt;
    bool attempted = true;
    values::Instant not_before;
  };

  [[nodiscard]] base::Result<std::vector<ports::Claimed>> claim();
  [[nodiscard]] Answer send(ports::Claimed claimed);
  [[nodiscard]] base::Result<void> write_down(const std::vector<Answer>& answers,
                                              DeliverTotals& totals);
  [[nodiscard]] base::Result<void> write_one(ports::UnitOfWork& unit, const Answer& answer,
                                             DeliverTotals& totals);
  [[nodiscard]] base::Result<void> on_receipt(ports::UnitOfWork& unit, const Answer& answer,
                                              DeliverTotals& totals);
  [[nodiscard]] base::Result<void> park(ports::UnitOfWork& unit, const Answer& answer,
                                        const delivery::Park& why, const std::string& said);

  const JobContext& context_;
  std::map<std::string, Target> targets_;
  base::Random& random_;
  DeliverOptions options_;
};

}  // namespace ig::core::jobs
