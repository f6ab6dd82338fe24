#include "adapters/wire/json/writer.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace ig::adapters::wire::json {
namespace {

bool needs_escape(char byte) {
  return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
}

/// True when one of the eight bytes is written otherwise. A byte that is not ASCII never is: its
/// high bit is taken out of what was found.
bool any_to_escape(std::uint64_t bytes) {
  constexpr std::uint64_t each = 0x0101010101010101;
  constexpr std::uint64_t high = 0x80 * each;
  const auto zeros = [](std::uint64_t word) { return word - each; };
  const std::uint64_t found =  // below a space, or equal to " or to the backslash
      (bytes - 0x20 * each) | zeros(bytes ^ (0x22 * each)) | zeros(bytes ^ (0x5C * each));
  return (found & ~bytes & high) != 0;
}

/// True when a text is written as it is, as nearly all text is. Looks at eight bytes at once, the
/// last eight where fewer are left.
bool is_plain(std::string_view text) {
  constexpr std::size_t block = sizeof(std::uint64_t);
  if (text.size() < block) return std::ranges::none_of(text, needs_escape);
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i + block < text.size(); i += block) {
    std::memcpy(&bytes, text.data() + i, block);
    if (any_to_escape(bytes)) return false;
  }
  std::memcpy(&bytes, text.data() + text.size() - block, block);
  return !any_to_escape(bytes);
}

/// The place of the first byte from `from` on that is written otherwise; the size when none is.
std::size_t first_to_escape(std::string_view text, std::size_t from) {
  if (is_plain(text.substr(from))) return text.size();
  while (!needs_escape(text[from])) ++from;
  return from;
}

}  // namespace

void Writer::comma() {
  if (!fresh_) out_.push_back(',');
  fresh_ = false;
}

Writer& Writer::open(char bracket) {
  comma();
  out_.push_back(bracket);
  fresh_ = true;
  return *this;
}

Writer& Writer::close(char bracket) {
  out_.push_back(bracket);
  fresh_ = false;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  string(name);
  out_.push_back(':');
  fresh_ = true;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  comma();
  out_.push_back('"');
  std::size_t clean_from = 0;
  for (std::size_t i = first_to_escape(text, 0); i < text.size();
       i = first_to_escape(text, clean_from)) {
    const auto c = static_cast<unsigned char>(text[i]);
    out_.append(text, clean_from, i - clean_from);
    clean_from = i + 1;
    switch (c) {
      case '"':
        out_.append("\\\"");
        break;
      case '\\':
        out_.append("\\\\");
        break;
      case '\n':
        out_.append("\\n");
        break;
      case '\r':
        out_.append("\\r");
        break;
      case '\t':
        out_.append("\\t");
        break;
      default: {
        constexpr char digits[] = "0123456789abcdef";
        out_.append("\\u00");
        out_.push_back(digits[c >> 4U]);
        out_.push_back(digits[c & 15U]);
      }
    }
  }
  out_.append(text, clean_from, text.size() - clean_from);
  out_.push_back('"');
  return *this;
}

Writer& Writer::number(std::int64_t value) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return raw({buffer, static_cast<std::size_t>(end - buffer)});
}

Writer& Writer::raw(std::string_view json) {
  comma();
  out_.append(json);
  return *this;
}

}  // namespace ig::adapters::wire::json
