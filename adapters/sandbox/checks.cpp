#include "adapters/sandbox/checks.hpp"

#include <algorithm>
#include <array>

namespace ig::adapters::sandbox {
namespace {

constexpr std::size_t kUuid = 36;
constexpr std::size_t kNameMax = 35;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }
bool is_one_of(char c, std::string_view some) { return some.find(c) != std::string_view::npos; }

}  // namespace

bool is_hex_groups(std::string_view text) {
  if (text.size() != kUuid) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

bool is_correlation_id(std::string_view text) {
  return is_hex_groups(text) && text[14] <= '5' && is_one_of(text[19], "089abAB");
}

bool is_nino(std::string_view text, bool space_for_suffix) {
  if (text.size() != 9 || !is_upper(text[0]) || !is_upper(text[1])) return false;
  if (is_one_of(text[0], "DFIQUV") || is_one_of(text[1], "DFIOQUV")) return false;
  constexpr std::array<std::string_view, 7> never = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
  if (std::find(never.begin(), never.end(), text.substr(0, 2)) != never.end()) return false;
  if (!std::all_of(text.begin() + 2, text.begin() + 8, is_digit)) return false;
  return is_one_of(text[8], space_for_suffix ? "ABCD " : "ABCD");
}

bool is_plain_name(std::string_view text) {
  return !text.empty() && text.size() <= kNameMax &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || is_one_of(c, " &`-'.^"); });
}

}  // namespace ig::adapters::sandbox
