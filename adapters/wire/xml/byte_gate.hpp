#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ig::adapters::wire::xml {

/// Stands before the XML parser and looks at every raw byte, in whatever pieces they come: the
/// parser only ever sees UTF-8 text whose tags and runs of text have a bounded length.
/// Errors: ENCODING_REFUSED (UTF-16, UTF-32, another declared encoding, NUL, invalid UTF-8),
/// NOT_XML (gzip, xz or zip), LIMIT_EXCEEDED (limits::xml_tag_bytes_max, xml_text_bytes_max).
class ByteGate {
 public:
  /// Checks the next piece. After an Error the gate is done with.
  [[nodiscard]] core::base::Result<void> feed(std::string_view piece);
  /// Checks that the bytes do not end inside a character. Errors: TRUNCATED.
  [[nodiscard]] core::base::Result<void> finish() const;

 private:
  enum class Place : std::uint8_t { text, opened, tag, double_quoted, single_quoted, markup };

  [[nodiscard]] core::base::Result<void> check_head(std::string_view piece);
  [[nodiscard]] core::base::Result<void> check_declaration();
  [[nodiscard]] bool check_utf8(std::string_view piece);
  [[nodiscard]] core::base::Result<void> check_lengths(std::string_view piece);
  [[nodiscard]] core::base::Result<void> walk(std::string_view piece);
  void step_tag(char c);
  [[nodiscard]] bool step_utf8(unsigned char byte);

  std::string head_;  ///< the first bytes, until the XML declaration has been judged
  bool head_done_ = false;
  Place place_ = Place::text;
  std::size_t run_ = 0;       ///< bytes since the last '<' or '>' that counted
  unsigned pending_ = 0;      ///< continuation bytes still to come
  unsigned char low_ = 0x80;  ///< range of the next continuation byte
  unsigned char high_ = 0xBF;
};

}  // namespace ig::adapters::wire::xml
