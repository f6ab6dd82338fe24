#include "adapters/sandbox/hmrc_token.hpp"

#include "adapters/sandbox/totp.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr std::string_view kKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

class SandboxToken : public ::testing::Test {
 protected:
  SandboxToken() {
    options.applications = {{"plain", {"old", "new"}, "", false, {"a", "b"}},
                            {"gov", {"secret"}, std::string(kKey)}};
  }
  http::Response ask(const std::string& body, std::chrono::seconds skew = 0s) {
    if (!service) service = std::make_unique<TokenService>(options, clock);
    http::Request request;
    request.method = "POST";
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    request.body = "grant_type=client_credentials&" + body;
    return service->handle(request, skew);
  }
  http::Response ask_with_code(std::chrono::seconds ahead, std::chrono::seconds skew = 0s) {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()) + ahead;
    const auto code = totp(from_base32(kKey).value(), now.time_since_epoch().count());
    return ask(fmt::format("client_id=gov&client_secret={}secret", code), skew);
  }
  static std::string error(const http::Response& answer) {
    return json::parse(answer.body).value("error", "");
  }

  core::base::ManualClock clock{std::chrono::sys_days{std::chrono::year{2026} / 2 / 10} + 17s};
  TokenOptions options;
  std::unique_ptr<TokenService> service;
};

TEST_F(SandboxToken, TakesEachLiveSecretAndNoOther) {
  EXPECT_EQ(ask("client_id=plain&client_secret=old").status, 200U);
  EXPECT_EQ(ask("client_id=plain&client_secret=new").status, 200U);
  const auto wrong = ask("client_id=plain&client_secret=other");
  EXPECT_EQ(wrong.status, 401U);
  EXPECT_EQ(error(wrong), "invalid_client");
  EXPECT_EQ(error(ask("client_id=nobody&client_secret=old")), "invalid_client");
  EXPECT_EQ(service->issued(), 2);
  EXPECT_EQ(service->refused(), 2);
}

TEST_F(SandboxToken, SaysWhatIsMissingAsOauthDoes) {
  EXPECT_EQ(error(ask("client_id=plain")), "invalid_request");
  EXPECT_EQ(error(ask("client_secret=old")), "invalid_request");
  EXPECT_EQ(error(ask("client_id=plain&client_secret=old&scope=a+c")), "invalid_scope");
  http::Request other;
  other.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  other.body = "grant_type=password&client_id=plain&client_secret=old";
  EXPECT_EQ(service->handle(other, 0s).status, 400U);
  other.headers = {{"Content-Type", "application/json"}};
  EXPECT_EQ(service->handle(other, 0s).status, 400U);
}

TEST_F(SandboxToken, GrantsWhatWasAskedOrAllThereIs) {
  EXPECT_EQ(json::parse(ask("client_id=plain&client_secret=old&scope=b").body)["scope"], "b");
  const auto all = json::parse(ask("client_id=plain&client_secret=old").body);
  EXPECT_EQ(all["scope"], "a b");
  const auto* grant = service->find(all["access_token"].get<std::string>());
  ASSERT_NE(grant, nullptr);
  EXPECT_FALSE(grant->privileged);
  EXPECT_EQ(grant->client_id, "plain");
}

TEST_F(SandboxToken, WantsTheCodeOfThisStepBeforeTheSecret) {
  EXPECT_EQ(ask_with_code(0s).status, 200U);
  EXPECT_EQ(ask("client_id=gov&client_secret=secret").status, 401U) << "no code";
  EXPECT_EQ(ask_with_code(-30s).status, 401U) << "the code of the step before";
  EXPECT_EQ(ask_with_code(30s).status, 401U);
  clock.advance(12'999ms);
  EXPECT_EQ(ask_with_code(0s).status, 200U) << "the last moment of the step";
}

TEST_F(SandboxToken, KeepsAClockThatIsWrong) {
  EXPECT_EQ(ask_with_code(0s, 90s).status, 401U) << "for one request";
  EXPECT_EQ(ask_with_code(90s, 90s).status, 200U);
  options.clock_skew = -60s;
  service.reset();
  EXPECT_EQ(ask_with_code(0s).status, 401U) << "for all";
  EXPECT_EQ(ask_with_code(-60s).status, 200U);
}

TEST_F(SandboxToken, EndsTokensByTimeOrByOrder) {
  options.life = 60s;
  const auto body = json::parse(ask("client_id=plain&client_secret=old").body);
  EXPECT_EQ(body["expires_in"], 60);
  const auto token = body["access_token"].get<std::string>();
  clock.advance(59s);
  EXPECT_NE(service->find(token), nullptr);
  clock.advance(1s);
  EXPECT_EQ(service->find(token), nullptr);
  EXPECT_EQ(service->owner(token), "plain") << "an ended token still says whose it was";
  const auto second = json::parse(ask("client_id=plain&client_secret=old").body);
  service->end(second["access_token"].get<std::string>());
  EXPECT_EQ(service->find(second["access_token"].get<std::string>()), nullptr);
  EXPECT_EQ(service->owner("made up"), "");
}

}  // namespace
}  // namespace ig::adapters::sandbox
