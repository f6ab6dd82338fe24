// Several messages in one file: each has its own verdict.
#include "tests/support/fps_text.hpp"
#include "tests/unit/adapters/rti/reading.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::adapters::rti {
namespace {

using core::base::ErrorCode;
using ig::tests::FpsEmployee;
using ig::tests::FpsMessage;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;
using tests::Outcome;
using tests::read_text;

FpsMessage message(const std::string& nino) {
  FpsEmployee employee;
  employee.nino = nino;
  FpsMessage out;
  out.employees = employee.text();
  return out;
}

std::string bare(const std::string& nino) { return message(nino).envelope(); }

/// "refused code" of each message, or "-".
std::vector<std::string> verdicts(const Outcome& out) {
  std::vector<std::string> all;
  for (const core::ports::MessageReport& one : out.report.messages) {
    all.push_back(one.refused ? one.refused_code : "-");
  }
  return all;
}

std::vector<std::string> people(const Outcome& out) {
  std::vector<std::string> all;
  for (const auto& piece : out.seen.pieces) {
    all.emplace_back(piece.subject.nino->reveal().reveal());
  }
  return all;
}

TEST(SeveralMessages, AreReadOneAfterAnotherWithDeclarationsMarksAndCommentsBetween) {
  const std::string text = message("NA000799C").text() + "\n<!-- - -- > next -->\n<?note ?x?>\t" +
                           bare("NA000800A") + bare("NA000801A") + "\n\xEF\xBB\xBF" +
                           message("NA000802A").text();
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}, text.size()}) {
    const Outcome out = read_text(text, step);
    EXPECT_THAT(verdicts(out), ElementsAre("-", "-", "-", "-")) << step;
    EXPECT_THAT(people(out), ElementsAre("NA000799C", "NA000800A", "NA000801A", "NA000802A"));
    EXPECT_EQ(out.report.bytes, text.size());
    EXPECT_FALSE(out.report.refused());
  }
}

TEST(SeveralMessages, SayWhereInTheFileAnEmployeeStands) {
  const std::string text = message("NA000799C").text() + message("NA000800A").text();
  const Outcome out = read_text(text);
  ASSERT_EQ(out.seen.pieces.size(), 2U);
  const core::ports::EmployeePiece& second = out.seen.pieces[1];
  EXPECT_THAT(out.seen.pieces[0].position, StartsWith("/GovTalkMessage/Body/"));
  EXPECT_THAT(second.position, StartsWith("/GovTalkMessage[2]/Body/"));
  EXPECT_THAT(second.payments.at(0).header.source.position, StartsWith("/GovTalkMessage[2]/"));
  EXPECT_EQ(text.substr(second.byte_from, second.byte_to - second.byte_from), second.raw);
}

TEST(SeveralMessages, HaveEachTheirOwnVerdict) {
  FpsMessage spoilt = message("NA000800A");
  spoilt.suffix = "9";
  FpsMessage no_form = message("NA000802A");
  no_form.office = "12";
  const Outcome out = read_text(message("NA000799C").text() + spoilt.text() +
                                "<payroll><GovTalkMessage/></payroll>" + no_form.text() +
                                message("NA000803A").text());
  EXPECT_THAT(verdicts(out),
              ElementsAre("-", "UNKNOWN_NAMESPACE", "UNKNOWN_NAMESPACE", "INVALID_TEXT", "-"));
  EXPECT_THAT(people(out), ElementsAre("NA000799C", "NA000802A", "NA000803A"));
  ASSERT_TRUE(out.report.document_error.has_value());
  EXPECT_EQ(out.report.messages[1].problems.at(0).position, "/GovTalkMessage[2]/Body/IRenvelope");
}

TEST(SeveralMessages, EndWithOneWhoseEndCannotBeFound) {
  const std::string good = message("NA000799C").text();
  for (const std::string& bad : {std::string("<GovTalkMessage><a></b></GovTalkMessage>"),
                                 good.substr(0, good.size() / 2) + "<",
                                 std::string("<GovTalkMessage>\0</GovTalkMessage>", 34)}) {
    const std::string text = good + bad + message("NA000801A").text();
    for (const std::size_t step : {std::size_t{1}, text.size()}) {
      const Outcome out = read_text(text, step);
      ASSERT_EQ(out.report.messages.size(), 2U) << bad;
      EXPECT_FALSE(out.report.messages[0].refused) << bad;
      EXPECT_TRUE(out.report.messages[1].refused) << bad;
      EXPECT_TRUE(out.report.refused());
    }
  }
}

TEST(SeveralMessages, AreRefusedForBytesBehindThemThatBeginNone) {
  const std::string first = message("NA000799C").text();
  const std::string last = message("NA000800A").text();
  for (const char* junk :
       {"x", "<!DOCTYPE a>", "<", "<!--", "<?pi ", "< a/>", "\xEF\xBB\xBF ", "&amp;", "<1/>"}) {
    const Outcome one = read_text(first + junk);
    EXPECT_THAT(verdicts(one), ElementsAre("NOT_XML")) << junk;
    const Outcome two = read_text(first + last + junk, 3);
    EXPECT_THAT(verdicts(two), ElementsAre("-", "NOT_XML")) << junk;
    EXPECT_EQ(two.report.document_error->code, ErrorCode::NOT_XML);
  }
  EXPECT_THAT(verdicts(read_text(first + std::string("\0", 1))), ElementsAre("NOT_XML"));
}

TEST(SeveralMessages, CutAtAnyByteKeepTheOnesThatAreWhole) {
  const std::string first = bare("NA000799C");
  const std::string text = first + "\n" + bare("NA000800A");
  for (std::size_t cut = first.size(); cut < text.size(); ++cut) {
    const Outcome out = read_text(text.substr(0, cut), 512);
    if (cut <= first.size() + 1) {
      EXPECT_THAT(verdicts(out), ElementsAre("-")) << cut;
    } else if (cut == first.size() + 2) {
      EXPECT_THAT(verdicts(out), ElementsAre("NOT_XML")) << "a '<' alone begins nothing yet";
    } else {
      EXPECT_THAT(verdicts(out), ElementsAre("-", "TRUNCATED")) << cut;
    }
  }
}

TEST(SeveralMessages, GiveTheSameIdToTheSameFactInEach) {
  const std::string text = bare("NA000799C");
  const Outcome out = read_text(text + text);
  ASSERT_EQ(out.seen.pieces.size(), 2U);
  EXPECT_EQ(out.seen.pieces[0].payments.at(0).header.fact_id,
            out.seen.pieces[1].payments.at(0).header.fact_id)
      << "each is a document of its own: the store knows the second as a duplicate";
}

}  // namespace
}  // namespace ig::adapters::rti
