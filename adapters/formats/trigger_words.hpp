#pragma once

#include "adapters/formats/fields.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/triggers/trigger.hpp"

#include <optional>
#include <string_view>

/// What trigger lines and the memory of raise share.
namespace ig::adapters::formats::words {

inline void write_text_or_null(wire::json::Writer& out, std::string_view name,
                               std::string_view text) {
  out.key(name);
  if (text.empty()) {
    out.null();
  } else {
    out.string(text);
  }
}

inline void write_pence_or_null(wire::json::Writer& out, std::string_view name,
                                const std::optional<core::values::Money>& amount) {
  out.key(name);
  if (amount) {
    out.number(amount->in_pence());
  } else {
    out.null();
  }
}

/// A word read by the core's own parser. Errors: UNKNOWN_CODE.
template <class Enum>
std::optional<Enum> read_name_if(Fields& fields, std::string_view name,
                                 std::optional<Enum> (*parse)(std::string_view) noexcept) {
  const auto text = fields.text_if(name);
  if (!text) return std::nullopt;
  const auto out = parse(*text);
  if (!out) {
    fields.refuse(name, core::base::ErrorCode::UNKNOWN_CODE,
                  "the word is not in the list of this member");
  }
  return out;
}

/// The same where the member is needed. Errors also: MISSING_MEMBER.
template <class Enum>
std::optional<Enum> read_name(Fields& fields, std::string_view name,
                              std::optional<Enum> (*parse)(std::string_view) noexcept) {
  if (!fields.has(name)) {
    fields.refuse(name, core::base::ErrorCode::MISSING_MEMBER, "the member is needed");
  }
  return read_name_if(fields, name, parse);
}

}  // namespace ig::adapters::formats::words
