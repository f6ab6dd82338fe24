#include "adapters/http/framing_gate.hpp"

#include "adapters/http/grammar.hpp"
#include "core/base/limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ig::adapters::http {
namespace {

namespace limits = core::base::limits;

GateVerdict refuse(unsigned status, std::string_view rule) { return {status, rule, {}}; }

/// The fields that decide where a message ends, who it is for, or what may come once only.
enum class Known { host, length, coding, connection, type, authorization, refused, other };

Known known(std::string_view name) {
  struct Row {
    std::string_view name;
    Known field;
  };
  constexpr Row rows[] = {
      {"host", Known::host},
      {"content-length", Known::length},
      {"transfer-encoding", Known::coding},
      {"connection", Known::connection},
      {"content-type", Known::type},
      {"authorization", Known::authorization},
      {"trailer", Known::refused},
      {"upgrade", Known::refused},
      {"expect", Known::refused},
      {"http2-settings", Known::refused},
  };
  for (const Row& row : rows) {
    if (equal_without_case(row.name, name)) return row.field;
  }
  return Known::other;
}

/// The values of the fields seen once; a second one of the same name refuses the request.
struct Fields {
  std::array<std::string_view, 6> values;
  std::array<bool, 6> seen{};

  [[nodiscard]] bool has(Known field) const { return seen[static_cast<std::size_t>(field)]; }
  [[nodiscard]] std::string_view operator[](Known field) const {
    return values[static_cast<std::size_t>(field)];
  }
};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// `name`, `name:port`, `address:port` or `[address]:port` (RFC 9112 3.2).
bool is_host(std::string_view text) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
  constexpr std::string_view of_address = "0123456789abcdefABCDEF:.";
  std::string_view name = text;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return false;
    name = text.substr(1, end - 1);
    rest = text.substr(end + 1);
    if (name.find_first_not_of(of_address) != std::string_view::npos) return false;
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    name = text.substr(0, colon);
    rest = text.substr(colon);
    if (name.find_first_not_of(allowed) != std::string_view::npos) return false;
  }
  if (name.empty() || name.size() > 253) return false;
  return rest.empty() || (rest.size() <= 6 && rest[0] == ':' && all_digits(rest.substr(1)));
}

GateVerdict judge_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return refuse(400, "a request line is a method, a target and a version");
  }
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method)) return refuse(400, "a method is a token");
  if (version.size() != 8 || !version.starts_with("HTTP/")) {
    return refuse(400, "a request line ends with the version");
  }
  if (version != "HTTP/1.1") return refuse(505, "the version is HTTP/1.1");
  if (method != "GET" && method != "POST") return refuse(405, "the method is GET or POST");
  if (target.size() > limits::http_target_bytes_max) return refuse(414, "a target is short");
  if (!is_origin_form(target)) return refuse(400, "a target is a path with an optional query");
  return {};
}

GateVerdict judge_field(std::string_view line, Fields& fields) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return refuse(400, "a field has a name and a colon");
  const std::string_view name = line.substr(0, colon);
  // A folded line starts with a space, which is not of a token either.
  if (!is_token(name)) return refuse(400, "a field name is a token, and nothing is folded");
  // A gateway in front may read an underscore as a hyphen and see another field.
  if (name.find('_') != std::string_view::npos) {
    return refuse(400, "a field name has no underscore");
  }
  const Known field = known(name);
  if (field == Known::refused) {
    return equal_without_case(name, "expect")
               ? refuse(417, "nothing is expected before the answer")
               : refuse(400, "there are no trailers and no upgrades");
  }
  if (field == Known::other) return {};
  const auto place = static_cast<std::size_t>(field);
  if (fields.seen[place]) return refuse(400, "a field that decides something comes once");
  fields.seen[place] = true;
  fields.values[place] = trimmed(line.substr(colon + 1));
  return {};
}

GateVerdict judge_framing(std::string_view method, const Fields& fields) {
  if (!fields.has(Known::host)) return refuse(400, "a request has a Host");
  if (!is_host(fields[Known::host])) return refuse(400, "a Host is a name and an optional port");
  const std::string_view connection = fields[Known::connection];
  if (fields.has(Known::connection) && !equal_without_case(connection, "keep-alive") &&
      !equal_without_case(connection, "close")) {
    return refuse(400, "Connection is keep-alive or close");
  }
  const bool length = fields.has(Known::length);
  const bool coding = fields.has(Known::coding);
  if (length && coding) return refuse(400, "a body is framed in one way");
  if (coding && fields[Known::coding] != "chunked") {
    return refuse(400, "the only transfer coding is chunked");
  }
  GateVerdict verdict;
  verdict.framing.chunked = coding;
  if (length) {
    const std::string_view digits = fields[Known::length];
    if (!all_digits(digits) || digits.size() > 10) {
      return refuse(400, "a Content-Length is 1 to 10 digits");
    }
    std::from_chars(digits.data(), digits.data() + digits.size(), verdict.framing.content_length);
  }
  if (method == "GET") {
    if (coding || verdict.framing.content_length > 0) return refuse(400, "a GET has no body");
  } else if (!coding && !length) {
    return refuse(411, "a POST says how long its body is");
  }
  return verdict;
}

}  // namespace

BlockEnd find_block_end(std::string_view bytes, std::size_t from) {
  for (std::size_t at = bytes.find('\n', from); at != std::string_view::npos;
       at = bytes.find('\n', at + 1)) {
    if (at == 0 || bytes[at - 1] != '\r') return {0, true};
    if (at >= 3 && bytes[at - 2] == '\n') return {at + 1, false};
  }
  return {};
}

GateVerdict framing_gate(std::string_view header_block) {
  if (header_block.size() > limits::http_header_bytes_max) {
    return refuse(431, "a header block is at most 8 KiB");
  }
  if (!header_block.ends_with("\r\n\r\n")) {
    return refuse(400, "a header block ends with an empty line");
  }
  std::string_view rest = header_block.substr(0, header_block.size() - 2);
  std::string_view method;
  Fields fields;
  std::size_t lines = 0;
  while (!rest.empty()) {
    const auto end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    if (line.empty()) return refuse(400, "one empty line ends a header block");
    if (!is_field_value(line)) return refuse(400, "a header block is printable ASCII");
    if (++lines > limits::http_fields_max + 1) return refuse(431, "there are at most 64 fields");
    const GateVerdict verdict = lines == 1 ? judge_request_line(line) : judge_field(line, fields);
    if (!verdict.let_in()) return verdict;
    if (lines == 1) method = line.substr(0, line.find(' '));
  }
  return judge_framing(method, fields);
}

}  // namespace ig::adapters::http
