#include "adapters/rti/irmark.hpp"

#include "adapters/wire/crypto/hmac.hpp"
#include "tests/support/fps_text.hpp"
#include "tests/unit/adapters/rti/reading.hpp"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>

#include <memory>

namespace ig::adapters::rti {
namespace {

using core::ports::IrmarkState;
using ig::tests::FpsEmployee;
using ig::tests::FpsMessage;

/// The mark of a message by libxml2's own tree, XPath and canonical form.
std::string mark_by_libxml2(const std::string& document) {
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> tree(
      xmlReadMemory(document.data(), static_cast<int>(document.size()), nullptr, nullptr, 0),
      &xmlFreeDoc);
  const std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> context(
      xmlXPathNewContext(tree.get()), &xmlXPathFreeContext);
  const std::string query =
      "(//*[local-name()='Body']/descendant-or-self::node()|"
      "//*[local-name()='Body']/descendant-or-self::*/@*|"
      "//*[local-name()='Body']/descendant-or-self::*/namespace::*)"
      "[not(ancestor-or-self::*[local-name()='IRmark'])]";
  const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> nodes(
      xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(query.c_str()), context.get()),
      &xmlXPathFreeObject);
  xmlChar* bytes = nullptr;
  const int size =
      xmlC14NDocDumpMemory(tree.get(), nodes->nodesetval, XML_C14N_1_0, nullptr, 1, &bytes);
  wire::crypto::Sha1Stream digest;
  digest.feed({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
  xmlFree(bytes);
  std::string raw;
  for (const std::byte byte : digest.finish()) raw.push_back(static_cast<char>(byte));
  return wire::crypto::base64(raw);
}

FpsMessage message_with_mark(const std::string& mark) {
  FpsMessage message;
  message.employees = FpsEmployee{}.text() + "<!-- a comment counts -->";
  message.mark = "\n  <IRmark Type=\"generic\">" + mark + "</IRmark>\n ";
  return message;
}

IrmarkState state_of(const std::string& text) { return tests::read_text(text).message().irmark; }

TEST(Irmark, IsValidForTheDigestThatLibxml2Makes) {
  const std::string mark = mark_by_libxml2(message_with_mark("x").text());
  EXPECT_EQ(mark.size(), 28U);
  EXPECT_EQ(state_of(message_with_mark(mark).text()), IrmarkState::valid);
  EXPECT_EQ(state_of(message_with_mark(" \n" + mark + "\t").text()), IrmarkState::valid);
  for (std::size_t step : {1U, 7U, 64U}) {
    EXPECT_EQ(tests::read_text(message_with_mark(mark).text(), step).message().irmark,
              IrmarkState::valid);
  }
}

TEST(Irmark, IsInvalidWhenAnyPartOfTheBodyWasChanged) {
  const std::string text = message_with_mark(mark_by_libxml2(message_with_mark("x").text())).text();
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"2310.50", "2310.51"},
           {"<Sender>", " <Sender>"},
           {"a comment counts", "another comment"},
           {"<Body>", "<Body xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"}}) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    const tests::Outcome out = tests::read_text(changed);
    EXPECT_EQ(out.message().irmark, IrmarkState::invalid) << from;
    EXPECT_TRUE(out.report.refused()) << from;
    EXPECT_EQ(out.message().refused_code, "IRMARK_INVALID") << from;
  }
}

TEST(Irmark, DoesNotCoverTheHeader) {
  std::string text = message_with_mark(mark_by_libxml2(message_with_mark("x").text())).text();
  const std::string stamp = "17:02:00";
  text.replace(text.find(stamp), stamp.size(), "18:00:00");
  EXPECT_EQ(state_of(text), IrmarkState::valid);
}

TEST(Irmark, IsTheSameForLineEndsOfAnyKind) {
  std::string text = message_with_mark(mark_by_libxml2(message_with_mark("x").text())).text();
  std::string other;
  for (const char c : text) other += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(state_of(other), IrmarkState::valid);
}

TEST(Irmark, CannotBeCheckedWhereAPlaceholderStands) {
  for (const char* mark : {"IRmark+Token", "", "<!-- later -->", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                           "!!!!!!!!!!!!!!!!!!!!!!!!!!!="}) {
    const tests::Outcome out = tests::read_text(message_with_mark(mark).text());
    EXPECT_EQ(out.message().irmark, IrmarkState::not_checkable) << mark;
    EXPECT_FALSE(out.report.refused()) << mark;
  }
}

TEST(Irmark, IsAbsentWithoutTheElement) {
  FpsMessage message;
  message.employees = FpsEmployee{}.text();
  EXPECT_EQ(state_of(message.text()), IrmarkState::absent);
}

}  // namespace
}  // namespace ig::adapters::rti
