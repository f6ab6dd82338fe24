#pragma once

#include "adapters/cli/runtime.hpp"
#include "adapters/wire/files/spool.hpp"
#include "core/jobs/intake.hpp"

#include <chrono>

namespace ig::adapters::cli {

/// Opens the spool folder of `[intake]`. Errors: UNREADABLE.
[[nodiscard]] core::base::Result<wire::files::Spool> open_spool(const IntakeConfig& config);

/// Takes in every file of the spool that is ready, and puts each with its receipt to its end:
/// `refused` where the whole file was refused or held, else `done`. One that cannot be read stays
/// where it was picked up, for the next look. Errors: STORE_FAILED, UNREADABLE (the folder).
[[nodiscard]] core::base::Result<core::jobs::IntakeReceipt> take_from_spool(
    Runtime& runtime, const core::jobs::JobContext& context, wire::files::Spool& spool,
    std::chrono::steady_clock::time_point now);

}  // namespace ig::adapters::cli
