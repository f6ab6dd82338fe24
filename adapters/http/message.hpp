#pragma once

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

struct Response {
  unsigned status = 200;
  std::vector<Header> headers;
  std::string body;
  /// A server closes the connection instead of answering, as a broken network does. Only the
  /// sandbox and tests set it; a client never does.
  bool unanswered = false;
};

}  // namespace ig::adapters::http
