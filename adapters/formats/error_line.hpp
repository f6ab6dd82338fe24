#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ig::adapters::formats {

/// Appends the error line of contracts.md ("Errors"), with its line end:
/// {"id","line","error":{"code","field","message"}}. An empty `id` is written as null;
/// an empty field points at the whole line (RFC 6901).
void write_error_line(std::string& out, std::string_view id, std::uint64_t line,
                      const core::base::Error& error);

/// The `id` of a record that may be wrong in other ways; empty when it is not a short text.
[[nodiscard]] std::string readable_id(const wire::json::Value& value);

}  // namespace ig::adapters::formats
