#pragma once

#include "core/base/result.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ig::adapters::hmrc {

/// A variable of a template and its value, as it is before any encoding.
struct UriVariable {
  std::string_view name;
  std::string_view value;
};

/// `text` with everything but letters, digits, `-`, `.`, `_` and `~` as %XX (RFC 3986 2.3).
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Expands the part of RFC 6570 that HMRC writes: literal text, `{?name,name}` and
/// `{&name,name}`. A variable without a value is left out. Every other expression and modifier is
/// refused. Template and result are at most limits::http_target_bytes_max bytes, with at most
/// 8 expressions of 16 names. Errors, never with the text: INVALID_TEXT, LIMIT_EXCEEDED.
[[nodiscard]] core::base::Result<std::string> expand_uri_template(
    std::string_view text, std::span<const UriVariable> variables);

/// `target` with the query parameter `name` set to `value` and to nothing else: HMRC sends some
/// links without a template, and some with a range of its own.
[[nodiscard]] std::string with_parameter(std::string_view target, const UriVariable& parameter);

}  // namespace ig::adapters::hmrc
