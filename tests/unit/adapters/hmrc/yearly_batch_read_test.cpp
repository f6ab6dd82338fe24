#include "adapters/hmrc/yearly_batch_read.hpp"

#include "adapters/wire/crypto/digest.hpp"
#include "core/base/limits.hpp"
#include "tests/support/yearly_answers.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::facts::FigureStatus;
using core::facts::YearlyFigure;
using core::ports::BatchAnswer;
using core::ports::BatchReport;
using core::values::Money;
using tests::answer_file;
using tests::available;
using tests::with_status;
using tests::WrittenFile;
using tests::support::TextSource;

struct Read {
  BatchReport report;
  std::vector<BatchAnswer> answers;
};

Read read(const std::string& text, std::size_t step = 1U << 16U) {
  Read out;
  TextSource source(text, step);
  auto report = read_yearly_answers(source, {}, [&](BatchAnswer&& answer) {
    out.answers.push_back(std::move(answer));
    return core::base::Result<void>();
  });
  EXPECT_TRUE(report.has_value());
  if (report) out.report = *std::move(report);
  return out;
}

/// The code the file is refused with.
std::string refusal(const std::string& text) {
  const auto out = read(text);
  return out.report.error ? std::string(name(out.report.error->code)) : "none";
}

/// One answer with `inner` after its RequestId, in a file that ties with `pence`.
std::string file_with(const std::string& inner, std::int64_t pence = 0) {
  return answer_file({.answers = {{"q1", inner, pence}}});
}

const YearlyFigure& figure_of(const BatchAnswer& answer) {
  return std::get<YearlyFigure>(*answer.fact);
}

TEST(YearlyBatchRead, ReadsTheFigureWithAllItIsMadeOf) {
  const auto out = read(file_with(
      "<Status>AVAILABLE</Status><TaxYear>2024-25</TaxYear><Annual>36400.00</Annual>"
      "<Source>SA</Source><Parts><Employment>28500.00</Employment><Pension>4000.00</Pension>"
      "<TaxableBenefits>900.00</TaxableBenefits><Trading>3000.00</Trading></Parts>"
      "<Unearned><Property>1.00</Property><SavingsAndInvestment>2.00</SavingsAndInvestment>"
      "<Other>3.05</Other></Unearned>",
      3'640'000));
  ASSERT_FALSE(out.report.error.has_value()) << out.report.error->message;
  ASSERT_EQ(out.answers.size(), 1U);
  const YearlyFigure& figure = figure_of(out.answers[0]);
  EXPECT_EQ(figure.status, FigureStatus::available);
  EXPECT_EQ(figure.tax_year, core::values::TaxYear::starting(2024));
  EXPECT_EQ(figure.annual, Money::pence(3'640'000));
  EXPECT_EQ(figure.source_of_figure, "SA");
  const std::map<std::string, Money> parts{{"employment", Money::pence(2'850'000)},
                                           {"pension", Money::pence(400'000)},
                                           {"taxable_benefits", Money::pence(90'000)},
                                           {"trading", Money::pence(300'000)}};
  EXPECT_EQ(figure.parts, parts);
  const std::map<std::string, Money> unearned{{"property", Money::pence(100)},
                                              {"savings_and_investment", Money::pence(200)},
                                              {"other", Money::pence(305)}};
  EXPECT_EQ(figure.unearned, unearned);
  EXPECT_FALSE(out.answers[0].parts_differ);
  EXPECT_EQ(figure.header.source.system, "yearly");
  EXPECT_EQ(figure.header.source.position, "/YearlyAnswer/Answer[1]");
  EXPECT_FALSE(figure.requested_on.has_value());
}

TEST(YearlyBatchRead, TellsTheKindsOfNothingApart) {
  const auto out =
      read(answer_file({.answers = {with_status("q1", "NIL"), with_status("q2", "NO_DATA"),
                                    with_status("q3", "UNKNOWN_PERSON"),
                                    with_status("q4", "UNAVAILABLE"), available("q5", 0)}}));
  ASSERT_FALSE(out.report.error.has_value()) << out.report.error->message;
  ASSERT_EQ(out.answers.size(), 5U);
  EXPECT_EQ(figure_of(out.answers[0]).status, FigureStatus::nil);
  EXPECT_EQ(figure_of(out.answers[0]).annual, Money::pence(0));
  EXPECT_EQ(figure_of(out.answers[1]).status, FigureStatus::no_data);
  EXPECT_FALSE(figure_of(out.answers[1]).annual.has_value());
  const auto& unknown = std::get<core::facts::Answer>(*out.answers[2].fact);
  EXPECT_EQ(unknown.status, core::facts::AnswerStatus::unknown_person);
  EXPECT_TRUE(out.answers[3].unavailable);
  const auto& nothing = std::get<core::facts::Answer>(*out.answers[3].fact);
  EXPECT_EQ(nothing.status, core::facts::AnswerStatus::unavailable);
  EXPECT_EQ(figure_of(out.answers[4]).status, FigureStatus::nil);
}

TEST(YearlyBatchRead, GivesTheExactBytesOfEachAnswerAndWhereTheyStand) {
  const std::string text = answer_file({.answers = {available("q1", 100), available("q2", 200)}});
  for (const std::size_t step : {1U, 7U, 1U << 16U}) {
    const auto out = read(text, step);
    ASSERT_EQ(out.answers.size(), 2U);
    for (const BatchAnswer& answer : out.answers) {
      EXPECT_EQ(answer.raw, text.substr(answer.byte_from, answer.byte_to - answer.byte_from));
      EXPECT_TRUE(answer.raw.starts_with("<Answer>")) << answer.raw;
      EXPECT_TRUE(answer.raw.ends_with("</Answer>")) << answer.raw;
    }
  }
}

TEST(YearlyBatchRead, NamesTheFileByItsHashAndCountsWhatItHolds) {
  const std::string text = answer_file({.answers = {available("q1", 101), available("q2", 202)}});
  const auto out = read(text);
  EXPECT_EQ(out.report.sha256, core::ports::hex(wire::crypto::make_digest()->sha256(text)));
  EXPECT_EQ(out.report.bytes, text.size());
  EXPECT_EQ(out.report.answers, 2U);
  EXPECT_EQ(out.report.total, Money::pence(303));
  EXPECT_EQ(out.report.header.control, "HMRC-1");
  EXPECT_EQ(out.report.header.site, "local");
  EXPECT_EQ(out.report.header.purpose, "ANNUAL_REVIEW");
}

TEST(YearlyBatchRead, AFileCutAtAnyByteIsNotWholeAndNothingElse) {
  const std::string text =
      answer_file({.answers = {available("q1", 101), with_status("q2", "NO_DATA")}});
  const std::size_t whole = text.find("</YearlyAnswer>") + std::string("</YearlyAnswer>").size();
  for (std::size_t length = 0; length < whole; ++length) {
    const auto out = read(text.substr(0, length));
    ASSERT_TRUE(out.report.error.has_value()) << length;
    ASSERT_TRUE(out.report.partial) << length << " " << name(out.report.error->code);
  }
  for (std::size_t length = whole; length <= text.size(); ++length) {
    EXPECT_FALSE(read(text.substr(0, length)).report.error.has_value()) << length;
  }
}

TEST(YearlyBatchRead, AFileWithoutItsTrailerIsNotWhole) {
  std::string text = answer_file({.answers = {available("q1", 101)}});
  const std::size_t from = text.find("<Trailer>");
  text.erase(from, text.find("</Trailer>") + 10 - from);
  const auto out = read(text);
  ASSERT_TRUE(out.report.error.has_value());
  EXPECT_EQ(out.report.error->code, ErrorCode::MISSING_ELEMENT);
  EXPECT_EQ(out.report.error->field, "/YearlyAnswer/Trailer");
  EXPECT_TRUE(out.report.partial);
}

TEST(YearlyBatchRead, CountsTotalAndNumberOfTheTrailerMustTie) {
  WrittenFile file{.answers = {available("q1", 101), available("q2", 202)}};
  file.total_pence = 302;
  EXPECT_EQ(refusal(answer_file(file)), "CONTROL_TOTAL");
  EXPECT_TRUE(read(answer_file(file)).report.partial);
  file.total_pence.reset();
  file.count = 1;
  EXPECT_EQ(refusal(answer_file(file)), "CONTROL_TOTAL");
  file.count.reset();
  std::string text = answer_file(file);
  text.replace(text.rfind("HMRC-1"), 6, "HMRC-2");
  EXPECT_EQ(refusal(text), "CONTROL_TOTAL");
  EXPECT_EQ(refusal(answer_file(file)), "none");
}

TEST(YearlyBatchRead, RefusesAnAnswerWhoseSumDeniesItsStatusAndGoesOn) {
  const auto out = read(answer_file(
      {.answers = {
           {"q1", "<Status>NIL</Status><Annual>1.00</Annual>", 100},
           {"q2", "<Status>NO_DATA</Status><Annual>0.00</Annual>", 0},
           {"q3", "<Status>AVAILABLE</Status>", 0},
           {"q4", "<Status>UNKNOWN_PERSON</Status><Parts><Pension>0.00</Pension></Parts>", 0},
           available("q5", 1)}}));
  ASSERT_FALSE(out.report.error.has_value()) << out.report.error->message;
  ASSERT_EQ(out.answers.size(), 5U);
  for (std::size_t i = 0; i < 4; ++i) {
    ASSERT_TRUE(out.answers[i].refused.has_value()) << i;
    EXPECT_FALSE(out.answers[i].fact.has_value()) << i;
  }
  EXPECT_EQ(out.answers[0].refused->field, "/YearlyAnswer/Answer[1]/Annual");
  EXPECT_EQ(out.answers[2].refused->code, ErrorCode::MISSING_ELEMENT);
  EXPECT_EQ(out.report.total, Money::pence(101));
  EXPECT_TRUE(out.answers[4].fact.has_value());
}

TEST(YearlyBatchRead, NotesPartsThatDoNotComeToTheSum) {
  const auto out =
      read(file_with("<Status>AVAILABLE</Status><Annual>10.00</Annual>"
                     "<Parts><Employment>9.99</Employment></Parts>",
                     1000));
  ASSERT_EQ(out.answers.size(), 1U);
  EXPECT_TRUE(out.answers[0].parts_differ);
  EXPECT_EQ(figure_of(out.answers[0]).annual, Money::pence(1000));
}

TEST(YearlyBatchRead, RefusesWhatTheSchemaRefuses) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"<Status>MAYBE</Status>", "UNKNOWN_CODE"},
      {"<TaxYear>2024-25</TaxYear>", "MISSING_ELEMENT"},
      {"<Status>NIL</Status><TaxYear>24-25</TaxYear>", "INVALID_TAX_YEAR"},
      {"<Status>NIL</Status><TaxYear>2024-26</TaxYear>", "INVALID_TAX_YEAR"},
      {"<Status>AVAILABLE</Status><Annual>1.0</Annual>", "INVALID_MONEY"},
      {"<Status>AVAILABLE</Status><Annual>1</Annual>", "INVALID_MONEY"},
      {"<Status>AVAILABLE</Status><Annual>-1.00</Annual>", "MONEY_OUT_OF_RANGE"},
      {"<Status>AVAILABLE</Status><Annual>-0.00</Annual>", "MONEY_OUT_OF_RANGE"},
      {"<Status>AVAILABLE</Status><Annual> 1.00</Annual>", "INVALID_MONEY"},
      {"<Status>NIL</Status><Source>RTI</Source>", "UNKNOWN_CODE"},
      {"<Status>NIL</Status><Source>SA</Source><TaxYear>2024-25</TaxYear>", "UNEXPECTED_ELEMENT"},
      {"<Status>NIL</Status><Gains>1.00</Gains>", "UNEXPECTED_ELEMENT"},
      {"<Status>NIL</Status><Status>NIL</Status>", "UNEXPECTED_ELEMENT"},
      {"<Status x=\"1\">NIL</Status>", "UNEXPECTED_ELEMENT"},
      {"<Status>NIL</Status>text", "UNEXPECTED_ELEMENT"},
      {"<Status>NIL</Status><?php x?>", "UNEXPECTED_ELEMENT"},
      {"<Status xmlns=\"urn:other\">NIL</Status>", "UNEXPECTED_ELEMENT"},
  };
  for (const auto& [inner, code] : cases) {
    const auto out = read(file_with(inner));
    ASSERT_TRUE(out.report.error.has_value()) << inner;
    EXPECT_EQ(name(out.report.error->code), code) << inner;
    EXPECT_FALSE(out.report.partial) << inner;
  }
}

TEST(YearlyBatchRead, RefusesAHeadItDoesNotKnow) {
  const auto changed = [](const std::string& from, const std::string& to) {
    std::string text = answer_file({.answers = {available("q1", 1)}});
    text.replace(text.find(from), from.size(), to);
    return refusal(text);
  };
  EXPECT_EQ(changed("yearly-batch:1", "yearly-batch:2"), "UNKNOWN_NAMESPACE");
  EXPECT_EQ(changed("<YearlyAnswer ", "<YearlyReply "), "UNEXPECTED_ELEMENT");
  EXPECT_EQ(changed("HMRC-1", "hmrc-1"), "INVALID_TEXT");
  EXPECT_EQ(changed("HMRC-1", ""), "INVALID_TEXT");
  EXPECT_EQ(changed("2026-02-11T06:00:00Z", "yesterday"), "INVALID_INSTANT");
  EXPECT_EQ(changed("ANNUAL_REVIEW", "CURIOSITY"), "UNKNOWN_CODE");
  EXPECT_EQ(changed("<Count>1", "<Count>01"), "INVALID_NUMBER");
  EXPECT_EQ(changed("<Count>1", "<Count>99999"), "LIMIT_EXCEEDED");
  EXPECT_EQ(changed("<Site>local</Site>", ""), "MISSING_ELEMENT");
}

TEST(YearlyBatchRead, TakesNothingFromHostileXml) {
  const std::string good = answer_file({.answers = {available("q1", 1)}});
  std::string text = good;
  text.insert(text.find("<YearlyAnswer"),
              "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>");
  EXPECT_EQ(refusal(text), "DTD_REFUSED");
  text = good;
  std::string deep;
  for (std::size_t i = 0; i < core::base::limits::xml_depth_max + 1; ++i) deep += "<Answer>";
  text.insert(text.find("<Answer>"), deep);
  EXPECT_EQ(refusal(text), "UNEXPECTED_ELEMENT");
  text = good;
  text.insert(text.find("q1"), std::string(core::base::limits::id_bytes_max, 'q'));
  EXPECT_EQ(refusal(text), "LIMIT_EXCEEDED");
  text = good;
  text.insert(text.find("<Status>"),
              "<!--" + std::string(core::base::limits::yearly_answer_bytes_max, '-' + 1) + "-->");
  EXPECT_EQ(refusal(text), "LIMIT_EXCEEDED");
  text = good;
  text.replace(text.find("UTF-8"), 5, "UTF-7");
  EXPECT_EQ(refusal(text), "ENCODING_REFUSED");
  EXPECT_EQ(refusal(good + good), "NOT_XML");
  EXPECT_EQ(refusal("NA000799C,36400.00\n"), "NOT_XML");
}

TEST(YearlyBatchRead, ReadsNoMoreThanTheBytesAFileMayHave) {
  const std::string good = answer_file({.answers = {available("q1", 1)}});
  std::string text = good;
  const std::string space(core::base::limits::xml_text_bytes_max / 2, ' ');
  std::string filler;
  while (filler.size() <= core::base::limits::yearly_file_bytes_max) filler += space + "<!-- -->";
  text.insert(text.find("<Answer>"), filler);
  EXPECT_EQ(refusal(text), "LIMIT_EXCEEDED");
}

TEST(YearlyBatchRead, EndsWhereTheVisitorSaysSo) {
  TextSource source(answer_file({.answers = {available("q1", 1), available("q2", 1)}}));
  int seen = 0;
  const auto report = read_yearly_answers(source, {}, [&](BatchAnswer&&) {
    ++seen;
    return core::base::Result<void>(core::base::fail(ErrorCode::STORE_FAILED, {}, "full"));
  });
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::STORE_FAILED);
  EXPECT_EQ(seen, 1);
}

}  // namespace
}  // namespace ig::adapters::hmrc
