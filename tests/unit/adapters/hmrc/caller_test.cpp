#include "adapters/hmrc/caller.hpp"

#include "tests/support/hmrc_world.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <numeric>

namespace ig::adapters::hmrc {
namespace {

using namespace std::chrono_literals;
using core::base::Deadline;
using core::base::ErrorCode;
using core::delivery::BreakerState;
using core::ports::Fetched;
using core::ports::FetchResult;
using core::ports::NextMove;
using core::ports::Purpose;
using Answered = core::base::Result<http::Response>;
using tests::support::Fault;
using tests::support::FaultyClient;
using tests::support::HmrcWorld;

http::Response answer(unsigned status, std::string body = {},
                      std::vector<http::Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}
core::base::Error silence(ErrorCode code = ErrorCode::UNAVAILABLE) {
  return core::base::fail(code, {}, "planted");
}

class CallerTest : public ::testing::Test {
 protected:
  CallerTest()
      : world_([this](const http::Request&) -> Answered {
          if (script_.empty()) return silence();
          Answered next = script_.front();
          script_.pop_front();
          return next;
        }) {
    post_.interface = Interface::rtii;
    post_.version = Version::v1_0;
    post_.request = {"POST", "/rtii", {{"Accept", "application/json"}}, "{}"};
    post_.correlation_id = "c-1";
    get_.interface = Interface::income;
    get_.version = Version::v2_0;
    get_.request = {"GET", "/individuals/income/", {}, {}};
  }

  Fetched call(const Call& call, std::chrono::milliseconds within = 60s) {
    return caller_.call(call, Deadline::in(within));
  }
  std::deque<http::Request> sent() {
    return {world_.client.requests.begin(), world_.client.requests.end()};
  }

  std::deque<Answered> script_;
  HmrcWorld world_;
  Caller caller_{world_.client, world_.tokens, world_.budget,
                 world_.clock,  world_.random, world_.options()};
  Call post_;
  Call get_;
};

TEST_F(CallerTest, GivesTheAnswerWithWhatMustBeKeptOfIt) {
  script_ = {answer(200, R"({"matchPattern":63})")};
  const Fetched fetched = call(post_);
  EXPECT_EQ(fetched.result, FetchResult::matched);
  EXPECT_EQ(fetched.next, NextMove::use);
  EXPECT_EQ(fetched.status, 200);
  EXPECT_EQ(fetched.code, "");
  EXPECT_EQ(fetched.raw, R"({"matchPattern":63})");
  EXPECT_EQ(fetched.interface, "rtii-1.0");
  EXPECT_EQ(fetched.correlation_id, "c-1");
  EXPECT_EQ(fetched.calls, 1U);
  ASSERT_EQ(sent().size(), 1U);
  EXPECT_EQ(*http::find(sent()[0].headers, "Authorization"), "Bearer token-1");
  EXPECT_EQ(*http::find(sent()[0].headers, "Accept"), "application/json");
}

TEST_F(CallerTest, TakesAPlaceForEachRequestOnceTheConnectionStands) {
  std::vector<std::string> order;
  world_.client.on_prepare = [&]() -> core::base::Result<void> {
    order.emplace_back("connection");
    return {};
  };
  world_.budget.on_take = [&] { order.emplace_back("place"); };
  world_.answer_by([&](const http::Request&) -> Answered {
    order.emplace_back("request");
    return order.size() < 4 ? answer(500) : answer(200);
  });
  get_.purpose = Purpose::initial;
  EXPECT_EQ(call(get_).calls, 2U);
  EXPECT_EQ(order, (std::vector<std::string>{"connection", "place", "request", "connection",
                                             "place", "request"}));
  EXPECT_EQ(world_.budget.taken, (std::vector<Purpose>{Purpose::initial, Purpose::initial}));
}

TEST_F(CallerTest, TakesNoPlaceWhenNoConnectionStands) {
  world_.client.on_prepare = [] {
    return core::base::Result<void>(silence(ErrorCode::TLS_FAILED));
  };
  const Fetched fetched = call(post_);
  EXPECT_EQ(fetched.result, FetchResult::config_fault);
  EXPECT_EQ(fetched.next, NextMove::park);
  EXPECT_EQ(fetched.code, "TLS_FAILED");
  EXPECT_EQ(fetched.calls, 0U);
  EXPECT_TRUE(world_.budget.taken.empty());
}

TEST_F(CallerTest, ReplaysOnceWithANewTokenAfterA401) {
  script_ = {answer(401, R"({"code":"INVALID_CREDENTIALS"})"), answer(200, "{}")};
  const Fetched fetched = call(post_);
  EXPECT_EQ(fetched.result, FetchResult::matched);
  EXPECT_EQ(fetched.calls, 2U);
  EXPECT_EQ(*http::find(sent()[1].headers, "Authorization"), "Bearer token-2");
  EXPECT_EQ(sent()[0].body, sent()[1].body);
  EXPECT_TRUE(world_.waits.empty());
}

TEST_F(CallerTest, GivesUpWhenTheNewTokenIsRefusedToo) {
  script_ = {answer(401), answer(401, R"({"code":"INVALID_CREDENTIALS"})"), answer(200)};
  const Fetched fetched = call(post_);
  EXPECT_EQ(fetched.result, FetchResult::not_permitted);
  EXPECT_EQ(fetched.next, NextMove::park);
  EXPECT_EQ(fetched.code, "INVALID_CREDENTIALS");
  EXPECT_EQ(fetched.calls, 2U);
  EXPECT_EQ(world_.token_client.requests.size(), 2U);
}

TEST_F(CallerTest, TriesWhatIsTransientAgainWithGrowingWaits) {
  script_ = {answer(503), silence(), answer(200, "{}")};
  const Fetched fetched = call(get_);
  EXPECT_EQ(fetched.result, FetchResult::matched);
  EXPECT_EQ(fetched.calls, 3U);
  ASSERT_EQ(world_.waits.size(), 2U);
  EXPECT_LE(world_.waits[0], 500ms);
  EXPECT_LE(world_.waits[1], 1'000ms);
}

TEST_F(CallerTest, MakesNoMoreAttemptsThanItIsAllowed) {
  script_ = {answer(500), answer(502), answer(504), answer(200)};
  const Fetched fetched = call(get_);
  EXPECT_EQ(fetched.result, FetchResult::transient);
  EXPECT_EQ(fetched.status, 504);
  EXPECT_EQ(fetched.calls, 3U);
}

TEST_F(CallerTest, DoesNotRetryWhatHmrcKeepsForAQuarterHourNorWhatIsRefused) {
  for (const auto& [status, next] :
       {std::pair{500U, NextMove::retry_new}, std::pair{400U, NextMove::alarm},
        std::pair{403U, NextMove::park}}) {
    script_ = {answer(status, R"({"code":"SERVER_ERROR"})"), answer(200)};
    const Fetched fetched = call(post_);
    EXPECT_EQ(fetched.next, next) << status;
    EXPECT_EQ(fetched.calls, 1U) << status;
  }
  EXPECT_TRUE(world_.waits.empty());
}

TEST_F(CallerTest, StartsNoWaitThatWouldPassTheDeadline) {
  script_ = {answer(503, {}, {{"Retry-After", "61"}}), answer(200)};
  const Fetched fetched = call(get_, 60s);
  EXPECT_EQ(fetched.result, FetchResult::transient);
  EXPECT_EQ(fetched.retry_after, 61s);
  EXPECT_EQ(fetched.calls, 1U);
  EXPECT_TRUE(world_.waits.empty());
}

TEST_F(CallerTest, LeavesABackEndAloneAsLongAsItAsks) {
  script_ = {answer(503, {}, {{"Retry-After", "100"}}), answer(200, "{}")};
  EXPECT_EQ(call(get_).calls, 1U);
  world_.clock.advance(30s);
  const Fetched held = call(get_);
  EXPECT_EQ(held.result, FetchResult::transient);
  EXPECT_EQ(held.code, "RETRY_AFTER");
  EXPECT_EQ(held.retry_after, 70s);
  EXPECT_EQ(held.calls, 0U);
  world_.clock.advance(30s);
  EXPECT_EQ(call(get_).result, FetchResult::matched);
  EXPECT_EQ(world_.waits, (std::vector{40'000ms}));
}

TEST_F(CallerTest, TellsTheBudgetOfA429AndComesBackInTime) {
  script_ = {answer(429, R"({"code", "MESSAGE_THROTTLED_OUT"})"),
             answer(429, R"({"code":"TOO_MANY_REQUESTS"})", {{"Retry-After", "7"}}),
             answer(200, "{}")};
  const Fetched fetched = call(post_);
  EXPECT_EQ(fetched.result, FetchResult::matched);
  ASSERT_EQ(world_.budget.throttles.size(), 2U);
  EXPECT_FALSE(world_.budget.throttles[0].has_value());
  EXPECT_EQ(world_.budget.throttles[1], 7s);
  EXPECT_GE(world_.waits[0], 1s);
  EXPECT_GE(world_.waits[1], 7s);
}

TEST_F(CallerTest, CutsARetryAfterOfTwoDays) {
  script_ = {answer(429, {}, {{"Retry-After", "172800"}})};
  EXPECT_EQ(call(post_).retry_after, core::base::limits::retry_after_max);
  EXPECT_EQ(world_.budget.throttles[0], core::base::limits::retry_after_max);
}

TEST_F(CallerTest, SaysWhyTheBudgetGaveNoPlace) {
  world_.budget.refuse = silence(ErrorCode::THROTTLED);
  EXPECT_EQ(call(post_).result, FetchResult::throttled);
  world_.budget.refuse = silence(ErrorCode::DEADLINE);
  EXPECT_EQ(call(post_).code, "DEADLINE");
  world_.budget.refuse = silence(ErrorCode::STORE_FAILED);
  EXPECT_EQ(call(post_).next, NextMove::park);
  EXPECT_TRUE(sent().empty());
}

TEST_F(CallerTest, FollowsOneRedirectOfAGetOnTheSameOrigin) {
  for (const char* location : {"/elsewhere?a=b", "https://hmrc.example/elsewhere?a=b",
                               "HTTPS://HMRC.EXAMPLE:443/elsewhere?a=b"}) {
    world_.client.requests.clear();
    script_ = {answer(307, {}, {{"location", location}}), answer(200, "{}")};
    EXPECT_EQ(call(get_).result, FetchResult::matched) << location;
    ASSERT_EQ(sent().size(), 2U);
    EXPECT_EQ(sent()[1].target, "/elsewhere?a=b");
    EXPECT_EQ(*http::find(sent()[1].headers, "Authorization"), "Bearer token-1");
  }
}

TEST_F(CallerTest, SendsNothingAnywhereElse) {
  for (const char* location :
       {"https://evil.example/", "//evil.example/", "http://hmrc.example/", "https://hmrc.example",
        "https://hmrc.example:8443/", "https://hmrc.example.evil.example/", "elsewhere", "",
        "https://hmrc.example@evil.example/", "/a b", "/a#b", "https:///a"}) {
    world_.client.requests.clear();
    script_ = {answer(302, {}, {{"Location", location}}), answer(200, "{}")};
    const Fetched fetched = call(get_);
    EXPECT_EQ(fetched.result, FetchResult::config_fault) << location;
    EXPECT_EQ(fetched.next, NextMove::alarm) << location;
    EXPECT_EQ(sent().size(), 1U) << location;
    script_.clear();
  }
}

TEST_F(CallerTest, FollowsNoSecondRedirectNoneOfAPostAndNoneWithoutALocation) {
  const auto moved = answer(301, {}, {{"Location", "/a"}});
  script_ = {moved, moved, answer(200)};
  EXPECT_EQ(call(get_).calls, 2U);
  script_ = {moved, answer(200)};
  EXPECT_EQ(call(post_).result, FetchResult::config_fault);
  script_ = {answer(301), answer(200)};
  EXPECT_EQ(call(get_).result, FetchResult::config_fault);
  script_ = {answer(304, {}, {{"Location", "/a"}}), answer(200)};
  EXPECT_EQ(call(get_).calls, 1U);
}

TEST_F(CallerTest, TakesAPageForAPage) {
  for (const unsigned status : {200U, 203U, 403U}) {
    script_ = {answer(status, "<html>canary</html>", {{"content-type", "Text/HTML; charset=x"}})};
    const Fetched fetched = call(post_);
    EXPECT_EQ(fetched.result, FetchResult::config_fault) << status;
    EXPECT_EQ(fetched.next, NextMove::alarm) << status;
    EXPECT_EQ(fetched.code, "BAD_REPLY") << status;
  }
  script_ = {answer(504, "<html>", {{"content-type", "text/html"}}), answer(200, "{}")};
  EXPECT_EQ(call(post_).result, FetchResult::matched);
}

TEST_F(CallerTest, MakesNoCallWhenNoTimeIsLeft) {
  const Fetched fetched =
      caller_.call(post_, Deadline{std::chrono::steady_clock::time_point::min()});
  EXPECT_EQ(fetched.result, FetchResult::transient);
  EXPECT_EQ(fetched.code, "DEADLINE");
  EXPECT_EQ(fetched.calls, 0U);
  EXPECT_TRUE(world_.token_client.requests.empty());
}

TEST_F(CallerTest, KeepsOneAttemptWithinItsLimit) {
  script_ = {answer(200, "{}")};
  (void)call(post_, 1h);
  EXPECT_LE(world_.client.deadlines[0].at, std::chrono::steady_clock::now() + 10s);
}

TEST_F(CallerTest, CallsATokenThatCannotBeReadAWrongAddress) {
  tests::support::ScriptedClient page([](const http::Request&) { return answer(200, "<html>"); });
  TokenSource tokens(page, world_.clock, {.client_secret_file = world_.folder.write("s2", "s")});
  Caller caller(world_.client, tokens, world_.budget, world_.clock, world_.random,
                world_.options());
  const Fetched fetched = caller.call(post_, Deadline::in(60s));
  EXPECT_EQ(fetched.result, FetchResult::config_fault);
  EXPECT_EQ(fetched.next, NextMove::park);
  EXPECT_EQ(fetched.code, "BAD_REPLY");
  EXPECT_TRUE(sent().empty());
}

TEST_F(CallerTest, OpensTheBreakerAndLetsOneProbeThrough) {
  world_.answer_by([](const http::Request&) -> Answered { return answer(500); });
  for (int i = 0; i < 20; ++i) (void)call(post_);
  EXPECT_EQ(caller_.breaker(), BreakerState::open);
  EXPECT_EQ(sent().size(), 20U);
  const Fetched held = call(post_);
  EXPECT_EQ(held.result, FetchResult::transient);
  EXPECT_EQ(held.code, "BREAKER_OPEN");
  EXPECT_EQ(held.calls, 0U);
  EXPECT_EQ(sent().size(), 20U);
  world_.clock.advance(30s);
  EXPECT_EQ(call(post_).calls, 1U);
  EXPECT_EQ(caller_.breaker(), BreakerState::open);
  EXPECT_EQ(call(post_).code, "BREAKER_OPEN");
  world_.clock.advance(30s);
  world_.answer_by([](const http::Request&) -> Answered { return answer(200, "{}"); });
  EXPECT_EQ(call(post_).result, FetchResult::matched);
  EXPECT_EQ(caller_.breaker(), BreakerState::closed);
}

TEST_F(CallerTest, CountsAConnectionThatDoesNotStandAsFailing) {
  world_.client.on_prepare = [] { return core::base::Result<void>(silence()); };
  for (int i = 0; i < 20 && caller_.breaker() == BreakerState::closed; ++i) (void)call(post_);
  EXPECT_EQ(caller_.breaker(), BreakerState::open);
  EXPECT_EQ(call(post_).code, "BREAKER_OPEN");
}

TEST_F(CallerTest, StopsRetryingWhenMostCallsFail) {
  auto options = world_.options();
  options.breaker.calls_min = 1'000;
  Caller caller(world_.client, world_.tokens, world_.budget, world_.clock, world_.random, options);
  world_.answer_by([](const http::Request&) -> Answered { return answer(502); });
  for (int i = 0; i < 10; ++i) (void)caller.call(get_, Deadline::in(60s));
  EXPECT_EQ(caller.call(get_, Deadline::in(60s)).calls, 1U);
}

TEST_F(CallerTest, ComesThroughWhicheverOperationFails) {
  for (const Fault fault : {Fault::request_lost, Fault::answer_lost, Fault::too_late}) {
    for (std::size_t n = 0; n < 4; ++n) {
      HmrcWorld world([](const http::Request&) -> Answered { return answer(200, "{}"); });
      FaultyClient tokens_wire(world.token_client);
      FaultyClient wire(world.client);
      TokenSource tokens(tokens_wire, world.clock,
                         {.client_secret_file = world.folder.write("x", "s")});
      Caller caller(wire, tokens, world.budget, world.clock, world.random, world.options());
      if (n == 0) tokens_wire.faults = {fault};
      if (n >= 1) wire.faults.assign(n, fault);
      const Fetched fetched = caller.call(post_, Deadline::in(60s));
      const bool lost = n == 3;  // all three attempts
      EXPECT_EQ(fetched.result, lost ? FetchResult::transient : FetchResult::matched) << n;
      EXPECT_EQ(fetched.calls, n == 0 ? 1U : std::min<std::size_t>(n + 1, 3)) << n;
      EXPECT_LT(world.waited(), 60s);
    }
  }
}

TEST_F(CallerTest, NeverWaitsPastItsDeadlineInVirtualTime) {
  auto options = world_.options();
  options.attempts_max = 1'000;
  options.breaker.calls_min = 10'000;
  options.backoff = {1s, 60s};
  for (int i = 0; i < 20; ++i) {
    Caller caller(world_.client, world_.tokens, world_.budget, world_.clock, world_.random,
                  options);
    world_.answer_by([](const http::Request&) -> Answered { return answer(429); });
    world_.waits.clear();
    EXPECT_EQ(caller.call(post_, Deadline::in(30s)).result, FetchResult::throttled);
    EXPECT_LT(world_.waited(), 30s);
  }
}

}  // namespace
}  // namespace ig::adapters::hmrc
