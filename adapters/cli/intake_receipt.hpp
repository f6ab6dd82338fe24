#pragma once

#include "core/jobs/intake.hpp"

#include <string>

namespace ig::adapters::cli {

/// The line `intake --json` ends with (contracts.md, "intake and fps check"), without line end.
[[nodiscard]] std::string intake_receipt_json(const core::jobs::IntakeReceipt& receipt);

}  // namespace ig::adapters::cli
