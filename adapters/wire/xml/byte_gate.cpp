#include "adapters/wire/xml/byte_gate.hpp"

#include "core/base/limits.hpp"

#include <algorithm>
#include <cstring>

namespace ig::adapters::wire::xml {
namespace {

namespace limits = core::base::limits;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr std::size_t declaration_bytes_max = 256;

bool starts(std::string_view bytes, std::string_view magic) { return bytes.starts_with(magic); }

Error refused_encoding(const char* why) { return fail(ErrorCode::ENCODING_REFUSED, {}, why); }

Error too_long(const char* what) { return fail(ErrorCode::LIMIT_EXCEEDED, {}, what); }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The value of encoding="..." in an XML declaration, or empty when it names none.
std::string declared_encoding(std::string_view declaration) {
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at += 8;
  while (at < declaration.size() && (is_space(declaration[at]) || declaration[at] == '=')) ++at;
  if (at >= declaration.size() || (declaration[at] != '"' && declaration[at] != '\'')) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  std::string name(declaration.substr(at + 1, end - at - 1));
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return name;
}

/// True when no byte of `piece` has its high bit set.
bool is_ascii(std::string_view piece) {
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + 8 <= piece.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, piece.data() + at, 8);
    seen |= word;
  }
  for (; at < piece.size(); ++at) {
    if (static_cast<unsigned char>(piece[at]) >= 0x80) return false;
  }
  return (seen & 0x8080808080808080ULL) == 0;
}

}  // namespace

Result<void> ByteGate::feed(std::string_view piece) {
  if (!head_done_) {
    if (auto checked = check_head(piece); !checked) return checked;
  }
  if (std::memchr(piece.data(), 0, piece.size()) != nullptr) {
    return refused_encoding("the document holds a NUL byte: only UTF-8 text is taken");
  }
  if ((pending_ != 0 || !is_ascii(piece)) && !check_utf8(piece)) {
    return refused_encoding("the document is not valid UTF-8");
  }
  return check_lengths(piece);
}

Result<void> ByteGate::finish() const {
  if (pending_ == 0) return {};
  return fail(ErrorCode::TRUNCATED, {}, "the bytes end inside a character");
}

Result<void> ByteGate::check_head(std::string_view piece) {
  head_.append(piece.substr(
      0, declaration_bytes_max + 8 - std::min<std::size_t>(head_.size(), declaration_bytes_max)));
  const std::string_view head = head_;
  if (starts(head, "\x1f\x8b") ||
      starts(head,
             "\xfd"
             "7zXZ") ||
      starts(head, "PK\x03\x04")) {
    return fail(ErrorCode::NOT_XML, {}, "the document is compressed: unpack it before");
  }
  const std::string_view two = head.substr(0, 2);
  if (two == "\xfe\xff" || two == "\xff\xfe") {
    return refused_encoding("the document is UTF-16 or UTF-32: only UTF-8 is taken");
  }
  return check_declaration();
}

Result<void> ByteGate::check_declaration() {
  std::string_view text = head_;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  constexpr std::string_view opening = "<?xml";
  const bool may_open = opening.starts_with(text.substr(0, opening.size()));
  if (!may_open && text.size() >= 3) {
    head_done_ = true;
    return {};
  }
  const std::size_t end = text.find("?>");
  if (end == std::string_view::npos) {
    if (text.size() < declaration_bytes_max) return {};
    return too_long("the XML declaration is longer than the limit");
  }
  head_done_ = true;
  const std::string encoding = declared_encoding(text.substr(0, end));
  if (encoding.empty() || encoding == "UTF-8" || encoding == "UTF8") return {};
  return refused_encoding("the XML declaration names an encoding other than UTF-8");
}

bool ByteGate::step_utf8(unsigned char byte) {
  if (pending_ != 0) {
    if (byte < low_ || byte > high_) return false;
    low_ = 0x80;
    high_ = 0xBF;
    --pending_;
    return true;
  }
  if (byte < 0x80) return true;
  if (byte < 0xC2 || byte > 0xF4) return false;
  pending_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
  if (byte == 0xE0) low_ = 0xA0;
  if (byte == 0xED) high_ = 0x9F;
  if (byte == 0xF0) low_ = 0x90;
  if (byte == 0xF4) high_ = 0x8F;
  return true;
}

bool ByteGate::check_utf8(std::string_view piece) {
  return std::all_of(piece.begin(), piece.end(),
                     [this](char c) { return step_utf8(static_cast<unsigned char>(c)); });
}

/// A '<' stands in a tag or in text of no well-formed document, so each one begins a new run: as
/// long as they follow each other closely, no run is too long and nothing else need be looked at.
Result<void> ByteGate::check_lengths(std::string_view piece) {
  const std::size_t first = piece.find('<');
  if (first == std::string_view::npos) return walk(piece);
  if (auto walked = walk(piece.substr(0, first)); !walked) return walked;
  const std::size_t last = piece.rfind('<');
  constexpr std::size_t block = limits::xml_tag_bytes_max / 2;
  for (std::size_t at = first; at < last; at += block) {
    const std::string_view part = piece.substr(at, std::min(block, last - at + 1));
    if (part.find('<') != std::string_view::npos) continue;
    return walk(piece.substr(first));
  }
  return walk(piece.substr(last));
}

/// Follows tags and text byte by byte.
Result<void> ByteGate::walk(std::string_view piece) {
  for (const char c : piece) {
    if (c == '<') {
      place_ = Place::opened;
      run_ = 1;
      continue;
    }
    ++run_;
    if (place_ == Place::text) {
      if (run_ > limits::xml_text_bytes_max) return too_long("a run of text is too long");
      continue;
    }
    if (run_ > limits::xml_tag_bytes_max) return too_long("a tag is too long");
    step_tag(c);
    if (place_ == Place::text) run_ = 0;
  }
  return {};
}

void ByteGate::step_tag(char c) {
  switch (place_) {
    case Place::opened:
      place_ = c == '!' || c == '?' ? Place::markup : Place::tag;
      if (c == '>') place_ = Place::text;
      break;
    case Place::tag:
      if (c == '"') place_ = Place::double_quoted;
      if (c == '\'') place_ = Place::single_quoted;
      if (c == '>') place_ = Place::text;
      break;
    case Place::double_quoted:
      if (c == '"') place_ = Place::tag;
      break;
    case Place::single_quoted:
      if (c == '\'') place_ = Place::tag;
      break;
    default:
      if (c == '>') place_ = Place::text;
  }
}

}  // namespace ig::adapters::wire::xml
