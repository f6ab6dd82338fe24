#include "adapters/http/framing_gate.hpp"

#include "core/base/limits.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace ig::adapters::http {
namespace {

struct Row {
  std::string name;
  std::string block;
  unsigned status;
};

std::string get(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}
std::string post(const std::string& fields) {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}
std::string line(const std::string& request_line) { return request_line + "\r\nHost: a\r\n\r\n"; }
std::string host(const std::string& value) {
  return "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n";
}
std::string many_fields(std::size_t count) {
  std::string fields;
  for (std::size_t i = 1; i < count; ++i) fields += "X-" + std::to_string(i) + ": 1\r\n";
  return get(fields);
}
std::string padded_to(std::size_t size) {
  const std::string empty = get("X: \r\n");
  return get("X: " + std::string(size - empty.size(), 'x') + "\r\n");
}

const std::vector<Row>& rows() {
  using std::string;
  static const std::vector<Row> all = {
      // What is let in
      {"a GET", get(""), 0},
      {"a GET with a query", line("GET /a/b?c=d&e=%20 HTTP/1.1"), 0},
      {"a GET with a length of nothing", get("Content-Length: 0\r\n"), 0},
      {"a POST with a length", post("Content-Length: 5\r\n"), 0},
      {"a POST of ten digits", post("Content-Length: 9999999999\r\n"), 0},
      {"a POST without a body", post("Content-Length: 0\r\n"), 0},
      {"a POST in chunks", post("Transfer-Encoding: chunked\r\n"), 0},
      {"a field name in any case", post("cOnTeNt-LeNgTh: 5\r\n"), 0},
      {"no space after the colon", post("Content-Length:5\r\n"), 0},
      {"spaces around a value", post("Content-Length:   5   \r\n"), 0},
      {"an empty value", get("X-Empty:\r\n"), 0},
      {"a connection kept", get("Connection: Keep-Alive\r\n"), 0},
      {"a connection closed", get("Connection: close\r\n"), 0},
      {"64 fields", many_fields(64), 0},
      {"a block of 8 KiB", padded_to(8192), 0},
      {"a host with a port", host("gateway.test:8443"), 0},
      {"a host in brackets", host("[::1]:8443"), 0},
      {"the same other field twice", get("Accept: a/b\r\nAccept: c/d\r\n"), 0},
      // One framing and no other
      {"length and coding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
      {"gzip and length", post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"), 400},
      {"identity and length", post("Transfer-Encoding: identity\r\nContent-Length: 5\r\n"), 400},
      {"xchunked and length", post("Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n"), 400},
      {"neither on a POST", post(""), 411},
      {"two lengths that differ", post("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {"two lengths that agree", post("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
      {"a list of lengths", post("Content-Length: 5, 5\r\n"), 400},
      {"a signed length", post("Content-Length: +5\r\n"), 400},
      {"a negative length", post("Content-Length: -5\r\n"), 400},
      {"a hexadecimal length", post("Content-Length: 0x5\r\n"), 400},
      {"a length with a point", post("Content-Length: 5.0\r\n"), 400},
      {"an empty length", post("Content-Length:\r\n"), 400},
      {"a length with a space inside", post("Content-Length: 5 5\r\n"), 400},
      {"a length of eleven digits", post("Content-Length: 00000000005\r\n"), 400},
      {"a length beyond 64 bits", post("Content-Length: 18446744073709551616\r\n"), 400},
      {"gzip alone", post("Transfer-Encoding: gzip\r\n"), 400},
      {"gzip before chunked", post("Transfer-Encoding: gzip, chunked\r\n"), 400},
      {"chunked before identity", post("Transfer-Encoding: chunked, identity\r\n"), 400},
      {"chunked twice in a list", post("Transfer-Encoding: chunked, chunked\r\n"), 400},
      {"chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunked with a capital", post("Transfer-Encoding: Chunked\r\n"), 400},
      {"chunked with a parameter", post("Transfer-Encoding: chunked;q=1\r\n"), 400},
      {"chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n"), 400},
      {"an empty coding", post("Transfer-Encoding:\r\n"), 400},
      {"a tab before chunked", post("Transfer-Encoding:\tchunked\r\n"), 400},
      {"a vertical tab after chunked", post("Transfer-Encoding: chunked\x0b\r\n"), 400},
      {"a GET with a body", get("Content-Length: 5\r\n"), 400},
      {"a GET in chunks", get("Transfer-Encoding: chunked\r\n"), 400},
      // The shape of the block
      {"nothing", "", 400},
      {"an empty line alone", "\r\n\r\n", 400},
      {"an empty line first", "\r\n" + get(""), 400},
      {"no end", "GET / HTTP/1.1\r\nHost: a\r\n", 400},
      {"two blocks", get("") + get(""), 400},
      {"bare line feeds", "GET / HTTP/1.1\nHost: a\n\r\n\r\n", 400},
      {"a bare carriage return", get("X: a\rContent-Length: 5\r\n"), 400},
      {"a folded field", get("X: a\r\n b\r\n"), 400},
      {"a fold by tab", get("X: a\r\n\tb\r\n"), 400},
      {"a folded coding", post("Transfer-Encoding:\r\n chunked\r\n"), 400},
      {"a space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
      {"a NUL", get(string("X: a\0b\r\n", 8)), 400},
      {"a delete", get("X: \x7f\r\n"), 400},
      {"a byte beyond ASCII", get("X: \xc3\xa9\r\n"), 400},
      {"a space before the colon", post("Content-Length : 5\r\n"), 400},
      {"a field without a colon", get("Nonsense\r\n"), 400},
      {"a field without a name", get(": a\r\n"), 400},
      {"a separator in a name", get("X(Y): a\r\n"), 400},
      {"an underscore in a name", post("Content_Length: 5\r\n"), 400},
      {"65 fields", many_fields(65), 431},
      {"a block beyond 8 KiB", padded_to(8193), 431},
      // The request line
      {"a method in small letters", line("get / HTTP/1.1"), 405},
      {"HEAD", line("HEAD / HTTP/1.1"), 405},
      {"PUT", line("PUT / HTTP/1.1"), 405},
      {"TRACE", line("TRACE / HTTP/1.1"), 405},
      {"OPTIONS", line("OPTIONS * HTTP/1.1"), 405},
      {"CONNECT", line("CONNECT a:443 HTTP/1.1"), 405},
      {"HTTP/1.0", line("GET / HTTP/1.0"), 505},
      {"HTTP/1.0 in chunks", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
       505},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\n", 505},
      {"HTTP/0.9", line("GET /"), 400},
      {"a version in small letters", line("GET / http/1.1"), 400},
      {"two spaces", line("GET  / HTTP/1.1"), 400},
      {"a space in the target", line("GET /a b HTTP/1.1"), 400},
      {"a space at the end", line("GET / HTTP/1.1 "), 400},
      {"a whole URL", line("GET https://b/ HTTP/1.1"), 400},
      {"a path without a root", line("GET a HTTP/1.1"), 400},
      {"two slashes first", line("GET //b/ HTTP/1.1"), 400},
      {"a fragment", line("GET /#a HTTP/1.1"), 400},
      {"a quote in the target", line("GET /\"a HTTP/1.1"), 400},
      {"a backslash in the target", line("GET /\\a HTTP/1.1"), 400},
      {"a target beyond 2 KiB", line("GET /" + string(2048, 'a') + " HTTP/1.1"), 414},
      // Whom it is for, and what else may not be
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", get("Host: b\r\n"), 400},
      {"an empty host", host(""), 400},
      {"a host with a path", host("a/b"), 400},
      {"a host with a user", host("u@a"), 400},
      {"a host with a bad port", host("a:b"), 400},
      {"a host with a long port", host("a:123456"), 400},
      {"a host in an open bracket", host("[::1"), 400},
      {"two hosts in one", host("a, b"), 400},
      {"an expectation", post("Content-Length: 5\r\nExpect: 100-continue\r\n"), 417},
      {"an upgrade", get("Upgrade: h2c\r\n"), 400},
      {"trailers announced", post("Transfer-Encoding: chunked\r\nTrailer: X\r\n"), 400},
      {"a connection option", get("Connection: close, X-Secret\r\n"), 400},
      {"a connection upgraded", get("Connection: Upgrade\r\n"), 400},
      {"two connections", get("Connection: close\r\nConnection: close\r\n"), 400},
      {"two authorizations", get("Authorization: a\r\nAuthorization: b\r\n"), 400},
      {"two content types", post("Content-Length: 5\r\nContent-Type: a\r\nContent-Type: b\r\n"),
       400},
  };
  return all;
}

TEST(FramingGate, JudgesEachRowOfTheTable) {
  for (const Row& row : rows()) {
    const GateVerdict verdict = framing_gate(row.block);
    EXPECT_EQ(verdict.status, row.status) << row.name << ": " << verdict.rule;
    EXPECT_EQ(verdict.rule.empty(), row.status == 0) << row.name;
  }
}

TEST(FramingGate, TellsHowTheBodyIsFramed) {
  EXPECT_EQ(framing_gate(post("Content-Length: 1234567890\r\n")).framing.content_length,
            1'234'567'890U);
  EXPECT_FALSE(framing_gate(post("Content-Length: 1\r\n")).framing.chunked);
  EXPECT_TRUE(framing_gate(post("Transfer-Encoding: chunked\r\n")).framing.chunked);
  EXPECT_FALSE(framing_gate(get("")).framing.chunked);
}

TEST(FramingGate, RefusesEveryBlockCutAtAnyByte) {
  const std::string whole = post("Content-Length: 5\r\nContent-Type: application/json\r\n");
  ASSERT_TRUE(framing_gate(whole).let_in());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(framing_gate(whole.substr(0, size)).let_in()) << size;
  }
}

TEST(FramingGate, RefusesAnyControlByteAnywhere) {
  const std::string whole = post("Content-Length: 5\r\nX-Y: z\r\n");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '\t', '\n', '\r', '\x0b', '\x7f', '\x80', '\xff'}) {
      if (whole[at] == byte) continue;
      std::string other = whole;
      other[at] = byte;
      EXPECT_FALSE(framing_gate(other).let_in()) << at;
    }
  }
}

TEST(FindBlockEnd, FindsTheEmptyLineHoweverTheBytesCome) {
  const std::string block = get("X: y\r\n");
  const std::string bytes = block + "body";
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    for (std::size_t from = 0; from <= size && from < block.size(); ++from) {
      const BlockEnd end = find_block_end(std::string_view(bytes).substr(0, size), from);
      EXPECT_FALSE(end.bare_line);
      EXPECT_EQ(end.size, size >= block.size() ? block.size() : 0U) << size << " from " << from;
    }
  }
}

TEST(FindBlockEnd, SeesABareLineFeedAtOnce) {
  EXPECT_TRUE(find_block_end("\n", 0).bare_line);
  EXPECT_TRUE(find_block_end("GET / HTTP/1.1\n", 0).bare_line);
  EXPECT_TRUE(find_block_end("GET / HTTP/1.1\r\nHost: a\n", 16).bare_line);
  EXPECT_FALSE(find_block_end("GET / HTTP/1.1\r\nHost: a\r\n", 0).bare_line);
}

RC_GTEST_PROP(FramingGate, LetsInNothingThatHasNoSingleEnd, (const std::string& noise)) {
  const std::string block = noise + "\r\n\r\n";
  const GateVerdict verdict = framing_gate(block);
  if (verdict.let_in()) RC_ASSERT(find_block_end(block, 0).size == block.size());
}

}  // namespace
}  // namespace ig::adapters::http
