#include "adapters/hmrc/yearly_batch_write.hpp"

#include "tests/support/conformance.hpp"
#include "tests/support/xml_schema.hpp"
#include "tests/support/yearly_answers.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace ig::adapters::hmrc {
namespace {

using core::base::Sensitive;
using core::ports::BatchQuestion;
using core::ports::BatchRequest;
using core::values::Date;

/// Does libxml2 find the text valid by a schema of the folder schemas/?
bool is_valid(const std::string& text, const std::string& schema_name) {
  const ig::tests::support::XmlSchema schema(
      ig::tests::support::text_of(std::filesystem::path(IG_SOURCE_DIR) / "schemas" / schema_name));
  EXPECT_TRUE(schema.is_usable()) << schema_name;
  const auto document = ig::tests::support::read_xml(text);
  return schema.is_usable() && document != nullptr && schema.accepts(document.get());
}

BatchQuestion question(const std::string& id, const std::string& nino, const std::string& surname) {
  BatchQuestion out;
  out.request_id = id;
  out.person.nino.emplace(core::values::Nino::parse(nino).value());
  out.person.surname = Sensitive(surname);
  return out;
}

BatchRequest request() {
  BatchRequest out{"local",
                   "000000017",
                   core::values::Instant::parse("2026-02-10T09:00:00.250Z").value(),
                   "ANNUAL_REVIEW",
                   Date::of(2026, 2, 10),
                   {}};
  out.questions.push_back(question(std::string(32, 'a'), "NA000799C", "Joseph"));
  out.questions.back().person.forename = Sensitive(std::string("Amanda"));
  out.questions.back().person.date_of_birth.emplace(Date::of(1960, 1, 15));
  out.questions.back().unearned = true;
  out.questions.push_back(question(std::string(32, 'b'), "JG103759", ""));
  return out;
}

TEST(YearlyBatchWrite, WritesWhatItsSchemaAsksFor) {
  const std::string text = write_yearly_request(request());
  EXPECT_TRUE(is_valid(text, "yearly-request.xsd")) << text;
  EXPECT_EQ(tests::texts_of(text, "ControlNumber"),
            (std::vector<std::string>{"000000017", "000000017"}));
  EXPECT_EQ(tests::texts_of(text, "Count"), (std::vector<std::string>{"2", "2"}));
  EXPECT_EQ(tests::texts_of(text, "Nino"), (std::vector<std::string>{"NA000799C", "JG103759"}));
  EXPECT_EQ(tests::texts_of(text, "Unearned"), std::vector<std::string>{"yes"});
  EXPECT_EQ(tests::texts_of(text, "AskedOn"), std::vector<std::string>{"2026-02-10"});
}

TEST(YearlyBatchWrite, TheSameRequestGivesTheSameBytes) {
  EXPECT_EQ(write_yearly_request(request()), write_yearly_request(request()));
}

TEST(YearlyBatchWrite, EscapesNamesAndLeavesOutWhatXmlCannotHold) {
  BatchRequest asked = request();
  asked.questions[0].person.surname = Sensitive(std::string("O'Connor & <Sons>"));
  asked.questions[1].person.surname = Sensitive(std::string("a\xEF\xBF\xBF"));
  const std::string text = write_yearly_request(asked);
  EXPECT_TRUE(is_valid(text, "yearly-request.xsd")) << text;
  EXPECT_EQ(tests::texts_of(text, "Surname"),
            std::vector<std::string>{"O'Connor &amp; &lt;Sons&gt;"});
}

TEST(YearlyBatchWrite, ItsSchemaRefusesAFileWithoutTrailerOrWithMoreThanIsAsked) {
  std::string text = write_yearly_request(request());
  const std::size_t from = text.find("  <Trailer>");
  std::string cut = text;
  cut.erase(from, text.find("</YearlyRequest>") - from);
  EXPECT_FALSE(is_valid(cut, "yearly-request.xsd"));
  std::string more = text;
  more.insert(text.find("    <Nino>"), "    <Salary>1</Salary>\n");
  EXPECT_FALSE(is_valid(more, "yearly-request.xsd"));
}

TEST(YearlyBatchWrite, TheAnswersOfTheTestsAreValidByTheAnswerSchema) {
  using tests::available;
  using tests::with_status;
  const std::string text = tests::answer_file(
      {.answers = {available("q1", 101), with_status("q2", "NIL"), with_status("q3", "NO_DATA"),
                   with_status("q4", "UNKNOWN_PERSON"), with_status("q5", "UNAVAILABLE")}});
  EXPECT_TRUE(is_valid(text, "yearly-answer.xsd")) << text;
  EXPECT_FALSE(
      is_valid(tests::answer_file({.answers = {with_status("q1", "MAYBE")}}), "yearly-answer.xsd"));
}

}  // namespace
}  // namespace ig::adapters::hmrc
