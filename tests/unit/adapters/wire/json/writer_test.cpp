#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::wire::json {
namespace {

/// What a text is written as, byte for byte.
std::string expected(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append("\\").push_back(c);
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
    } else if (byte < 0x20) {
      out.append(fmt::format("\\u{:04x}", static_cast<unsigned>(byte)));
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

std::string written(const std::string& text) {
  std::string out;
  Writer(out).string(text);
  return out;
}

TEST(JsonWriter, EscapesEachByteAtEachPlace) {
  for (std::size_t size = 1; size <= 20; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 0x80; ++byte) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(byte);
        ASSERT_EQ(written(text), expected(text)) << size << ' ' << at << ' ' << byte;
      }
    }
  }
}

TEST(JsonWriter, EscapesSeveralBytesAndLeavesOthersAlone) {
  for (const std::string text :
       {"", "\"\"\"", "a \"word\" and a \\ and an end\n",
        "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\x1f",
        "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"}) {
    EXPECT_EQ(written(text), expected(text));
  }
}

}  // namespace
}  // namespace ig::adapters::wire::json
