#pragma once

#include "adapters/cli/hmrc_access.hpp"
#include "core/jobs/review.hpp"

#include <functional>
#include <string>

namespace ig::adapters::cli {

/// How a review is run by several workers.
struct ReviewJob {
  std::string config_file;  ///< each worker opens a runtime of its own from it
  std::string correlation_id;
  Wait wait;
  core::jobs::ReviewOptions options;  ///< `stop` is called from every worker
};

/// Works through a run with the configured number of workers, never more than there are people to
/// ask about. `runtime` is the first worker's. Without `access` nobody is asked: one worker goes by
/// the replies that are held. Errors: as ReviewRun::work(), CONFIG_INVALID,
/// UNREADABLE; what other workers committed stays.
[[nodiscard]] core::base::Result<core::jobs::ReviewSummary> work_through(core::jobs::ReviewRun& run,
                                                                         Runtime& runtime,
                                                                         HmrcAccess* access,
                                                                         const ReviewJob& job);

}  // namespace ig::adapters::cli
