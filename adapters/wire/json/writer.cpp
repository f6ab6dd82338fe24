#include "adapters/wire/json/writer.hpp"

#include <charconv>

namespace ig::adapters::wire::json {
namespace {

bool needs_escape(char byte) {
  return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
}

/// The place of the first byte from `from` on that is written otherwise; the size when none is.
/// Looks at blocks without a branch for each byte: nearly all text has nothing to escape.
std::size_t first_to_escape(std::string_view text, std::size_t from) {
  constexpr std::size_t block = 16;
  while (from + block <= text.size()) {
    unsigned found = 0;
    for (std::size_t i = 0; i < block; ++i) {
      found |= static_cast<unsigned>(needs_escape(text[from + i]));
    }
    if (found != 0) break;
    from += block;
  }
  while (from < text.size() && !needs_escape(text[from])) ++from;
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
