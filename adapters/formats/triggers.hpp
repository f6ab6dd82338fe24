#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/triggers/trigger.hpp"

#include <string>

namespace ig::adapters::formats {

/// Appends one trigger line without the line end: contracts.md ("Triggers"), every member in its
/// order, null where there is nothing. The dedupe key is not part of it.
void write_trigger(std::string& out, const core::triggers::Trigger& trigger);

/// Reads a trigger line back. Errors carry the JSON pointer, as those of Fields.
[[nodiscard]] core::base::Result<core::triggers::Trigger> read_trigger(
    const wire::json::Value& value);

}  // namespace ig::adapters::formats
