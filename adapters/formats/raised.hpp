#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/triggers/raised.hpp"

#include <string>

namespace ig::adapters::formats {

/// Appends one record of what stands as raised, without the line end: a line of `raise --raised`.
void write_raised(std::string& out, const core::triggers::Raised& raised);

/// Reads such a record. Errors carry the JSON pointer, as those of Fields.
[[nodiscard]] core::base::Result<core::triggers::Raised> read_raised(
    const wire::json::Value& value);

}  // namespace ig::adapters::formats
