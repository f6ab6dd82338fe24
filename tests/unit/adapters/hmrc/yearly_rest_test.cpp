#include "adapters/hmrc/yearly_rest.hpp"

#include "tests/support/hmrc_world.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <string>

namespace ig::adapters::hmrc {
namespace {

using namespace std::chrono_literals;
using core::base::Deadline;
using core::base::ErrorCode;
using core::base::Sensitive;
using core::ports::FetchResult;
using core::ports::NextMove;

http::Response answer(unsigned status, std::string body, std::vector<http::Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

class YearlyRestTest : public ::testing::Test {
 protected:
  YearlyRestTest()
      : world_([this](const http::Request&) -> core::base::Result<http::Response> {
          if (script_.empty()) return core::base::fail(ErrorCode::UNAVAILABLE, {}, "no script");
          http::Response next = script_.front();
          script_.pop_front();
          return next;
        }) {
    question_.request_id = "r-1";
    question_.person.nino = Sensitive(*core::values::Nino::parse("NA000799C"));
    question_.person.surname = Sensitive<std::string>("Joseph");
    question_.person.forename = Sensitive<std::string>("Amanda");
    question_.person.date_of_birth = Sensitive(core::values::Date::of(1960, 1, 15));
    question_.purpose = core::ports::Purpose::review;
    question_.asked_on = core::values::Date::of(2026, 11, 1);
  }

  auto fetch() { return rest_.fetch(question_, Deadline::in(30s)); }

  const std::string available_ =
      R"({"requestId":"r-1","status":"AVAILABLE","taxYear":"2025-26","annualAmount":"36400.00"})";
  std::deque<http::Response> script_;
  tests::support::HmrcWorld world_;
  tests::support::ScriptedClient& client_ = world_.client;
  Caller caller_{world_.client, world_.tokens, world_.budget,
                 world_.clock,  world_.random, world_.options()};
  YearlyRest rest_{caller_, world_.clock};
  core::ports::YearlyQuestion question_;
};

TEST_F(YearlyRestTest, PutsThePersonInTheBodyAndNowhereElse) {
  script_ = {answer(200, available_)};
  ASSERT_TRUE(fetch().figure.has_value());
  ASSERT_EQ(client_.requests.size(), 1U);
  const http::Request& request = client_.requests[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/yearly-figures/v1/search");
  EXPECT_EQ(request.body,
            R"({"requestId":"r-1","nino":"NA000799C","surname":"Joseph","forename":"Amanda",)"
            R"("dateOfBirth":"1960-01-15","purpose":"ANNUAL_REVIEW","askedOn":"2026-11-01"})");
  EXPECT_EQ(*http::find(request.headers, "authorization"), "Bearer token-1");
  for (const auto& header : request.headers) {
    EXPECT_EQ(header.value.find("NA000799"), std::string::npos);
    EXPECT_EQ(header.value.find("Joseph"), std::string::npos);
  }
}

TEST_F(YearlyRestTest, GivesTheFigureWithTheBytesItWasReadFrom) {
  script_ = {answer(200, available_)};
  const auto reply = fetch();
  EXPECT_EQ(reply.fetched.result, FetchResult::matched);
  EXPECT_EQ(reply.fetched.next, NextMove::use);
  EXPECT_EQ(reply.fetched.raw, available_);
  EXPECT_EQ(reply.fetched.interface, "yearly-1.0");
  EXPECT_EQ(reply.fetched.correlation_id, "r-1");
  ASSERT_TRUE(reply.figure.has_value());
  EXPECT_EQ(reply.figure->annual->in_pence(), 3'640'000);
  EXPECT_EQ(reply.figure->requested_on, question_.asked_on);
  EXPECT_EQ(reply.figure->header.received_at.at(), world_.clock.now());
}

TEST_F(YearlyRestTest, KeepsNoDataApartFromAFigure) {
  script_ = {answer(200, R"({"requestId":"r-1","status":"NO_DATA"})")};
  const auto reply = fetch();
  EXPECT_EQ(reply.fetched.result, FetchResult::matched_no_data);
  EXPECT_EQ(reply.figure->status, core::facts::FigureStatus::no_data);
}

TEST_F(YearlyRestTest, LeavesOutWhatIsNotKnownOfThePerson) {
  question_.person = {};
  question_.person.nino = Sensitive(*core::values::Nino::parse("NA000799"));
  question_.purpose = core::ports::Purpose::initial;
  script_ = {answer(200, available_)};
  ASSERT_TRUE(fetch().figure.has_value());
  EXPECT_EQ(client_.requests[0].body, R"({"requestId":"r-1","nino":"NA000799","purpose":"INITIAL",)"
                                      R"("askedOn":"2026-11-01"})");
  EXPECT_EQ(world_.budget.taken, (std::vector{core::ports::Purpose::initial}));
}

TEST_F(YearlyRestTest, AsksNobodyWithoutANino) {
  question_.person.nino.reset();
  const auto reply = fetch();
  EXPECT_EQ(reply.fetched.code, "NO_PERSON");
  EXPECT_EQ(reply.fetched.next, NextMove::task);
  EXPECT_TRUE(client_.requests.empty());
  EXPECT_TRUE(world_.token_client.requests.empty());
}

TEST_F(YearlyRestTest, ReplaysOnceWithANewTokenAfterA401) {
  script_ = {answer(401, ""), answer(200, available_)};
  ASSERT_TRUE(fetch().figure.has_value());
  ASSERT_EQ(client_.requests.size(), 2U);
  EXPECT_EQ(*http::find(client_.requests[1].headers, "Authorization"), "Bearer token-2");
  EXPECT_EQ(client_.requests[0].body, client_.requests[1].body);
}

TEST_F(YearlyRestTest, TellsAnUnknownPersonFromAWrongAddress) {
  script_ = {answer(404, R"({"code":"UNKNOWN_PERSON"})")};
  EXPECT_EQ(fetch().fetched.result, FetchResult::unknown_person);
  for (const char* body :
       {"", "<html>", R"({"code":"MATCHING_RESOURCE_NOT_FOUND"})", R"({"code":404})", "[]"}) {
    script_ = {answer(404, body)};
    const auto reply = fetch();
    EXPECT_EQ(reply.fetched.result, FetchResult::config_fault) << body;
    EXPECT_EQ(reply.fetched.next, NextMove::park) << body;
    EXPECT_FALSE(reply.figure.has_value());
  }
}

TEST_F(YearlyRestTest, SetsAQuestionAsideThatIsRefusedForGood) {
  for (const unsigned status : {400U, 409U, 422U}) {
    script_ = {answer(status, R"({"code":"INVALID_REQUEST"})")};
    const auto reply = fetch();
    EXPECT_EQ(reply.fetched.result, FetchResult::config_fault) << status;
    EXPECT_EQ(reply.fetched.next, NextMove::task) << status;
  }
}

TEST_F(YearlyRestTest, CallsAReplyThatBreaksTheContractAFault) {
  for (const char* body : {"", "<html>", "{}", R"({"requestId":"r-2","status":"NO_DATA"})",
                           R"({"requestId":"r-1","status":"AVAILABLE","annualAmount":"12.345"})"}) {
    script_ = {answer(200, body)};
    const auto reply = fetch();
    EXPECT_EQ(reply.fetched.result, FetchResult::config_fault) << body;
    EXPECT_EQ(reply.fetched.next, NextMove::alarm) << body;
    EXPECT_EQ(reply.fetched.code, "BAD_REPLY") << body;
    EXPECT_EQ(reply.fetched.raw, body);
  }
}

TEST_F(YearlyRestTest, TakesNoAnswerThatIsCutAnywhere) {
  for (std::size_t n = 0; n < available_.size(); ++n) {
    script_ = {answer(200, available_.substr(0, n))};
    const auto reply = fetch();
    EXPECT_EQ(reply.fetched.code, "BAD_REPLY") << n;
    EXPECT_FALSE(reply.figure.has_value()) << n;
  }
}

}  // namespace
}  // namespace ig::adapters::hmrc
