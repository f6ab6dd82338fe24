#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/ports/case_system.hpp"

#include <string>
#include <string_view>

/// The receipt of contracts.md ("On the wire") as JSON.
namespace ig::adapters::formats {

/// Reads what a case system answers: outcome, reason, duplicate, in_force and review_date (inside
/// in_force, or beside it). Every member may be absent; HTTP status and Retry-After are not part of
/// it. A reason is cut to limits::id_bytes_max bytes, its control characters become spaces.
/// Errors carry the JSON pointer: WRONG_TYPE, UNKNOWN_CODE (outcome) and those of read_in_force().
[[nodiscard]] core::base::Result<core::ports::Receipt> read_receipt(const wire::json::Value& value);

/// Appends a receipt without the line end; what it does not say is left out.
void write_receipt(std::string& out, const core::ports::Receipt& receipt);

/// "APPLIED", "NOT_APPLIED", "RECEIVED"; empty for none.
[[nodiscard]] std::string_view name(core::ports::ReceiptOutcome outcome) noexcept;

}  // namespace ig::adapters::formats
