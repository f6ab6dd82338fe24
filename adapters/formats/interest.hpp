#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/base/sensitive.hpp"
#include "core/values/nino.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ig::adapters::formats {

/// Lines of files that keep a source of extracts and the gateway of one mind about who is watched
/// (schemas/interest.schema.json). Personal by nature.

/// Appends {"op":"REGISTER"|"DROP","nino"} with its line end.
void write_interest_request(std::string& out, bool drop, const core::values::Nino& nino);
/// Appends the last line of a file of requests: {"end":true,"register","drop"}.
void write_interest_end(std::string& out, std::uint64_t registered, std::uint64_t dropped);

/// A line of a source's list: a number it watches, or the list's end with their count.
struct ListedLine {
  std::optional<core::base::Sensitive<core::values::Nino>> nino;
  std::int64_t count = 0;  ///< of an end
};

/// Reads {"nino"} or {"end":true,"count"}. Errors: those of Fields, INVALID_NINO.
[[nodiscard]] core::base::Result<ListedLine> read_listed(const wire::json::Value& value);

}  // namespace ig::adapters::formats
