#include "adapters/sandbox/hmrc_service.hpp"

#include "tests/unit/adapters/sandbox/hmrc_house.hpp"

namespace ig::adapters::sandbox {
namespace {

using namespace std::chrono_literals;

class SandboxHmrc : public HmrcHouse {
 protected:
  http::Response root(const std::string& with, std::string fault = {}) {
    return individuals(std::string("/individuals/income/?matchId=") + kId, with, "2.0", {},
                       std::move(fault));
  }
  json report() { return json::parse(service->report()); }
  http::Response control(std::string method, std::string target, std::string body = {}) {
    http::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.body = std::move(body);
    return service->control(request);
  }
};

TEST_F(SandboxHmrc, LooksAtTheTokenBeforeAnythingElse) {
  http::Request bare;
  bare.target = "/elsewhere";
  EXPECT_EQ(code(service->handle(bare)), "MISSING_CREDENTIALS");
  EXPECT_EQ(code(send("GET", "/elsewhere", "made up", {})), "INVALID_CREDENTIALS");
  const auto bearer = token();
  EXPECT_EQ(send("GET", "/elsewhere", bearer, {}).status, 404U);
  EXPECT_EQ(send("GET", "/yearly-figures/v1/search", bearer, {}).status, 405U);
  bare.target = "/oauth/token";
  EXPECT_EQ(service->handle(bare).status, 405U);
}

TEST_F(SandboxHmrc, TakesATokenForFourHours) {
  const auto bearer = token();
  clock.advance(4h - 1ms);
  EXPECT_EQ(root(bearer).status, 404U);
  clock.advance(1ms);
  EXPECT_EQ(root(bearer).status, 401U);
}

TEST_F(SandboxHmrc, ThrottlesTheFourthRequestOfASecond) {
  auto own = options();
  own.requests_per_second = HmrcOptions().requests_per_second;
  open_as(std::move(own));
  const auto bearer = token();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(root(bearer).status, 404U);
  const auto refused = root(bearer);
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(code(refused), "MESSAGE_THROTTLED_OUT");
  clock.advance(1s);
  EXPECT_EQ(root(bearer).status, 404U);
  const auto seen = service->rate().at("me");
  EXPECT_EQ(seen.arrived, 5);
  EXPECT_EQ(seen.refused, 1);
  EXPECT_EQ(seen.worst_second, 4);
}

TEST_F(SandboxHmrc, EndsATokenInTheMiddleOfARun) {
  const auto bearer = token();
  EXPECT_EQ(root(bearer, "TOKEN_EXPIRED").status, 401U);
  EXPECT_EQ(root(bearer).status, 401U) << "for good";
  EXPECT_EQ(root(token()).status, 404U);
  EXPECT_EQ(report()["tokens_issued"], 2);
}

TEST_F(SandboxHmrc, GivesTheSameErrorForFifteenMinutes) {
  const auto bearer = token();
  EXPECT_EQ(root(bearer, "SERVER_ERROR=502").status, 502U);
  EXPECT_EQ(root(bearer).status, 502U);
  EXPECT_EQ(individuals("/individuals/income/", bearer).status, 400U) << "another question";
  clock.advance(15min);
  EXPECT_EQ(root(bearer).status, 404U);
  EXPECT_EQ(root(bearer, "SERVER_ERROR_ONCE").status, 503U);
  EXPECT_EQ(root(bearer).status, 404U);
}

TEST_F(SandboxHmrc, AnswersAsProxiesAndRedirectsDo) {
  const auto bearer = token();
  EXPECT_EQ(root(bearer, "PROXY_403").status, 403U);
  EXPECT_EQ(*http::find(root(bearer, "PROXY_200").headers, "Content-Type"), "text/html");
  EXPECT_EQ(root(bearer, "REDIRECT_HOST").status, 302U);
  EXPECT_EQ(root(bearer, "THROTTLED_NOT_JSON").status, 429U);
  EXPECT_EQ(code(root(bearer, "TOO_MANY_REQUESTS")), "TOO_MANY_REQUESTS");
  EXPECT_EQ(root(bearer, "UNANSWERED").unanswered, true);
  EXPECT_EQ(root(bearer, "RESET=3").mishap.sent_at_most, 3U);
}

TEST_F(SandboxHmrc, FailsTheTokenServiceWhenItIsNamed) {
  open({{.fault = {Fault::SERVER_ERROR}, .under = "/oauth/token", .times = 1}});
  const auto broken = ask_token("");
  EXPECT_EQ(broken.status, 500U);
  EXPECT_EQ(json::parse(broken.body)["error"], "server_error");
  EXPECT_EQ(ask_token("").status, 200U);
}

TEST_F(SandboxHmrc, IsToldItsFaultsOnTheControlSide) {
  const auto bearer = token();
  const auto told =
      control("POST", "/control/faults", R"({"faults":[{"fault":"PROXY_403","times":1}]})");
  EXPECT_EQ(told.status, 200U);
  EXPECT_EQ(told.body, R"({"rules":1})");
  EXPECT_EQ(root(bearer).status, 403U);
  EXPECT_EQ(root(bearer).status, 404U);
  EXPECT_EQ(control("POST", "/control/faults", R"({"faults":[{"fault":"X"}]})").status, 400U);
  EXPECT_EQ(control("GET", "/control/faults").status, 405U);
  EXPECT_EQ(control("GET", "/control/else").status, 404U);
  const auto counts = json::parse(control("GET", "/control/hmrc").body);
  EXPECT_EQ(counts["faults"]["PROXY_403"], 1);
  EXPECT_EQ(counts["requests"]["income"], 2);
  EXPECT_EQ(counts["requests"]["token"], 1);
  EXPECT_EQ(counts["statuses"]["403"], 1);
  EXPECT_EQ(counts["applications"]["me"]["arrived"], 2);
}

TEST_F(SandboxHmrc, WantsACodeWhenTheApplicationHasAKey) {
  auto own = options();
  own.token.applications[0].totp_key = "GEZDGNBVGY3TQOJQ";
  open_as(std::move(own));
  EXPECT_EQ(ask_token("").status, 401U);
  EXPECT_EQ(report()["tokens_refused"], 1);
}

}  // namespace
}  // namespace ig::adapters::sandbox
