#pragma once

#include "adapters/cli/hmrc_workers.hpp"
#include "core/jobs/pay_watch.hpp"

namespace ig::adapters::cli {

/// Is HMRC asked for real-time pay after each expected payday? ([hmrc] watch_paydays)
[[nodiscard]] bool asks_after_paydays(const HmrcConfig& config);

[[nodiscard]] core::jobs::LookPolicy look_policy(const HmrcConfig& config);

/// Asks about everybody who is due, with the configured number of workers. Errors: as
/// PayWatchRun::work(), UNREADABLE.
[[nodiscard]] core::base::Result<core::jobs::PayWatchSummary> look_after_paydays(
    Runtime& runtime, HmrcAccess& access, const HmrcJob& job);

}  // namespace ig::adapters::cli
