#pragma once

#include "core/base/sensitive.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::hmrc {

/// Which rule made a candidate, in the order the rules are tried.
enum class NameRule : std::uint8_t {
  entire,         ///< all first names, all last names
  each_first,     ///< one first name, all last names
  short_surname,  ///< a last name of one or two letters before another: "De Silva"
  abbreviation,   ///< names that hold together behind a point or apostrophe: "St. John"
  alias,          ///< former surnames, in every order
  combination,    ///< two of all names, in every order
  splitter,       ///< hyphens, apostrophes and points taken out, then taken as blanks
};
[[nodiscard]] std::string_view name(NameRule rule) noexcept;

/// A pair of names to try, in HMRC's letters. Personal.
struct NameCandidate {
  core::base::Sensitive<std::string> first;
  core::base::Sensitive<std::string> last;
  NameRule rule = NameRule::entire;
};

/// What a person is called, as our side holds it.
struct KnownNames {
  std::string_view first;  ///< all first names, parted by blanks
  std::string_view last;
  std::vector<std::string_view> aliases{};  ///< other surnames
};

inline constexpr std::size_t kNameCandidatesMax = 10;

/// The pairs worth trying, the likeliest first, at most `most`. HMRC compares the first letter of
/// the first name and the first three of the last, so no two candidates agree in those, whatever
/// their case. Each name has 1 to kMatchNameMax letters, blanks, `-`, `'` and `.`, and one letter
/// at least. Empty when no name has a letter. Of one text at most 12 words are looked at.
[[nodiscard]] std::vector<NameCandidate> name_candidates(const KnownNames& names,
                                                         std::size_t most = kNameCandidatesMax);

}  // namespace ig::adapters::hmrc
