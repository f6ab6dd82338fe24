#pragma once

#include <string_view>

/// The patterns by which HMRC takes or refuses what it is sent.
namespace ig::adapters::sandbox {

/// Five groups of hexadecimal digits, 8-4-4-4-12.
[[nodiscard]] bool is_hex_groups(std::string_view text);
/// The same as a UUID of version 0 to 5 and of variant 0, 8, 9, A or B: what the 2.0 family takes.
[[nodiscard]] bool is_correlation_id(std::string_view text);

/// Two letters that are allocated, six digits, and one of A to D; with `space_for_suffix` a space
/// in its place as well.
[[nodiscard]] bool is_nino(std::string_view text, bool space_for_suffix);

/// 1 to 35 ASCII letters, blanks and & ` - ' . ^
[[nodiscard]] bool is_plain_name(std::string_view text);

}  // namespace ig::adapters::sandbox
