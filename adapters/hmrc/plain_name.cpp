#include "adapters/hmrc/plain_name.hpp"

#include "core/values/ascii_letters.hpp"

namespace ig::adapters::hmrc {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string plain_name(std::string_view text) {
  std::string out;
  for (const char c : core::values::ascii_letters(text)) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (blank && !out.empty() && out.back() != ' ') out.push_back(' ');
    if (is_letter(c) || c == '-' || c == '\'' || c == '.') out.push_back(c);
  }
  if (out.size() > kMatchNameMax) out.resize(kMatchNameMax);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace ig::adapters::hmrc
