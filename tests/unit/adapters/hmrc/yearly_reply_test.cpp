#include "adapters/hmrc/yearly_reply.hpp"

#include "adapters/wire/crypto/digest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::facts::FigureStatus;
using core::values::Money;

constexpr std::string_view kWhole =
    R"({"requestId":"r-1","status":"AVAILABLE","taxYear":"2025-26","annualAmount":"36400.00",)"
    R"("source":"SA","parts":{"employment":"28500.00","pension":"4000.00",)"
    R"("taxable_benefits":"900.00","trading":"3000.00"},)"
    R"("unearned":{"property":"0.00","savings_and_investment":"12.5","other":"0"},"new":[1]})";

class YearlyReply : public ::testing::Test {
 protected:
  YearlyReply() {
    const auto nino = core::values::Nino::parse("NA000799C");
    context_.subject.nino = core::base::Sensitive(*nino);
    context_.request_id = "r-1";
    context_.requested_on = core::values::Date::of(2026, 11, 1);
    context_.received_at = core::values::Instant::of_millis(1'793'500'000'000);
  }
  auto read(std::string_view body) { return read_yearly(body, context_, reader_, *digest_); }
  ErrorCode refusal(const std::string& body, std::string_view field) {
    const auto figure = read(body);
    EXPECT_FALSE(figure.has_value()) << body;
    if (figure) return ErrorCode::USAGE;
    EXPECT_EQ(figure.error().field, field) << body;
    return figure.error().code;
  }

  YearlyContext context_;
  wire::json::Reader reader_;
  std::unique_ptr<core::ports::Digest> digest_ = wire::crypto::make_digest();
};

TEST_F(YearlyReply, ReadsEveryMember) {
  const auto figure = read(kWhole);
  ASSERT_TRUE(figure.has_value());
  EXPECT_EQ(figure->status, FigureStatus::available);
  EXPECT_EQ(figure->tax_year->text(), "2025-26");
  EXPECT_EQ(figure->annual->in_pence(), 3'640'000);
  EXPECT_EQ(figure->source_of_figure, "SA");
  EXPECT_EQ(figure->parts.at("employment").in_pence(), 2'850'000);
  EXPECT_EQ(figure->parts.at("pension").in_pence(), 400'000);
  EXPECT_EQ(figure->parts.at("taxable_benefits").in_pence(), 90'000);
  EXPECT_EQ(figure->parts.at("trading").in_pence(), 300'000);
  EXPECT_EQ(figure->unearned.at("savings_and_investment").in_pence(), 1'250);
  EXPECT_EQ(figure->unearned.size(), 3U);
  EXPECT_EQ(figure->requested_on, context_.requested_on);
}

TEST_F(YearlyReply, NamesItsSourceAndWhomItIsAbout) {
  const auto figure = read(kWhole);
  ASSERT_TRUE(figure.has_value());
  const auto& header = figure->header;
  EXPECT_EQ(header.source.system, "yearly");
  EXPECT_EQ(header.source.document, "sha256:" + core::ports::hex(digest_->sha256(kWhole)));
  EXPECT_EQ(header.source.position, "");
  EXPECT_EQ(header.fact_id.size(), 32U);
  EXPECT_EQ(header.received_at, context_.received_at);
  EXPECT_TRUE(header.subject.nino.has_value());
}

TEST_F(YearlyReply, GivesTheSameFactIdToTheSameFigureAndAnotherToAnother) {
  const auto first = read(kWhole);
  context_.request_id = "r-2";
  std::string again(kWhole);
  again.replace(again.find("r-1"), 3, "r-2");
  const auto second = read(again);
  again.replace(again.find("36400.00"), 8, "36400.01");
  const auto third = read(again);
  ASSERT_TRUE(first && second && third);
  EXPECT_EQ(first->header.fact_id, second->header.fact_id);
  EXPECT_NE(first->header.fact_id, third->header.fact_id);
}

TEST_F(YearlyReply, KeepsTheKindsOfNothingApart) {
  const auto nil = read(R"({"requestId":"r-1","status":"NIL","taxYear":"2025-26"})");
  ASSERT_TRUE(nil.has_value());
  EXPECT_EQ(nil->status, FigureStatus::nil);
  EXPECT_EQ(nil->annual, Money::pence(0));
  const auto zero = read(R"({"requestId":"r-1","status":"AVAILABLE","annualAmount":"-0.00"})");
  ASSERT_TRUE(zero.has_value());
  EXPECT_EQ(zero->status, FigureStatus::nil);
  EXPECT_EQ(zero->annual, Money::pence(0));
  const auto none = read(R"({"requestId":"r-1","status":"NO_DATA"})");
  ASSERT_TRUE(none.has_value());
  EXPECT_EQ(none->status, FigureStatus::no_data);
  EXPECT_FALSE(none->annual.has_value());
  EXPECT_FALSE(none->tax_year.has_value());
}

TEST_F(YearlyReply, ReadsAJsonNumberByItsText) {
  const auto figure = read(
      R"({"requestId":"r-1","status":"AVAILABLE","taxYear":"2025-26","annualAmount":36400.10})");
  ASSERT_TRUE(figure.has_value());
  EXPECT_EQ(figure->annual->in_pence(), 3'640'010);
}

TEST_F(YearlyReply, LeavesOutWhatTheServiceDoesNotSay) {
  const auto figure = read(
      R"({"requestId":"r-1","status":"AVAILABLE","annualAmount":"1.00","source":null,"parts":{}})");
  ASSERT_TRUE(figure.has_value());
  EXPECT_FALSE(figure->tax_year.has_value());
  EXPECT_EQ(figure->source_of_figure, "");
  EXPECT_TRUE(figure->parts.empty());
}

TEST_F(YearlyReply, RefusesWhatBreaksTheContractAndNamesThePlace) {
  const std::string start = R"({"requestId":"r-1","status":"AVAILABLE","annualAmount":"5.00")";
  EXPECT_EQ(refusal(R"({"requestId":"r-1"})", "/status"), ErrorCode::MISSING_MEMBER);
  EXPECT_EQ(refusal(R"({"requestId":"r-1","status":1})", "/status"), ErrorCode::WRONG_TYPE);
  EXPECT_EQ(refusal(R"({"requestId":"r-1","status":"nil"})", "/status"), ErrorCode::UNKNOWN_CODE);
  EXPECT_EQ(refusal(R"({"requestId":"r-1","status":"AVAILABLE"})", "/annualAmount"),
            ErrorCode::MISSING_MEMBER);
  EXPECT_EQ(refusal(R"({"requestId":"r-1","status":"NIL","annualAmount":"0.01"})", "/annualAmount"),
            ErrorCode::CONTRADICTION);
  EXPECT_EQ(refusal(R"({"requestId":"r-1","status":"NO_DATA","annualAmount":0})", "/annualAmount"),
            ErrorCode::CONTRADICTION);
  EXPECT_EQ(refusal(start + R"(,"taxYear":"2025-27"})", "/taxYear"), ErrorCode::INVALID_TAX_YEAR);
  EXPECT_EQ(refusal(start + R"(,"taxYear":2025})", "/taxYear"), ErrorCode::WRONG_TYPE);
  EXPECT_EQ(refusal(start + R"(,"source":"P60"})", "/source"), ErrorCode::UNKNOWN_CODE);
  EXPECT_EQ(refusal(start + R"(,"parts":[]})", "/parts"), ErrorCode::WRONG_TYPE);
  EXPECT_EQ(refusal(start + R"(,"parts":{"trading":"1e3"}})", "/parts/trading"),
            ErrorCode::INVALID_MONEY);
  EXPECT_EQ(refusal(start + R"(,"unearned":{"other":true}})", "/unearned/other"),
            ErrorCode::WRONG_TYPE);
  EXPECT_EQ(refusal(R"({"status":"NO_DATA"})", "/requestId"), ErrorCode::MISSING_MEMBER);
  EXPECT_EQ(refusal(R"({"requestId":"r-2","status":"NO_DATA"})", "/requestId"),
            ErrorCode::CONTRADICTION);
  EXPECT_EQ(refusal("[]", ""), ErrorCode::WRONG_TYPE);
}

TEST_F(YearlyReply, RefusesMoneyOutsideTheGrammar) {
  for (const char* amount : {"\"1e3\"", "1e3", "\"NaN\"", "\"12.345\"", "\"+1.00\"", "\"01.00\"",
                             "\"\"", "\" 1.00\"", "\"1,000.00\"", "\"999999999999.00\""}) {
    const std::string body =
        std::string(R"({"requestId":"r-1","status":"AVAILABLE","annualAmount":)") + amount + "}";
    EXPECT_EQ(refusal(body, "/annualAmount"), ErrorCode::INVALID_MONEY) << amount;
  }
  EXPECT_EQ(refusal(R"({"requestId":"r-1","status":"AVAILABLE","annualAmount":"-0.01"})",
                    "/annualAmount"),
            ErrorCode::MONEY_OUT_OF_RANGE);
}

TEST_F(YearlyReply, RefusesEveryCutOfAReply) {
  for (std::size_t cut = 0; cut < kWhole.size(); ++cut) {
    EXPECT_FALSE(read(kWhole.substr(0, cut)).has_value()) << "cut at byte " << cut;
  }
}

TEST_F(YearlyReply, TakesAnyRequestIdFromAFile) {
  context_.request_id.clear();
  EXPECT_TRUE(read(kWhole).has_value());
  EXPECT_TRUE(read(R"({"status":"NO_DATA"})").has_value());
}

TEST_F(YearlyReply, ReadsAProblemInAFileAsAnAnswer) {
  using core::facts::Answer;
  using core::facts::AnswerStatus;
  const std::pair<const char*, AnswerStatus> cases[] = {
      {R"({"code":"UNKNOWN_PERSON"})", AnswerStatus::unknown_person},
      {R"({"code":"THROTTLED","message":"later"})", AnswerStatus::unavailable},
      {R"({"code":"UNAVAILABLE"})", AnswerStatus::unavailable}};
  for (const auto& [body, status] : cases) {
    const auto fact = read_yearly_file(body, context_, reader_, *digest_);
    ASSERT_TRUE(fact.has_value()) << body;
    ASSERT_TRUE(std::holds_alternative<Answer>(*fact)) << body;
    EXPECT_EQ(std::get<Answer>(*fact).status, status) << body;
    EXPECT_EQ(core::facts::header(*fact).source.system, "yearly");
    EXPECT_FALSE(core::facts::header(*fact).fact_id.empty());
  }
  const auto figure = read_yearly_file(kWhole, context_, reader_, *digest_);
  ASSERT_TRUE(figure.has_value());
  EXPECT_TRUE(std::holds_alternative<core::facts::YearlyFigure>(*figure));
  const auto other = read_yearly_file(R"({"code":"X"})", context_, reader_, *digest_);
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().code, ErrorCode::UNKNOWN_CODE);
}

}  // namespace
}  // namespace ig::adapters::hmrc
