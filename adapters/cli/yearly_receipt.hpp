#pragma once

#include "core/jobs/yearly_batch.hpp"

#include <string>

namespace ig::adapters::cli {

/// The receipt of an answer file, as `yearly import --json` prints it and the store keeps it:
/// counts and pence by what became of the answers, and refusals by code. One line, no line end.
[[nodiscard]] std::string yearly_receipt_json(const core::jobs::BatchReceipt& receipt);

}  // namespace ig::adapters::cli
