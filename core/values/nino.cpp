#include "core/values/nino.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace ig::core::values {
namespace {

struct Letters {
  std::array<char, 9> text{};
  std::size_t length = 0;
};

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Raises letters and drops spaces; nothing when another character or too many are left.
std::optional<Letters> normalise(std::string_view text) {
  Letters out;
  for (const char raw : text) {
    if (raw == ' ') continue;
    const char c = raw >= 'a' && raw <= 'z' ? static_cast<char>(raw - 'a' + 'A') : raw;
    if (!is_letter(c) && !is_digit(c)) return std::nullopt;
    if (out.length == out.text.size()) return std::nullopt;
    out.text[out.length++] = c;
  }
  if (out.length < 8) return std::nullopt;
  return out;
}

bool six_digits(const Letters& n) {
  return std::all_of(n.text.begin() + 2, n.text.begin() + 8, is_digit);
}

bool one_of(std::string_view pair, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), pair) != list.end();
}

/// HMRC's temporary reference number: two digits, a letter, five digits.
bool is_temporary_reference(const Letters& n) {
  return n.length == 8 && is_digit(n.text[0]) && is_digit(n.text[1]) && is_letter(n.text[2]) &&
         std::all_of(n.text.begin() + 3, n.text.begin() + 8, is_digit);
}

NinoClass classify_letters(const Letters& n) {
  if (is_temporary_reference(n)) return NinoClass::temporary;
  const std::string_view prefix{n.text.data(), 2};
  if (!is_letter(prefix[0]) || !is_letter(prefix[1]) || !six_digits(n)) return NinoClass::invalid;
  const char suffix = n.length == 9 ? n.text[8] : 'A';
  if (prefix == "TN") {
    return n.length == 9 && (suffix == 'M' || suffix == 'F') ? NinoClass::temporary
                                                             : NinoClass::invalid;
  }
  if (one_of(prefix, {"OO", "CR", "FY", "MW", "NC"})) {
    return is_letter(suffix) ? NinoClass::administrative : NinoClass::invalid;
  }
  constexpr std::string_view never_first = "DFIQUV";
  constexpr std::string_view never_second = "DFIOQUV";
  if (never_first.find(prefix[0]) != std::string_view::npos ||
      never_second.find(prefix[1]) != std::string_view::npos ||
      one_of(prefix, {"BG", "GB", "KN", "NK", "NT", "ZZ"})) {
    return NinoClass::invalid;
  }
  return suffix >= 'A' && suffix <= 'D' ? NinoClass::nino : NinoClass::invalid;
}

}  // namespace

NinoClass Nino::classify(std::string_view text) {
  const auto letters = normalise(text);
  return letters ? classify_letters(*letters) : NinoClass::invalid;
}

base::Result<Nino> Nino::parse(std::string_view text) {
  const auto letters = normalise(text);
  const NinoClass kind = letters ? classify_letters(*letters) : NinoClass::invalid;
  if (kind == NinoClass::invalid) {
    return base::fail(base::ErrorCode::INVALID_NINO, {},
                      "not a National Insurance number: two allocated letters, six digits, A to D");
  }
  return Nino(letters->text, letters->length, kind);
}

bool Nino::is_dummy() const noexcept {
  return first_eight() == "AB123456" || first_eight() == "AA111111";
}

std::uint64_t Nino::packed() const noexcept {
  std::uint64_t bits = 0;
  std::memcpy(&bits, text_.data(), 8);
  return bits;
}

std::string_view name(NinoClass kind) noexcept {
  switch (kind) {
    case NinoClass::nino:
      return "NINO";
    case NinoClass::administrative:
      return "ADMINISTRATIVE";
    case NinoClass::temporary:
      return "TEMPORARY";
    case NinoClass::invalid:
      return "INVALID";
  }
  IG_UNREACHABLE("a class of NINO is one of four");
}

}  // namespace ig::core::values
