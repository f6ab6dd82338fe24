#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ig::adapters::hmrc {

/// Longest first or last name that HMRC's matching takes.
inline constexpr std::size_t kMatchNameMax = 35;

/// A name in the letters HMRC compares: accents are dropped, Latin, Greek and Cyrillic letters
/// become ASCII (the German sharp s two of them), curly apostrophes and long hyphens become plain
/// ones. Letters, single blanks, `-`, `'` and `.` remain, without blanks at the ends, cut to
/// kMatchNameMax last of all. Everything else, bytes that are not UTF-8 too, is left out; so the
/// result may be empty.
[[nodiscard]] std::string plain_name(std::string_view text);

}  // namespace ig::adapters::hmrc
