#pragma once

#include <string_view>

namespace ig::adapters::http {

/// Compares ASCII letters without their case (RFC 9110 5.1).
[[nodiscard]] bool equal_without_case(std::string_view a, std::string_view b);

/// A method or field name: `token` of RFC 9110 5.6.2.
[[nodiscard]] bool is_token(std::string_view text);

/// A field value as this gateway sends and takes it: printable ASCII and spaces. RFC 9110 5.5
/// would also allow tabs and bytes over 0x7F.
[[nodiscard]] bool is_field_value(std::string_view text);

/// A target in origin form (RFC 9112 3.2.1) in the characters of RFC 3986: an absolute path and
/// an optional query, no fragment, no leading "//".
[[nodiscard]] bool is_origin_form(std::string_view target);

/// Fields that frame the message or the connection; no caller and no handler sets them.
[[nodiscard]] bool belongs_to_transport(std::string_view name);

}  // namespace ig::adapters::http
