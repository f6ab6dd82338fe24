#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ig::adapters::http {

/// How the body of a request is delimited.
struct Framing {
  bool chunked = false;
  std::uint64_t content_length = 0;  ///< 0 when chunked
};

/// What the gate says of a header block: let in, or refused with a status and the rule it breaks.
struct GateVerdict {
  unsigned status = 0;    ///< 0: let in; else 4xx or 505, and the connection is closed
  std::string_view rule;  ///< the rule broken, in fixed words; never a part of the request
  Framing framing;        ///< only when let in

  [[nodiscard]] bool let_in() const { return status == 0; }
};

/// Where the header block at the start of the bytes ends.
struct BlockEnd {
  std::size_t size = 0;    ///< with its last empty line; 0: not all of it is here yet
  bool bare_line = false;  ///< a line feed without its carriage return: refused at once
};

/// Finds the end of the header block. `from` is how many bytes an earlier call has looked at.
[[nodiscard]] BlockEnd find_block_end(std::string_view bytes, std::size_t from);

/// Judges the raw header block of a request, from its first byte to its empty line, before any
/// parser sees it. Beast 1.81 lets in messages that two readers may cut differently; this takes
/// only what each reader of HTTP/1.1 cuts the same way (RFC 9112 6.3 and 11.2, made stricter):
/// GET or POST, origin form, HTTP/1.1, printable ASCII, CR LF, no folding; at most 64 fields and
/// 8 KiB; one Host; a POST has exactly one of Content-Length (1 to 10 digits) and a lone
/// `chunked`, a GET neither; no trailer, no upgrade, no expectation. Pure, in linear time.
[[nodiscard]] GateVerdict framing_gate(std::string_view header_block);

}  // namespace ig::adapters::http
