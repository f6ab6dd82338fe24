#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ig::adapters::http {

struct Header {
  std::string name;
  std::string value;
};

/// The first header of that name, compared without case; nullptr when absent.
[[nodiscard]] const std::string* find(const std::vector<Header>& headers, std::string_view name);

/// An HTTP/1.1 request in origin form. Host, Content-Length and Connection are the transport's.
struct Request {
  std::string method = "GET";
  std::string target = "/";  ///< path and query; never personal data
  std::vector<Header> headers;
  std::string body;
};

/// What becomes of the bytes of an answer on their way, as on a broken network. Only the sandbox
/// and tests set it; a client never does. Bytes count from the status line on.
struct Mishap {
  std::optional<std::size_t> sent_at_most = std::nullopt;  ///< then the connection ends
  std::size_t withheld = 0;                                ///< bytes at the end that are never sent
  bool reset = false;                                      ///< it ends by a TCP reset, not in order
  std::size_t drip_bytes = 0;                              ///< this many at a time; 0: all at once
  std::chrono::milliseconds drip_pause{0};                 ///< between two drips
};

struct Response {
  unsigned status = 200;
  std::vector<Header> headers;
  std::string body;
  /// A server closes the connection instead of answering, as a broken network does. Only the
  /// sandbox and tests set it; a client never does.
  bool unanswered = false;
  Mishap mishap = {};
};

}  // namespace ig::adapters::http
