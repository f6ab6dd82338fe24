#include "adapters/hmrc/token.hpp"

#include "tests/support/scripted_client.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace ig::adapters::hmrc {
namespace {

using namespace std::chrono_literals;
using core::base::Deadline;
using core::base::ErrorCode;
using core::base::ManualClock;
using tests::support::ScriptedClient;
using tests::support::TempFolder;

http::Response granted(const std::string& token, int life) {
  return {.status = 200,
          .headers = {},
          .body = R"({"access_token":")" + token + R"(","token_type":"bearer","expires_in":)" +
                  std::to_string(life) + "}"};
}

class Tokens : public ::testing::Test {
 protected:
  Tokens()
      : client_([this](const http::Request&) {
          return granted("token-" + std::to_string(client_.requests.size()), life_);
        }) {}

  TokenOptions options() {
    return {.client_id = "id one", .client_secret_file = folder_.write("secret", "s&cr=t\n")};
  }
  static Deadline soon() { return Deadline::in(30s); }

  int life_ = 14'400;
  TempFolder folder_;
  ManualClock clock_{std::chrono::sys_time<std::chrono::milliseconds>{1'800'000'000s}};
  ScriptedClient client_;
};

TEST_F(Tokens, AsksByClientCredentialsInAForm) {
  TokenOptions wanted = options();
  wanted.scope = "read:yearly";
  TokenSource tokens(client_, clock_, wanted);
  const auto token = tokens.token(soon());
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->reveal(), "token-1");
  ASSERT_EQ(client_.requests.size(), 1U);
  const http::Request& request = client_.requests[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/oauth/token");
  EXPECT_EQ(*http::find(request.headers, "content-type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(request.body,
            "grant_type=client_credentials&client_id=id%20one&client_secret=s%26cr%3Dt"
            "&scope=read%3Ayearly");
}

TEST_F(Tokens, KeepsATokenForFourFifthsOfItsLife) {
  TokenSource tokens(client_, clock_, options());
  ASSERT_TRUE(tokens.token(soon()).has_value());
  clock_.advance(11'520s - 1ms);
  EXPECT_EQ(tokens.token(soon())->reveal(), "token-1");
  clock_.advance(1ms);
  EXPECT_EQ(tokens.token(soon())->reveal(), "token-2");
  EXPECT_EQ(tokens.fetches(), 2U);
}

TEST_F(Tokens, RenewsAMinuteBeforeTheEndOfAShortLife) {
  life_ = 100;
  TokenSource tokens(client_, clock_, options());
  ASSERT_TRUE(tokens.token(soon()).has_value());
  clock_.advance(40s - 1ms);
  EXPECT_EQ(tokens.token(soon())->reveal(), "token-1");
  clock_.advance(1ms);
  EXPECT_EQ(tokens.token(soon())->reveal(), "token-2");
}

TEST_F(Tokens, ReadsTheSecretAtEachFetch) {
  TokenSource tokens(client_, clock_, options());
  ASSERT_TRUE(tokens.token(soon()).has_value());
  folder_.write("secret", "rotated");
  clock_.advance(24h);
  ASSERT_TRUE(tokens.token(soon()).has_value());
  EXPECT_NE(client_.requests[1].body.find("client_secret=rotated"), std::string::npos);
}

TEST_F(Tokens, FetchesAnewOnceWhenATokenIsRejected) {
  TokenSource tokens(client_, clock_, options());
  const auto first = tokens.token(soon());
  tokens.report_rejected(*first);
  const auto second = tokens.token(soon());
  EXPECT_EQ(second->reveal(), "token-2");
  tokens.report_rejected(*first);
  EXPECT_EQ(tokens.token(soon())->reveal(), "token-2");
  EXPECT_EQ(tokens.fetches(), 2U);
}

TEST_F(Tokens, MakesOneCallForAThousandThreads) {
  constexpr int count = 1'000;
  std::latch asked{count};
  ScriptedClient slow([&](const http::Request&) {
    asked.wait();
    return granted("shared", 14'400);
  });
  TokenSource tokens(slow, clock_, options());
  std::atomic<int> right{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&] {
      asked.count_down();
      const auto token = tokens.token(soon());
      if (token && token->reveal() == "shared") ++right;
    });
  }
  threads.clear();
  EXPECT_EQ(right, count);
  EXPECT_EQ(slow.requests.size(), 1U);
  EXPECT_EQ(tokens.fetches(), 1U);
}

TEST_F(Tokens, LetsAWaitingThreadGoWhenItsDeadlinePasses) {
  std::latch fetching{1};
  std::latch release{1};
  ScriptedClient stuck([&](const http::Request&) {
    fetching.count_down();
    release.wait();
    return granted("late", 14'400);
  });
  TokenSource tokens(stuck, clock_, options());
  std::jthread first([&] { EXPECT_TRUE(tokens.token(soon()).has_value()); });
  fetching.wait();
  const auto second = tokens.token(Deadline::in(1ms));
  release.count_down();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::DEADLINE);
}

TEST_F(Tokens, AsksItselfWhenTheFetchItWaitedForRanOutOfTime) {
  std::latch fetching{1};
  std::latch release{1};
  std::atomic<int> calls{0};
  ScriptedClient client([&](const http::Request&) -> core::base::Result<http::Response> {
    if (++calls > 1) return granted("mine", 14'400);
    fetching.count_down();
    release.wait();
    return core::base::fail(ErrorCode::DEADLINE, {}, "planted");
  });
  TokenSource tokens(client, clock_, options());
  std::jthread first([&] { EXPECT_FALSE(tokens.token(soon()).has_value()); });
  fetching.wait();
  std::jthread second([&] {
    release.count_down();
    const auto token = tokens.token(soon());
    EXPECT_TRUE(token.has_value());
  });
}

TEST_F(Tokens, MakesNoCallWhenNoTimeIsLeft) {
  TokenSource tokens(client_, clock_, options());
  const auto token = tokens.token(Deadline{std::chrono::steady_clock::time_point::min()});
  ASSERT_FALSE(token.has_value());
  EXPECT_EQ(token.error().code, ErrorCode::DEADLINE);
  EXPECT_TRUE(client_.requests.empty());
}

TEST_F(Tokens, KeepsTheCallWithinItsLimit) {
  TokenOptions wanted = options();
  wanted.call_limit = 200ms;
  TokenSource tokens(client_, clock_, wanted);
  ASSERT_TRUE(tokens.token(Deadline::in(1h)).has_value());
  EXPECT_LE(client_.deadlines[0].at, std::chrono::steady_clock::now() + 200ms);
}

TEST_F(Tokens, SaysThatTheSecretFileCannotBeRead) {
  TokenOptions wanted = options();
  wanted.client_secret_file = folder_.file("absent");
  TokenSource tokens(client_, clock_, wanted);
  const auto token = tokens.token(soon());
  ASSERT_FALSE(token.has_value());
  EXPECT_EQ(token.error().code, ErrorCode::UNREADABLE);
  EXPECT_TRUE(client_.requests.empty());
}

TEST_F(Tokens, TellsRefusalsApartByStatus) {
  const std::pair<unsigned, ErrorCode> cases[] = {
      {400, ErrorCode::UNAUTHORISED}, {401, ErrorCode::UNAUTHORISED},
      {403, ErrorCode::UNAUTHORISED}, {429, ErrorCode::THROTTLED},
      {408, ErrorCode::UNAVAILABLE},  {500, ErrorCode::UNAVAILABLE},
      {503, ErrorCode::UNAVAILABLE},  {301, ErrorCode::BAD_REPLY},
      {404, ErrorCode::BAD_REPLY},    {201, ErrorCode::BAD_REPLY}};
  for (const auto& [status, code] : cases) {
    ScriptedClient refusing([given = status](const http::Request&) {
      return http::Response{.status = given, .headers = {}, .body = R"({"error":"canary"})"};
    });
    TokenSource tokens(refusing, clock_, options());
    const auto token = tokens.token(soon());
    ASSERT_FALSE(token.has_value()) << status;
    EXPECT_EQ(token.error().code, code) << status;
    EXPECT_EQ(token.error().message.find("canary"), std::string::npos);
  }
}

TEST_F(Tokens, RefusesAnswersThatBreakTheContractAndNeverShowsThem) {
  const char* bodies[] = {
      "",
      "[]",
      "not json",
      R"({"token_type":"bearer","expires_in":10})",
      R"({"access_token":"","token_type":"bearer","expires_in":10})",
      R"({"access_token":7,"token_type":"bearer","expires_in":10})",
      R"({"access_token":"canary\r\nX: y","token_type":"bearer","expires_in":10})",
      R"({"access_token":"canary","expires_in":10})",
      R"({"access_token":"canary","token_type":"mac","expires_in":10})",
      R"({"access_token":"canary","token_type":"bearer"})",
      R"({"access_token":"canary","token_type":"bearer","expires_in":"10"})",
      R"({"access_token":"canary","token_type":"bearer","expires_in":0})",
      R"({"access_token":"canary","token_type":"bearer","expires_in":-1})",
      R"({"access_token":"canary","token_type":"bearer","expires_in":86401})",
      R"({"access_token":"canary","token_type":"bearer","expires_in":1.5})",
      R"({"access_token":"canary","token_type":"bearer","expires_in":1e3})",
      R"({"access_token":"canary","token_type":"bearer","expires_in":99999999999999999999})",
  };
  for (const char* body : bodies) {
    ScriptedClient broken([body](const http::Request&) {
      return http::Response{.status = 200, .headers = {}, .body = body};
    });
    TokenSource tokens(broken, clock_, options());
    const auto token = tokens.token(soon());
    ASSERT_FALSE(token.has_value()) << body;
    EXPECT_EQ(token.error().code, ErrorCode::BAD_REPLY) << body;
    EXPECT_EQ(token.error().message.find("canary"), std::string::npos) << body;
  }
}

TEST_F(Tokens, TakesTheTokenTypeWithoutCase) {
  ScriptedClient client([](const http::Request&) {
    return http::Response{
        .status = 200,
        .headers = {},
        .body = R"({"access_token":"a.b-c_d~e+f/g=","token_type":"Bearer","expires_in":86400})"};
  });
  TokenSource tokens(client, clock_, options());
  const auto token = tokens.token(soon());
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->reveal(), "a.b-c_d~e+f/g=");
}

TEST_F(Tokens, AsksAgainAfterAFailure) {
  int calls = 0;
  ScriptedClient client([&](const http::Request&) -> core::base::Result<http::Response> {
    if (++calls == 1) return core::base::fail(ErrorCode::UNAVAILABLE, {}, "planted");
    return granted("second", 3'600);
  });
  TokenSource tokens(client, clock_, options());
  EXPECT_EQ(tokens.token(soon()).error().code, ErrorCode::UNAVAILABLE);
  EXPECT_EQ(tokens.token(soon())->reveal(), "second");
}

TEST_F(Tokens, RenewsEarlierByAChancePartOfATwentieth) {
  core::base::SeededRandom random(3);
  std::vector<std::chrono::milliseconds> ages;
  for (int i = 0; i < 50; ++i) {
    TokenSource tokens(client_, clock_, options(), &random);
    ASSERT_TRUE(tokens.token(soon()).has_value());
    const auto began = clock_.now();
    while (tokens.fetches() == 1) {
      clock_.advance(10s);
      ASSERT_TRUE(tokens.token(soon()).has_value());
    }
    ages.push_back(clock_.now() - began);
  }
  const auto [least, most] = std::ranges::minmax(ages);
  EXPECT_GE(least, 10'800s);
  EXPECT_LE(most, 11'520s + 10s);
  EXPECT_GT(most - least, 300s);
}

TEST_F(Tokens, ServesAnOldTokenToItsEndWhileTheServiceIsDown) {
  bool down = false;
  int calls = 0;
  ScriptedClient client([&](const http::Request&) -> core::base::Result<http::Response> {
    ++calls;
    if (down) return core::base::fail(ErrorCode::UNAVAILABLE, {}, "planted");
    return granted("only", 14'400);
  });
  TokenSource tokens(client, clock_, options());
  ASSERT_TRUE(tokens.token(soon()).has_value());
  down = true;
  clock_.advance(11'520s);
  EXPECT_EQ(tokens.token(soon())->reveal(), "only");
  EXPECT_EQ(tokens.token(soon())->reveal(), "only");
  EXPECT_EQ(calls, 2);
  clock_.advance(30s);
  EXPECT_EQ(tokens.token(soon())->reveal(), "only");
  EXPECT_EQ(calls, 3);
  clock_.advance(2'850s - 1ms);
  EXPECT_TRUE(tokens.token(soon()).has_value());
  clock_.advance(1ms);
  EXPECT_EQ(tokens.token(soon()).error().code, ErrorCode::UNAVAILABLE);
}

TEST_F(Tokens, NeverServesATokenThatWasRejectedOrAClientThatIsRefused) {
  unsigned status = 200;
  ScriptedClient client([&](const http::Request&) -> core::base::Result<http::Response> {
    if (status == 200) return granted("only", 14'400);
    return http::Response{.status = status, .headers = {}, .body = {}};
  });
  TokenSource tokens(client, clock_, options());
  const auto first = tokens.token(soon());
  status = 503;
  tokens.report_rejected(*first);
  EXPECT_EQ(tokens.token(soon()).error().code, ErrorCode::UNAVAILABLE);
  status = 200;
  ASSERT_TRUE(tokens.token(soon()).has_value());
  status = 401;
  clock_.advance(11'520s);
  EXPECT_EQ(tokens.token(soon()).error().code, ErrorCode::UNAUTHORISED);
}

TEST_F(Tokens, LeavesAServiceAloneThatMostlyFails) {
  ScriptedClient client([](const http::Request&) -> core::base::Result<http::Response> {
    return core::base::fail(ErrorCode::UNAVAILABLE, {}, "planted");
  });
  TokenSource tokens(client, clock_, options());
  for (int i = 0; i < 30; ++i) EXPECT_FALSE(tokens.token(soon()).has_value());
  EXPECT_EQ(client.requests.size(), 20U);
  clock_.advance(30s);
  EXPECT_FALSE(tokens.token(soon()).has_value());
  EXPECT_EQ(client.requests.size(), 21U);
}

/// A token service that takes certain client secrets, and tells of each it was given.
class Refusing : public Tokens {
 protected:
  Refusing()
      : service_([this](const http::Request& request) {
          const std::string_view name = "client_secret=";
          given_.push_back(request.body.substr(request.body.find(name) + name.size()));
          for (const std::string& taken : taken_) {
            if (given_.back() == taken) return granted("token", 14'400);
          }
          return http::Response{
              .status = status_, .headers = {}, .body = R"({"error":"invalid_client"})"};
        }) {}

  TokenOptions privileged() {
    TokenOptions out = options();
    out.client_secret_file = folder_.write("secret", "hush");
    out.totp_key_file =
        folder_.write("key",
                      "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                      "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA=\n");
    out.wait = [this](std::chrono::nanoseconds wait) {
      waits_.push_back(wait);
      clock_.advance(std::chrono::ceil<std::chrono::milliseconds>(wait));
    };
    return out;
  }

  unsigned status_ = 401;
  std::vector<std::string> taken_;
  std::vector<std::string> given_;
  std::vector<std::chrono::nanoseconds> waits_;
  ScriptedClient service_;
};

TEST_F(Refusing, TriesTheNextSecretAndRemembersTheOneThatWasTaken) {
  TokenOptions wanted = options();
  wanted.client_secret_file = folder_.write("secret", "one\r\ntwo\n\nthree\n");
  TokenSource tokens(service_, clock_, wanted);
  taken_ = {"two"};
  ASSERT_TRUE(tokens.token(soon()).has_value());
  EXPECT_EQ(given_, (std::vector<std::string>{"one", "two"}));
  clock_.advance(24h);
  ASSERT_TRUE(tokens.token(soon()).has_value());
  EXPECT_EQ(given_.size(), 3U);
  EXPECT_EQ(given_.back(), "two");
  taken_ = {"three"};
  clock_.advance(24h);
  ASSERT_TRUE(tokens.token(soon()).has_value());
  EXPECT_EQ(given_, (std::vector<std::string>{"one", "two", "two", "two", "one", "three"}));
  folder_.write("secret", "four");
  taken_ = {"four"};
  clock_.advance(24h);
  ASSERT_TRUE(tokens.token(soon()).has_value());
  EXPECT_EQ(given_.size(), 7U);
}

TEST_F(Refusing, TriesNoOtherSecretForAnotherReason) {
  TokenOptions wanted = options();
  wanted.client_secret_file = folder_.write("secret", "one\ntwo");
  ScriptedClient client([](const http::Request&) {
    return http::Response{.status = 400, .headers = {}, .body = R"({"error":"invalid_scope"})"};
  });
  TokenSource tokens(client, clock_, wanted);
  EXPECT_EQ(tokens.token(soon()).error().code, ErrorCode::UNAUTHORISED);
  EXPECT_EQ(client.requests.size(), 1U);
}

TEST_F(Refusing, TakesFiveSecretsAndNoSixth) {
  TokenOptions wanted = options();
  wanted.client_secret_file = folder_.write("secret", "1\n2\n3\n4\n5\n");
  taken_ = {"5"};
  TokenSource tokens(service_, clock_, wanted);
  EXPECT_TRUE(tokens.token(soon()).has_value());
  folder_.write("secret", "1\n2\n3\n4\n5\n6\n");
  clock_.advance(24h);
  const auto token = tokens.token(soon());
  ASSERT_FALSE(token.has_value());
  EXPECT_EQ(token.error().code, ErrorCode::CONFIG_INVALID);
  EXPECT_EQ(given_.size(), 5U);
}

TEST_F(Refusing, PutsTheCodeOfTheMomentBeforeTheSecret) {
  clock_ = ManualClock{std::chrono::sys_time<std::chrono::milliseconds>{1'111'111'109s}};
  taken_ = {"25091201hush"};  // RFC 6238 appendix B
  TokenSource tokens(service_, clock_, privileged());
  ASSERT_TRUE(tokens.token(soon()).has_value());
  EXPECT_TRUE(waits_.empty());
  clock_ = ManualClock{std::chrono::sys_time<std::chrono::milliseconds>{1'234'567'890s}};
  taken_ = {"93441116hush"};
  ASSERT_TRUE(tokens.token(soon()).has_value());
  EXPECT_EQ(given_, (std::vector<std::string>{"25091201hush", "93441116hush"}));
}

TEST_F(Refusing, TriesOnceMoreWithTheNextCode) {
  clock_ = ManualClock{std::chrono::sys_time<std::chrono::milliseconds>{1'111'111'109s}};
  taken_ = {"99943326hush"};  // the code of 1,111,111,111
  TokenSource tokens(service_, clock_, privileged());
  ASSERT_TRUE(tokens.token(Deadline::in(1min)).has_value());
  EXPECT_EQ(given_, (std::vector<std::string>{"25091201hush", "99943326hush"}));
  EXPECT_EQ(waits_, (std::vector<std::chrono::nanoseconds>{1s}));
}

TEST_F(Refusing, GivesUpAfterTheNextCode) {
  status_ = 400;
  TokenSource tokens(service_, clock_, privileged());
  const auto token = tokens.token(Deadline::in(5min));
  ASSERT_FALSE(token.has_value());
  EXPECT_EQ(token.error().code, ErrorCode::UNAUTHORISED);
  EXPECT_EQ(token.error().message.find("hush"), std::string::npos);
  EXPECT_EQ(given_.size(), 2U);
  EXPECT_NE(given_[0].substr(0, 8), given_[1].substr(0, 8));
}

TEST_F(Refusing, DoesNotWaitPastItsDeadlineForTheNextCode) {
  TokenSource tokens(service_, clock_, privileged());
  EXPECT_FALSE(tokens.token(Deadline::in(5s)).has_value());
  EXPECT_EQ(given_.size(), 1U);
  EXPECT_TRUE(waits_.empty());
}

TEST_F(Refusing, SaysThatTheKeyOfCodesIsNoKey) {
  TokenOptions wanted = privileged();
  wanted.totp_key_file = folder_.write("key", "canary!");
  TokenSource tokens(service_, clock_, wanted);
  const auto token = tokens.token(soon());
  ASSERT_FALSE(token.has_value());
  EXPECT_EQ(token.error().code, ErrorCode::CONFIG_INVALID);
  EXPECT_EQ(token.error().message.find("canary"), std::string::npos);
  wanted.totp_key_file = folder_.file("absent");
  TokenSource without(service_, clock_, wanted);
  EXPECT_EQ(without.token(soon()).error().code, ErrorCode::UNREADABLE);
  EXPECT_TRUE(service_.requests.empty());
}

TEST_F(Tokens, TakeNoAnswerThatIsCutAnywhere) {
  const std::string whole = granted("token", 14'400).body;
  for (std::size_t n = 0; n < whole.size(); ++n) {
    ScriptedClient cut([&](const http::Request&) {
      return http::Response{.status = 200, .headers = {}, .body = whole.substr(0, n)};
    });
    TokenSource tokens(cut, clock_, options());
    const auto token = tokens.token(soon());
    ASSERT_FALSE(token.has_value()) << n;
    EXPECT_EQ(token.error().code, ErrorCode::BAD_REPLY) << n;
  }
}

}  // namespace
}  // namespace ig::adapters::hmrc
