#pragma once

#include <string>

#include "core/jobs/intake.hpp"

namespace ig::adapters::cli {

/// The line `intake --json` ends with (contracts.md, "intake and fps check"), without line end.
[[nodiscard]] std::string intake_receipt_json(const core::jobs::IntakeReceipt& receipt);

}  // namespace ig::adapters::cli
