#pragma once

#include "adapters/cli/hmrc_access.hpp"
#include "core/jobs/hmrc_run.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace ig::adapters::cli {

/// How a run of questions to HMRC is shared out to several workers.
struct HmrcJob {
  std::string config_file;  ///< each worker opens a runtime of its own from it
  std::string correlation_id;
  Wait wait;
  core::jobs::HmrcRunOptions options;  ///< `alone` is filled in
};

/// A job that nothing stops, as the configuration has it.
[[nodiscard]] HmrcJob hmrc_job(const Runtime& runtime, const std::string& config_file,
                               const std::string& correlation_id, core::values::Date as_of,
                               Wait wait);

/// Why a run of a command ended early, for an operator.
[[nodiscard]] const char* why_early(bool parked);

/// What one worker does: works through the run until nothing is left.
using WorkerPart = std::function<core::base::Result<void>(const core::jobs::JobContext&,
                                                          const core::jobs::HmrcPorts&,
                                                          const core::jobs::HmrcRunOptions&)>;

/// Does `part` in the configured number of workers, never more than there are questions. `runtime`
/// is the first worker's. Without `access` nobody is asked: one worker goes by what is held.
/// Errors: as `part`, CONFIG_INVALID, UNREADABLE; what other workers committed stays.
[[nodiscard]] core::base::Result<void> work_through(std::uint64_t questions, Runtime& runtime,
                                                    HmrcAccess* access, const HmrcJob& job,
                                                    const WorkerPart& part);

}  // namespace ig::adapters::cli
