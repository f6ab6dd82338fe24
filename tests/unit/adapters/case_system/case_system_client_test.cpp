#include "adapters/case_system/case_system_client.hpp"

#include "tests/support/dispatches.hpp"
#include "tests/support/scripted_client.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::case_system {
namespace {

using namespace std::chrono_literals;
using core::base::Deadline;
using core::base::ErrorCode;
using core::ports::Receipt;
using core::ports::ReceiptOutcome;
using tests::support::sample_dispatch;
using tests::support::sample_secret;
using tests::support::ScriptedClient;

class WebhookPush : public ::testing::Test {
 protected:
  WebhookPush()
      : client_([this](const http::Request&) { return answer_; }),
        system_(client_, clock_,
                {.target = "/triggers",
                 .secret_file = folder_.write("secrets", std::string(sample_secret) + "\n"),
                 .event = {.site = "north", .link_base = "https://gateway.example:8443"}}) {}

  auto push() { return system_.push(sample_dispatch(), Deadline::in(30s)); }
  Receipt receipt(unsigned status, std::string body, std::vector<http::Header> headers = {}) {
    answer_ = {.status = status, .headers = std::move(headers), .body = std::move(body)};
    auto pushed = push();
    EXPECT_TRUE(pushed.has_value());
    return pushed ? *pushed : Receipt{};
  }

  tests::support::TempFolder folder_;
  core::base::ManualClock clock_{
      std::chrono::sys_time<std::chrono::milliseconds>{1'770'717'601'999ms}};
  http::Response answer_{.status = 204, .headers = {}, .body = {}};
  ScriptedClient client_;
  WebhookCaseSystem system_;
};

TEST_F(WebhookPush, PostsASignedEvent) {
  ASSERT_TRUE(push().has_value());
  ASSERT_EQ(client_.requests.size(), 1U);
  const http::Request& request = client_.requests[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/triggers");
  EXPECT_EQ(*http::find(request.headers, "content-type"),
            "application/cloudevents+json; charset=utf-8");
  EXPECT_EQ(*http::find(request.headers, "webhook-id"), sample_dispatch().trigger.id);
  EXPECT_EQ(*http::find(request.headers, "webhook-timestamp"), "1770717601");
  auto keys = WebhookKeys::parse(sample_secret);
  EXPECT_TRUE(keys->verify(request.headers, request.body, core::values::Instant::of(clock_.now()))
                  .has_value());
}

TEST_F(WebhookPush, CarriesTheCorrelationIdAsTrace) {
  ASSERT_TRUE(push().has_value());
  const auto& headers = client_.requests[0].headers;
  EXPECT_EQ(*http::find(headers, "traceparent"),
            "00-000000000000000000f067aa0ba902b7-4f9c1d2ab0e37785-01");
  EXPECT_EQ(*http::find(headers, "x-correlation-id"), "00f067aa0ba902b7");
}

TEST_F(WebhookPush, LeavesOutACorrelationIdThatDoesNotFitAHeader) {
  for (const char* id : {"", "a b", "a\r\nX-Evil: 1", "\xc3\xa9"}) {
    auto dispatch = sample_dispatch();
    dispatch.correlation_id = id;
    ASSERT_TRUE(system_.push(dispatch, Deadline::in(30s)).has_value());
    EXPECT_EQ(http::find(client_.requests.back().headers, "x-correlation-id"), nullptr);
    EXPECT_EQ(http::find(client_.requests.back().headers, "traceparent"), nullptr);
  }
}

TEST_F(WebhookPush, SignsEachAttemptAnewWithTheSameIdAndBody) {
  ASSERT_TRUE(push().has_value());
  clock_.advance(10min);
  ASSERT_TRUE(push().has_value());
  const auto& first = client_.requests[0];
  const auto& second = client_.requests[1];
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(*http::find(first.headers, id_header), *http::find(second.headers, id_header));
  EXPECT_EQ(*http::find(second.headers, timestamp_header), "1770718201");
  EXPECT_NE(*http::find(first.headers, signature_header),
            *http::find(second.headers, signature_header));
}

TEST_F(WebhookPush, TakesUpANewSecretWithoutARestart) {
  ASSERT_TRUE(push().has_value());
  folder_.write("secrets", std::string("whsec_Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=\n") +
                               sample_secret);
  ASSERT_TRUE(push().has_value());
  const std::string& both = *http::find(client_.requests[1].headers, signature_header);
  EXPECT_NE(both.find(' '), std::string::npos);
  EXPECT_TRUE(both.ends_with(*http::find(client_.requests[0].headers, signature_header)));
}

TEST_F(WebhookPush, SendsNothingWithoutASecret) {
  folder_.write("secrets", "not a secret");
  auto pushed = push();
  ASSERT_FALSE(pushed.has_value());
  EXPECT_EQ(pushed.error().code, ErrorCode::CONFIG_INVALID);
  folder_.write("secrets", "");
  pushed = push();
  ASSERT_FALSE(pushed.has_value());
  EXPECT_EQ(pushed.error().code, ErrorCode::UNREADABLE);
  EXPECT_TRUE(client_.requests.empty());
}

TEST_F(WebhookPush, ReadsTheReceiptWithTheNewFigure) {
  const Receipt said = receipt(200, R"({"outcome":"APPLIED","in_force":{"basis":"CURRENT",)"
                                    R"("weekly_pence":68321,"since":"2026-02-10",)"
                                    R"("review_date":"2026-12-01"}})");
  EXPECT_EQ(said.status, 200);
  EXPECT_EQ(said.outcome, ReceiptOutcome::applied);
  ASSERT_TRUE(said.in_force.has_value());
  EXPECT_EQ(said.in_force->basis, core::facts::Basis::current);
  EXPECT_EQ(said.in_force->weekly->in_pence(), 68'321);
  EXPECT_EQ(said.review_date, core::values::Date::of(2026, 12, 1));
  EXPECT_FALSE(said.duplicate);
}

TEST_F(WebhookPush, ReadsADuplicateAndARefusalToApply) {
  EXPECT_TRUE(receipt(200, R"({"duplicate":true})").duplicate);
  const Receipt said = receipt(202, R"({"outcome":"NOT_APPLIED","reason":"CASE_CLOSED"})");
  EXPECT_EQ(said.outcome, ReceiptOutcome::not_applied);
  EXPECT_EQ(said.reason, "CASE_CLOSED");
}

TEST_F(WebhookPush, TakesASuccessItCannotReadAsDelivered) {
  for (const char* body :
       {"<html>", "[]", "{", R"({"outcome":"DONE"})", R"({"outcome":"APPLIED","in_force":{}})",
        R"({"outcome":"APPLIED","duplicate":"yes"})"}) {
    const Receipt said = receipt(200, body);
    EXPECT_EQ(said.status, 200) << body;
    EXPECT_EQ(said.outcome, ReceiptOutcome::none) << body;
    EXPECT_FALSE(said.in_force.has_value()) << body;
    EXPECT_TRUE(said.reason.starts_with("the receipt was not read: ")) << said.reason;
  }
  const Receipt empty = receipt(204, "");
  EXPECT_EQ(empty.outcome, ReceiptOutcome::none);
  EXPECT_EQ(empty.reason, "");
}

TEST_F(WebhookPush, ReadsNoReceiptBeyondItsLimit) {
  std::string body = R"({"outcome":"APPLIED","pad":")";
  body.append(core::base::limits::receipt_bytes_max, 'x').append("\"}");
  const Receipt said = receipt(200, body);
  EXPECT_EQ(said.outcome, ReceiptOutcome::none);
  EXPECT_NE(said.reason.find("LIMIT_EXCEEDED"), std::string::npos);
}

TEST_F(WebhookPush, TakesOnlyTheReasonFromARefusal) {
  const Receipt said = receipt(409, R"({"outcome":"APPLIED","duplicate":true,"reason":"OTHER",)"
                                    R"("in_force":{"basis":"CURRENT","weekly_pence":1}})");
  EXPECT_EQ(said.status, 409);
  EXPECT_EQ(said.outcome, ReceiptOutcome::none);
  EXPECT_FALSE(said.duplicate);
  EXPECT_FALSE(said.in_force.has_value());
  EXPECT_EQ(said.reason, "OTHER");
  EXPECT_EQ(receipt(500, "<html>").reason, "");
}

TEST_F(WebhookPush, ReadsRetryAfterInSecondsOnly) {
  EXPECT_EQ(receipt(429, "", {{"retry-after", "120"}}).retry_after, 120s);
  EXPECT_FALSE(receipt(503, "", {{"Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"}}).retry_after);
  EXPECT_FALSE(receipt(503, "").retry_after.has_value());
}

TEST_F(WebhookPush, PassesOnWhyNoAnswerCame) {
  const std::pair<ErrorCode, ErrorCode> cases[] = {
      {ErrorCode::UNAVAILABLE, ErrorCode::UNAVAILABLE},
      {ErrorCode::DEADLINE, ErrorCode::DEADLINE},
      {ErrorCode::TLS_FAILED, ErrorCode::TLS_FAILED},
      {ErrorCode::BAD_REPLY, ErrorCode::UNAVAILABLE},
      {ErrorCode::LIMIT_EXCEEDED, ErrorCode::UNAVAILABLE}};
  for (const auto& [code, seen] : cases) {
    ScriptedClient silent(
        [given = code](const http::Request&) -> core::base::Result<http::Response> {
          return core::base::fail(given, {}, "planted");
        });
    WebhookCaseSystem target(silent, clock_, {.secret_file = folder_.file("secrets")});
    const auto pushed = target.push(sample_dispatch(), Deadline::in(30s));
    ASSERT_FALSE(pushed.has_value());
    EXPECT_EQ(pushed.error().code, seen);
  }
}

TEST_F(WebhookPush, MakesNoCallWhenNoTimeIsLeft) {
  const auto pushed =
      system_.push(sample_dispatch(), Deadline{std::chrono::steady_clock::time_point::min()});
  ASSERT_FALSE(pushed.has_value());
  EXPECT_EQ(pushed.error().code, ErrorCode::DEADLINE);
  EXPECT_TRUE(client_.requests.empty());
}

TEST(TraceParent, IsMadeOfHexIdsOnly) {
  const std::string trigger = "4f9c1d2ab0e37785c6d1f09a3b5e2c41";
  EXPECT_EQ(trace_parent("4bf92f3577b34da6a3ce929d0e0e4736", trigger),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-4f9c1d2ab0e37785-01");
  for (const char* id : {"", "run-7", "4BF92F3577B34DA6A3CE929D0E0E4736", "0000000000000000",
                         "00000000000000000000000000000000", "4bf92f35"}) {
    EXPECT_EQ(trace_parent(id, trigger), "") << id;
  }
  EXPECT_EQ(trace_parent("00f067aa0ba902b7", "short"), "");
}

}  // namespace
}  // namespace ig::adapters::case_system
