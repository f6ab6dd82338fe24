#include "adapters/hmrc/yearly_rest.hpp"

#include "tests/support/scripted_client.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <string>

namespace ig::adapters::hmrc {
namespace {

using namespace std::chrono_literals;
using core::base::Deadline;
using core::base::ErrorCode;
using core::base::Sensitive;
using tests::support::ScriptedClient;

http::Response answer(unsigned status, std::string body, std::vector<http::Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

class YearlyRestTest : public ::testing::Test {
 protected:
  YearlyRestTest()
      : token_client_([this](const http::Request&) {
          return answer(200, R"({"access_token":"token-)" +
                                 std::to_string(token_client_.requests.size()) +
                                 R"(","token_type":"bearer","expires_in":14400})");
        }),
        client_([this](const http::Request&) -> core::base::Result<http::Response> {
          if (script_.empty()) return core::base::fail(ErrorCode::UNAVAILABLE, {}, "no script");
          http::Response next = script_.front();
          script_.pop_front();
          return next;
        }),
        tokens_(token_client_, clock_,
                {.client_id = "gateway", .client_secret_file = folder_.write("secret", "s")}),
        rest_(client_, tokens_, clock_) {
    question_.request_id = "r-1";
    question_.person.nino = Sensitive(*core::values::Nino::parse("NA000799C"));
    question_.person.surname = Sensitive<std::string>("Joseph");
    question_.person.forename = Sensitive<std::string>("Amanda");
    question_.person.date_of_birth = Sensitive(core::values::Date::of(1960, 1, 15));
    question_.purpose = "ANNUAL_REVIEW";
    question_.asked_on = core::values::Date::of(2026, 11, 1);
  }

  auto fetch() { return rest_.fetch(question_, Deadline::in(30s)); }
  ErrorCode refusal() {
    const auto reply = fetch();
    EXPECT_FALSE(reply.has_value());
    return reply ? ErrorCode::USAGE : reply.error().code;
  }

  const std::string available_ =
      R"({"requestId":"r-1","status":"AVAILABLE","taxYear":"2025-26","annualAmount":"36400.00"})";
  tests::support::TempFolder folder_;
  core::base::ManualClock clock_{std::chrono::sys_time<std::chrono::milliseconds>{1'793'500'000s}};
  std::deque<http::Response> script_;
  ScriptedClient token_client_;
  ScriptedClient client_;
  TokenSource tokens_;
  YearlyRest rest_;
  core::ports::YearlyQuestion question_;
};

TEST_F(YearlyRestTest, PutsThePersonInTheBodyAndNowhereElse) {
  script_ = {answer(200, available_)};
  ASSERT_TRUE(fetch().has_value());
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
  ASSERT_TRUE(reply.has_value());
  EXPECT_EQ(reply->raw, available_);
  EXPECT_EQ(reply->figure.annual->in_pence(), 3'640'000);
  EXPECT_EQ(reply->figure.requested_on, question_.asked_on);
  EXPECT_EQ(reply->figure.header.received_at.at(), clock_.now());
}

TEST_F(YearlyRestTest, LeavesOutWhatIsNotKnownOfThePerson) {
  question_.person = {};
  question_.person.nino = Sensitive(*core::values::Nino::parse("NA000799"));
  script_ = {answer(200, available_)};
  ASSERT_TRUE(fetch().has_value());
  EXPECT_EQ(client_.requests[0].body,
            R"({"requestId":"r-1","nino":"NA000799","purpose":"ANNUAL_REVIEW",)"
            R"("askedOn":"2026-11-01"})");
}

TEST_F(YearlyRestTest, AsksNobodyWithoutANino) {
  question_.person.nino.reset();
  EXPECT_EQ(refusal(), ErrorCode::NO_PERSON);
  EXPECT_TRUE(client_.requests.empty());
  EXPECT_TRUE(token_client_.requests.empty());
}

TEST_F(YearlyRestTest, ReplaysOnceWithANewTokenAfterA401) {
  script_ = {answer(401, ""), answer(200, available_)};
  ASSERT_TRUE(fetch().has_value());
  ASSERT_EQ(client_.requests.size(), 2U);
  EXPECT_EQ(*http::find(client_.requests[1].headers, "Authorization"), "Bearer token-2");
  EXPECT_EQ(client_.requests[0].body, client_.requests[1].body);
}

TEST_F(YearlyRestTest, GivesUpWhenTheNewTokenIsRefusedToo) {
  script_ = {answer(401, ""), answer(401, ""), answer(200, available_)};
  EXPECT_EQ(refusal(), ErrorCode::UNAUTHORISED);
  EXPECT_EQ(client_.requests.size(), 2U);
  EXPECT_EQ(token_client_.requests.size(), 2U);
}

TEST_F(YearlyRestTest, LeavesTheServiceAloneAsLongAsItAsks) {
  script_ = {answer(429, "", {{"Retry-After", "30"}}), answer(200, available_)};
  EXPECT_EQ(refusal(), ErrorCode::THROTTLED);
  clock_.advance(30s - 1ms);
  EXPECT_EQ(refusal(), ErrorCode::THROTTLED);
  EXPECT_EQ(client_.requests.size(), 1U);
  clock_.advance(1ms);
  EXPECT_TRUE(fetch().has_value());
}

TEST_F(YearlyRestTest, WaitsASecondWhenA429NamesNoTime) {
  script_ = {answer(429, "{,}"), answer(200, available_)};
  EXPECT_EQ(refusal(), ErrorCode::THROTTLED);
  EXPECT_EQ(rest_.not_before(), clock_.steady() + 1s);
  clock_.advance(1s);
  EXPECT_TRUE(fetch().has_value());
}

TEST_F(YearlyRestTest, CutsARetryAfterOfTwoDays) {
  script_ = {answer(503, "", {{"retry-after", "172800"}})};
  EXPECT_EQ(refusal(), ErrorCode::UNAVAILABLE);
  EXPECT_EQ(rest_.not_before(), clock_.steady() + core::base::limits::retry_after_max);
}

TEST_F(YearlyRestTest, TellsAnUnknownPersonFromAWrongAddress) {
  script_ = {answer(404, R"({"code":"UNKNOWN_PERSON"})")};
  EXPECT_EQ(refusal(), ErrorCode::NOT_FOUND);
  for (const char* body :
       {"", "<html>", R"({"code":"MATCHING_RESOURCE_NOT_FOUND"})", R"({"code":404})", "[]"}) {
    script_ = {answer(404, body)};
    EXPECT_EQ(refusal(), ErrorCode::BAD_REPLY) << body;
  }
}

TEST_F(YearlyRestTest, DecidesOnTheStatus) {
  const std::pair<unsigned, ErrorCode> cases[] = {
      {201, ErrorCode::BAD_REPLY},       {204, ErrorCode::BAD_REPLY},
      {302, ErrorCode::BAD_REPLY},       {400, ErrorCode::REFUSED_BY_PEER},
      {403, ErrorCode::FORBIDDEN},       {408, ErrorCode::UNAVAILABLE},
      {409, ErrorCode::REFUSED_BY_PEER}, {418, ErrorCode::BAD_REPLY},
      {422, ErrorCode::REFUSED_BY_PEER}, {425, ErrorCode::UNAVAILABLE},
      {500, ErrorCode::UNAVAILABLE},     {502, ErrorCode::UNAVAILABLE},
      {504, ErrorCode::UNAVAILABLE}};
  for (const auto& [status, code] : cases) {
    script_ = {answer(status, "<html>canary</html>")};
    const auto reply = fetch();
    ASSERT_FALSE(reply.has_value()) << status;
    EXPECT_EQ(reply.error().code, code) << status;
    EXPECT_EQ(reply.error().message.find("canary"), std::string::npos);
  }
}

TEST_F(YearlyRestTest, CallsAReplyThatBreaksTheContractABadReply) {
  for (const char* body : {"", "<html>", "{}", R"({"requestId":"r-2","status":"NO_DATA"})",
                           R"({"requestId":"r-1","status":"AVAILABLE","annualAmount":"12.345"})"}) {
    script_ = {answer(200, body)};
    EXPECT_EQ(refusal(), ErrorCode::BAD_REPLY) << body;
  }
}

TEST_F(YearlyRestTest, PassesOnWhyNoAnswerCame) {
  for (const ErrorCode code :
       {ErrorCode::UNAVAILABLE, ErrorCode::DEADLINE, ErrorCode::TLS_FAILED}) {
    ScriptedClient silent([code](const http::Request&) -> core::base::Result<http::Response> {
      return core::base::fail(code, {}, "planted");
    });
    YearlyRest rest(silent, tokens_, clock_);
    const auto reply = rest.fetch(question_, Deadline::in(30s));
    ASSERT_FALSE(reply.has_value());
    EXPECT_EQ(reply.error().code, code);
  }
}

TEST_F(YearlyRestTest, MakesNoCallWhenNoTimeIsLeft) {
  const auto reply = rest_.fetch(question_, Deadline{std::chrono::steady_clock::time_point::min()});
  ASSERT_FALSE(reply.has_value());
  EXPECT_EQ(reply.error().code, ErrorCode::DEADLINE);
  EXPECT_TRUE(client_.requests.empty());
}

TEST_F(YearlyRestTest, KeepsOneCallWithinItsLimit) {
  script_ = {answer(200, available_)};
  YearlyRest rest(client_, tokens_, clock_, {.call_limit = 150ms});
  ASSERT_TRUE(rest.fetch(question_, Deadline::in(1h)).has_value());
  EXPECT_LE(client_.deadlines[0].at, std::chrono::steady_clock::now() + 150ms);
}

}  // namespace
}  // namespace ig::adapters::hmrc
