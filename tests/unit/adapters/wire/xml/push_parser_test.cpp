#include "adapters/wire/xml/push_parser.hpp"

#include "core/base/limits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ig::adapters::wire::xml {
namespace {

namespace limits = core::base::limits;
using core::base::ErrorCode;
using core::base::Result;

/// Writes each event down.
class Notes final : public Handler {
 public:
  bool start(const StartTag& tag) override {
    seen += fmt::format("<{}{}{}", tag.prefix == nullptr ? "" : tag.prefix,
                        tag.uri == nullptr ? "|" : "+", tag.local);
    for (std::size_t i = 0; i < tag.attribute_count(); ++i) {
      const Attribute attribute = tag.attribute_at(i);
      seen += fmt::format(" {}={}", attribute.local, attribute.value);
    }
    seen += ">";
    return ++starts != stop_at;
  }
  bool end() override {
    seen += "</>";
    return true;
  }
  bool text(std::string_view piece) override {
    seen += piece;
    return true;
  }
  bool comment(std::string_view content) override {
    seen += fmt::format("[{}]", content);
    return true;
  }
  bool instruction(std::string_view target, std::string_view content) override {
    seen += fmt::format("({}:{})", target, content);
    return true;
  }
  core::base::Error stopped_by() override {
    return core::base::fail(ErrorCode::UNEXPECTED_ELEMENT, "/x", "stopped by the test");
  }

  std::string seen;
  int starts = 0;
  int stop_at = 0;
};

/// The code a document ends in, or nothing when it is taken.
std::optional<ErrorCode> code_of(std::string_view document, std::size_t step = 1 << 20U) {
  Notes notes;
  PushParser parser(notes);
  for (std::size_t at = 0; at < document.size(); at += step) {
    if (auto fed = parser.feed(document.substr(at, step)); !fed) return fed.error().code;
  }
  auto done = parser.finish();
  if (done) return std::nullopt;
  return done.error().code;
}

TEST(PushParser, TellsElementsTextAndAttributesWithReferencesReplaced) {
  Notes notes;
  PushParser parser(notes);
  const auto fed = parser.feed(
      "<?xml version='1.0'?><a xmlns='u' x='1 &lt; 2 &amp; 3'>t&amp;u<![CDATA[<c>]]>"
      "<!--note--><?p q?><b/>&#65;</a>\n<!--end-->");
  ASSERT_TRUE(fed);
  ASSERT_TRUE(parser.finish());
  EXPECT_EQ(notes.seen, "<+a x=1 < 2 & 3>t&u<c>[note](p:q)<+b></>A</>[end]");
}

TEST(PushParser, GivesTheSameEventsHoweverTheBytesArrive) {
  const std::string document =
      "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?><r a=\"&quot;\"><x>\xc2\xa3 5</x>"
      "<!-- c --><y z='1'/>tail</r> ";
  Notes whole;
  PushParser parser(whole);
  ASSERT_TRUE(parser.feed(document));
  ASSERT_TRUE(parser.finish());
  for (std::size_t cut = 1; cut < document.size(); ++cut) {
    Notes pieces;
    PushParser other(pieces);
    ASSERT_TRUE(other.feed(std::string_view(document).substr(0, cut))) << cut;
    ASSERT_TRUE(other.feed(std::string_view(document).substr(cut))) << cut;
    ASSERT_TRUE(other.finish()) << cut;
    EXPECT_EQ(pieces.seen, whole.seen) << cut;
  }
}

TEST(PushParser, CallsBytesThatEndEarlyTruncated) {
  const std::string document = "<r><a>1</a><b c='d'>2</b></r>";
  for (std::size_t length = 1; length < document.size(); ++length) {
    EXPECT_EQ(code_of(document.substr(0, length)), ErrorCode::TRUNCATED) << length;
  }
  EXPECT_EQ(code_of(document), std::nullopt);
}

TEST(PushParser, RefusesWhatIsNotXml) {
  EXPECT_EQ(code_of(""), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("hello, world: no markup"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("{\"a\":1}"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("<a><b></a></b>"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("<a b='1' b='2'/>"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("<a>&nosuch;</a>"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("<a>\x01</a>"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("<p:a/>"), ErrorCode::NOT_XML);
}

TEST(PushParser, CallsAShortTextNotXmlRatherThanTruncated) {
  EXPECT_EQ(code_of("x"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of(" x\n"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of(" \n"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of(" <"), ErrorCode::TRUNCATED);
}

TEST(PushParser, RefusesBytesAfterTheEndOfTheRoot) {
  EXPECT_EQ(code_of("<a/><b/>"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("<a/>junk"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("<a></a>x"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("<a/> <!-- fine --> \n"), std::nullopt);
}

TEST(PushParser, RefusesCompressedBytes) {
  EXPECT_EQ(code_of("\x1f\x8b\x08 and so on"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of("PK\x03\x04 and so on"), ErrorCode::NOT_XML);
  EXPECT_EQ(code_of(std::string_view("\xfd"
                                     "7zXZ\0",
                                     6)),
            ErrorCode::NOT_XML);
}

TEST(PushParser, RefusesADocumentTypeBeforeAnyEntity) {
  const std::string bomb =
      "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><r>&b;</r>";
  EXPECT_EQ(code_of(bomb), ErrorCode::DTD_REFUSED);
  EXPECT_EQ(code_of(bomb, 1), ErrorCode::DTD_REFUSED);
  EXPECT_EQ(code_of("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r/>"), ErrorCode::DTD_REFUSED);
}

TEST(PushParser, RefusesEveryEncodingButUtf8) {
  EXPECT_EQ(code_of("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"),
            ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", 1),
            ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of("<?xml version='1.0' encoding = \"utf-16\"?><a/>"),
            ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of(std::string_view("\xff\xfe<\0a\0/\0>\0", 10)), ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of(std::string_view("\xfe\xff\0<\0a", 6)), ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of(std::string_view("<\0a\0/\0>\0", 8)), ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of(std::string_view("<a>\0</a>", 8)), ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of("<a>\xc0\xaf</a>"), ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of("<a>\xed\xa0\x80</a>"), ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of("<a>\xf4\x90\x80\x80</a>"), ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of("<a>\xe2\x82</a>"), ErrorCode::ENCODING_REFUSED);
  EXPECT_EQ(code_of("<a>\xe2\x82\xac \xf0\x9f\x98\x80</a>", 1), std::nullopt);
}

TEST(PushParser, KeepsItsLimits) {
  const std::string long_tag = "<" + std::string(10 * 1024 * 1024, 'a');
  EXPECT_EQ(code_of(long_tag), ErrorCode::LIMIT_EXCEEDED);
  EXPECT_EQ(code_of(long_tag, 4096), ErrorCode::LIMIT_EXCEEDED);
  std::string value = "<a b='";
  for (int i = 0; i < 40; ++i) value += std::string(2000, 'x') + ">";
  EXPECT_EQ(code_of(value + "'/>"), ErrorCode::LIMIT_EXCEEDED);
  EXPECT_EQ(code_of("<a>" + std::string(limits::xml_text_bytes_max + 1, 't') + "</a>", 65'536),
            ErrorCode::LIMIT_EXCEEDED);
  EXPECT_EQ(code_of("<a>" + std::string(limits::xml_text_bytes_max, 't') + "</a>", 65'536),
            std::nullopt);
  EXPECT_EQ(code_of("<" + std::string(limits::xml_name_bytes_max + 1, 'n') + "/>"),
            ErrorCode::LIMIT_EXCEEDED);
}

TEST(PushParser, LimitsDepthAndAttributes) {
  const auto nested = [](std::size_t depth) {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i) out += "<a>";
    for (std::size_t i = 0; i < depth; ++i) out += "</a>";
    return out;
  };
  EXPECT_EQ(code_of(nested(limits::xml_depth_max)), std::nullopt);
  EXPECT_EQ(code_of(nested(limits::xml_depth_max + 1)), ErrorCode::LIMIT_EXCEEDED);
  const auto wide = [](std::size_t count) {
    std::string out = "<a";
    for (std::size_t i = 0; i < count; ++i) out += fmt::format(" b{}='1'", i);
    return out + "/>";
  };
  EXPECT_EQ(code_of(wide(limits::xml_attributes_max)), std::nullopt);
  EXPECT_EQ(code_of(wide(limits::xml_attributes_max + 1)), ErrorCode::LIMIT_EXCEEDED);
}

TEST(PushParser, StopsWhenTheHandlerSaysSoAndGivesItsReason) {
  Notes notes;
  notes.stop_at = 2;
  PushParser parser(notes);
  const auto fed = parser.feed("<a><b/><c/></a>");
  ASSERT_FALSE(fed);
  EXPECT_EQ(fed.error().field, "/x");
  EXPECT_EQ(notes.starts, 2);
}

TEST(PushParser, NamesTheBytesOfAnElement) {
  struct Where final : Handler {
    PushParser* parser = nullptr;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::string local;
    bool start(const StartTag& tag) override {
      if (std::string_view(tag.local) == "item") from = parser->tag_offset();
      return true;
    }
    bool end() override {
      if (from != 0 && to == 0) to = parser->offset();
      return true;
    }
    bool text(std::string_view) override { return true; }
    bool comment(std::string_view) override { return true; }
    bool instruction(std::string_view, std::string_view) override { return true; }
    core::base::Error stopped_by() override { return {}; }
  };
  const std::string document =
      "\xef\xbb\xbf<r>\n  <item a='1>2' >\xc2\xa3"
      "5</item> </r>";
  for (std::size_t step = 1; step < document.size(); ++step) {
    Where where;
    PushParser parser(where);
    where.parser = &parser;
    for (std::size_t at = 0; at < document.size(); at += step) {
      ASSERT_TRUE(parser.feed(std::string_view(document).substr(at, step)));
    }
    ASSERT_TRUE(parser.finish());
    EXPECT_EQ(document.substr(where.from, where.to - where.from),
              "<item a='1>2' >\xc2\xa3"
              "5</item>");
  }
}

}  // namespace
}  // namespace ig::adapters::wire::xml
