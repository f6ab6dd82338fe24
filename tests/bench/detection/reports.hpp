#pragma once

#include "core/facts/payment.hpp"
#include "tests/bench/detection/plan.hpp"

#include <vector>

namespace ig::bench::detection {

/// One payday of a job and the day its report came; `never` where none came.
struct Told {
  static constexpr int never = 1'000'000;
  int payday = 0;
  int received = never;
};

/// What was reported of a person's pay, with all that goes wrong on the way.
struct Reports {
  std::vector<core::facts::Payment> payments;
  std::vector<std::vector<Told>> told;  ///< by job
};

/// Pays the jobs of a plan and reports it. On 2 % of paydays each, and each on its own: late,
/// duplicate, told by a second source, corrected (late reason H), put right silently in the total
/// to date, under a new payroll id, not at all.
[[nodiscard]] Reports report(const Plan& plan, Dice& dice);

}  // namespace ig::bench::detection
