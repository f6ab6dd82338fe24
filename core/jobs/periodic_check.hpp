#pragma once

#include "core/jobs/context.hpp"

#include <cstdint>

namespace ig::core::jobs {

/// What a look for current incomes that have stood too long came to.
struct PeriodicSummary {
  std::uint64_t due = 0;   ///< open cases on current income past their months
  std::uint64_t told = 0;  ///< of those, told by an earlier run
  std::uint64_t triggers = 0;
};

/// Asks, by a NEED_CURRENT_INCOME each, for evidence of every current income that has been in force
/// for the months of reg 22 (law.md R-043). Once for each figure: a figure that the check left as
/// it is, is in force since a later day, and is asked about again from there. Runs before the
/// review, so that a review of a case on current income has a fresh figure to go by.
/// Errors: STORE_FAILED, PARAMETER_MISSING.
[[nodiscard]] base::Result<PeriodicSummary> run_periodic_checks(const JobContext& context,
                                                                values::Date as_of);

}  // namespace ig::core::jobs
