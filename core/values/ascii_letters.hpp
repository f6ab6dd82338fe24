#pragma once

#include <string>
#include <string_view>

namespace ig::core::values {

/// A text with its letters as ASCII: accents are dropped, Latin, Greek and Cyrillic letters are
/// spelt in Latin ones (the German sharp s as two), curly apostrophes, long hyphens and wide blanks
/// become plain ones. Other characters beyond ASCII are left out; a byte that is not UTF-8 becomes
/// NUL, which callers drop with what else they have no place for.
[[nodiscard]] std::string ascii_letters(std::string_view text);

}  // namespace ig::core::values
