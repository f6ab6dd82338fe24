// links: http
#include "adapters/http/framing_gate.hpp"
#include "core/base/require.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace http = boost::beast::http;
using ig::adapters::http::find_block_end;
using ig::adapters::http::framing_gate;
using ig::core::base::require;

// What the gate lets in has one end and no byte beyond printable ASCII, and the parser behind the
// gate cuts it the same way: the same method, the same framing, and a body of the same length.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view block{reinterpret_cast<const char*>(data), size};
  const auto verdict = framing_gate(block);
  require(verdict.let_in() == verdict.rule.empty(), "a refusal names its rule");
  if (!verdict.let_in()) {
    require(verdict.status >= 400 && verdict.status <= 505, "a refusal has a status of an error");
    return 0;
  }
  const auto end = find_block_end(block, 0);
  require(!end.bare_line && end.size == block.size(), "a block has one end");
  http::request_parser<http::string_body> parser;
  parser.header_limit(8 * 1024);
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  boost::system::error_code ec;
  const std::size_t used = parser.put(boost::asio::buffer(block.data(), block.size()), ec);
  require(!ec && used == block.size() && parser.is_header_done(),
          "the parser takes what is let in");
  const auto& head = parser.get();
  require(head.method() == http::verb::get || head.method() == http::verb::post,
          "the parser sees GET or POST");
  require(head.version() == 11 && head.count(http::field::host) == 1, "HTTP/1.1 with one Host");
  require(parser.chunked() == verdict.framing.chunked, "the parser sees the same framing");
  require(parser.content_length().value_or(0) == verdict.framing.content_length,
          "the parser sees the same length");
  require(parser.is_done() == (!verdict.framing.chunked && verdict.framing.content_length == 0),
          "the parser waits for a body when there is one");
  return 0;
}
