#pragma once

#include "core/jobs/context.hpp"
#include "core/jobs/decide.hpp"

#include <cstdint>
#include <functional>

namespace ig::core::jobs {

struct WatchOptions {
  values::Date as_of;
  std::function<bool()> stop;                          ///< true: end after the group in hand
  std::function<void(std::uint64_t people)> progress;  ///< may be empty
};

/// Looks at every registered person with payments as of a day: jobs that fell silent, paydays that
/// have come, windows that have moved. Decisions are kept only where they say something new.
/// Errors: STORE_FAILED.
[[nodiscard]] base::Result<DecideTotals> run_watch(const JobContext& context,
                                                   const WatchOptions& options);

/// How many people a watch would look at (`watch --plan`).
[[nodiscard]] base::Result<std::uint64_t> plan_watch(const JobContext& context);

}  // namespace ig::core::jobs
