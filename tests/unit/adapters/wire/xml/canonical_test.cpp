#include "adapters/wire/xml/canonical.hpp"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <rapidcheck/gtest.h>

#include <memory>

namespace ig::adapters::wire::xml {
namespace {

/// The canonical form of the element called `apex` by our own code.
std::string ours(const std::string& document, std::string_view apex) {
  struct Feed final : Handler {
    explicit Feed(std::string_view wanted)
        : apex(wanted), canonical([this](std::string_view piece) { out += piece; }) {}
    bool start(const StartTag& tag) override {
      canonical.start(tag, tag.local == apex);
      return true;
    }
    bool end() override {
      canonical.end();
      return true;
    }
    bool text(std::string_view piece) override {
      canonical.text(piece);
      return true;
    }
    bool comment(std::string_view content) override {
      canonical.comment(content);
      return true;
    }
    bool instruction(std::string_view target, std::string_view content) override {
      canonical.instruction(target, content);
      return true;
    }
    core::base::Error stopped_by() override { return {}; }
    std::string_view apex;
    std::string out;
    Canonicaliser canonical;
  };
  Feed feed(apex);
  PushParser parser(feed);
  EXPECT_TRUE(parser.feed(document));
  EXPECT_TRUE(parser.finish());
  feed.canonical.flush();
  return feed.out;
}

/// The same by libxml2, which parses to a tree and picks the subtree by XPath.
std::string theirs(const std::string& document, const std::string& apex) {
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> tree(
      xmlReadMemory(document.data(), static_cast<int>(document.size()), nullptr, nullptr, 0),
      &xmlFreeDoc);
  EXPECT_NE(tree, nullptr);
  const std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> context(
      xmlXPathNewContext(tree.get()), &xmlXPathFreeContext);
  const std::string path = "//*[local-name()='" + apex + "']";
  const std::string query = path + "/descendant-or-self::node()|" + path +
                            "/descendant-or-self::*/@*|" + path +
                            "/descendant-or-self::*/namespace::*";
  const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> nodes(
      xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(query.c_str()), context.get()),
      &xmlXPathFreeObject);
  EXPECT_NE(nodes, nullptr);
  xmlChar* bytes = nullptr;
  const int size =
      xmlC14NDocDumpMemory(tree.get(), nodes->nodesetval, XML_C14N_1_0, nullptr, 1, &bytes);
  EXPECT_GE(size, 0);
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  xmlFree(bytes);
  return out;
}

void expect_same(const std::string& document) {
  EXPECT_EQ(ours(document, "apex"), theirs(document, "apex")) << document;
}

TEST(Canonicaliser, AgreesWithLibxml2OnTheCasesOfTheRecommendation) {
  expect_same("<r><apex>text</apex></r>");
  expect_same("<r xmlns='urn:u' xmlns:p='urn:v'><apex b='2' a='1'><c/></apex></r>");
  expect_same("<r xmlns='urn:u'><apex xmlns=''><c xmlns='urn:u'><d xmlns='urn:u'/></c></apex></r>");
  expect_same("<r xmlns='urn:u'><apex xmlns='urn:u'><c xmlns=''/></apex></r>");
  expect_same(
      "<r xmlns:p='urn:1'><m xmlns:p='urn:2'><apex p:x='1'><p:c xmlns:p='urn:3'/></apex></m></r>");
  expect_same("<r xml:lang='en' xml:space='preserve'><m xml:lang='cy'><apex/></m></r>");
  expect_same("<r xml:lang='en'><apex xml:lang='fr' z='1'/></r>");
  expect_same("<apex xmlns:b='http://b' xmlns:a='http://a' b:x='1' a:x='2' x='3'/>");
  expect_same("<apex>a&amp;b&lt;c&gt;d&#13;e\r\nf\"g'h</apex>");
  expect_same("<apex v='a&amp;b&lt;c>d&#13;e&#9;f&#10;g&quot;h  i'/>");
  expect_same("<apex><!-- note --><?p q r?><?s?><![CDATA[<&>]]></apex>");
  expect_same("<r><apex>\n\t<a> </a>\n</apex></r>");
}

/// A random document of a few names, prefixes, attributes and texts.
std::string random_element(int depth, std::string_view name) {
  const auto pick = [](int most) { return *rc::gen::inRange(0, most); };
  constexpr const char* prefixes[] = {"", "p:", "q:"};
  constexpr const char* texts[] = {"", "x", " &amp; ", "&lt;", "&#13;", "\n ", "\xc2\xa3", "\"'>"};
  const std::string tag = std::string(depth == 0 ? "" : prefixes[pick(3)]) + std::string(name);
  std::string out = "<" + tag;
  if (depth == 0) out += " xmlns:p='urn:p' xmlns:q='urn:q'";
  if (pick(3) == 0) out += " xmlns='urn:" + std::to_string(pick(2)) + "'";
  if (depth > 0 && pick(4) == 0) out += " xmlns:p='urn:p" + std::to_string(pick(2)) + "'";
  if (pick(3) == 0) out += " b='" + std::string(pick(2) == 0 ? "1 &#10;" : "&amp;") + "'";
  if (pick(3) == 0) out += " a='2'";
  if (pick(4) == 0) out += " q:b='3'";
  if (pick(5) == 0) out += " xml:lang='en'";
  out += ">";
  const bool apex_below = depth == 1;
  if (apex_below) out += random_element(depth + 1, "apex");
  for (int i = pick(3); i > 0 && depth < 5; --i) {
    out += texts[pick(8)];
    out += depth == 0 ? "" : random_element(depth + 1, "e");
    if (pick(4) == 0) out += "<!--c-->";
  }
  if (depth == 0) out += random_element(1, "m");
  return out + texts[pick(8)] + "</" + tag + ">";
}

RC_GTEST_PROP(Canonicaliser, AgreesWithLibxml2OnAnyDocument, ()) {
  const std::string document = random_element(0, "r");
  RC_ASSERT(ours(document, "apex") == theirs(document, "apex"));
}

}  // namespace
}  // namespace ig::adapters::wire::xml
