#include "core/values/name_key.hpp"

#include "core/values/ascii_letters.hpp"

namespace ig::core::values {

std::string folded_name(std::string_view name) {
  std::string out;
  for (const char letter : ascii_letters(name)) {
    if (letter >= 'a' && letter <= 'z') out.push_back(static_cast<char>(letter - 'a' + 'A'));
    if (letter >= 'A' && letter <= 'Z') out.push_back(letter);
  }
  return out;
}

std::uint64_t name_key(std::string_view surname, Date born) {
  constexpr std::uint64_t offset = 0xCBF29CE484222325ULL;  // FNV-1a
  constexpr std::uint64_t prime = 0x100000001B3ULL;
  constexpr std::uint64_t named = std::uint64_t{1} << 63U;  // no packed number has this bit
  std::uint64_t hash = offset;
  const auto take = [&hash](unsigned char byte) { hash = (hash ^ byte) * prime; };
  for (const char letter : folded_name(surname)) take(static_cast<unsigned char>(letter));
  for (const char digit : born.text()) take(static_cast<unsigned char>(digit));
  return hash | named;
}

}  // namespace ig::core::values
