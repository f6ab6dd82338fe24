#pragma once

#include "core/jobs/intake.hpp"

#include <optional>
#include <string>

namespace ig::adapters::cli {

/// Added to the name of a bulk file: the file that says what it holds
/// (schemas/bulk-control.schema.json).
inline constexpr const char* kControlSuffix = ".control.json";

/// What stands beside a bulk file; nothing where nothing does. One that cannot be read says so
/// in what is given, with the JSON pointer.
[[nodiscard]] std::optional<core::jobs::BulkControl> control_of(const std::string& file);

}  // namespace ig::adapters::cli
