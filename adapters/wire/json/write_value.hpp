#pragma once

#include "adapters/wire/json/value.hpp"

#include <string>

namespace ig::adapters::wire::json {

/// Appends a value as JSON without white space. Members keep their order and numbers their own
/// text, so that what is echoed equals what was read. Depth is that of the Reader.
void write_value(std::string& out, const Value& value);

}  // namespace ig::adapters::wire::json
