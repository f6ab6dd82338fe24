#include "core/ports/case_system.hpp"

#include "adapters/case_system/case_system_client.hpp"
#include "adapters/wire/json/value.hpp"
#include "tests/support/dispatches.hpp"
#include "tests/support/transport.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

/// What every CaseSystem must do (core/ports/case_system.hpp), for each way to reach it.
namespace ig::tests {
namespace {

using namespace std::chrono_literals;
using adapters::case_system::WebhookCaseSystem;
using adapters::http::Peer;
using adapters::http::Request;
using adapters::http::Response;
using core::base::Deadline;
using core::base::ErrorCode;
using core::ports::Dispatch;
using core::ports::ReceiptOutcome;
using support::Fault;
using support::Way;

/// A case system as this suite needs it: verifies, applies each id once and in order.
class Imposter {
 public:
  explicit Imposter(const core::base::Clock& clock) : clock_(clock) {}

  Response handle(const Request& request) {
    const std::lock_guard lock(mutex_);
    if (status != 0) return {status, {{"Retry-After", "7"}}, R"({"reason":"AS_TOLD"})"};
    auto keys = adapters::case_system::WebhookKeys::parse(support::sample_secret);
    const auto now = core::values::Instant::of(clock_.now());
    if (!keys->verify(request.headers, request.body, now)) return {401, {}, {}};
    const auto event = reader_.read(request.body);
    if (!event) return {400, {}, {}};
    const std::string id{event->find("id")->text()};
    const std::string sequence{event->find("sequence")->text()};
    if (const auto known = applied.find(id); known != applied.end()) {
      if (known->second != request.body) return {409, {}, {}};
      ++redelivered;
      return answer(R"({"outcome":"APPLIED","duplicate":true})");
    }
    if (sequence <= last_) return {409, {}, {}};
    last_ = sequence;
    applied.emplace(id, request.body);
    return answer(R"({"outcome":"APPLIED","in_force":{"basis":"CURRENT","weekly_pence":68321}})");
  }

  std::map<std::string, std::string> applied;  ///< body by id
  int redelivered = 0;
  unsigned status = 0;       ///< not 0: every answer
  bool lose_answer = false;  ///< closes the connection after the next one is applied

 private:
  Response answer(std::string body) {
    Response response{200, {{"Content-Type", "application/json"}}, std::move(body)};
    response.unanswered = lose_answer;
    lose_answer = false;
    return response;
  }

  const core::base::Clock& clock_;
  std::mutex mutex_;
  adapters::wire::json::Reader reader_;
  std::string last_;
};

class CaseSystem : public ::testing::TestWithParam<Way> {
 protected:
  core::ports::CaseSystem& port() { return system_; }
  auto push(const Dispatch& dispatch) { return port().push(dispatch, Deadline::in(10s)); }

  support::TempFolder folder_;
  core::base::ManualClock clock_{std::chrono::sys_time<std::chrono::milliseconds>{1'770'717'601s}};
  Imposter imposter_{clock_};
  support::Transport transport_{GetParam(), [this](const Request& request, const Peer&) {
                                  return imposter_.handle(request);
                                }};
  std::unique_ptr<adapters::http::Client> client_ = transport_.connect();
  support::FaultyClient faulty_{*client_};
  WebhookCaseSystem system_{faulty_,
                            clock_,
                            {.target = "/triggers",
                             .secret_file = folder_.write("secret", support::sample_secret),
                             .event = {.site = "north"}}};
};

TEST_P(CaseSystem, IsPushedATriggerAndAnswersWithAReceipt) {
  const auto receipt = push(support::sample_dispatch());
  ASSERT_TRUE(receipt.has_value());
  EXPECT_EQ(receipt->status, 200);
  EXPECT_EQ(receipt->outcome, ReceiptOutcome::applied);
  EXPECT_FALSE(receipt->duplicate);
  ASSERT_TRUE(receipt->in_force.has_value());
  EXPECT_EQ(receipt->in_force->weekly, core::values::Money::pence(68'321));
}

TEST_P(CaseSystem, AppliesOnceWhatIsPushedTwice) {
  ASSERT_TRUE(push(support::sample_dispatch()).has_value());
  clock_.advance(10min);
  const auto again = push(support::sample_dispatch());
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->duplicate);
  EXPECT_EQ(imposter_.applied.size(), 1U);
}

TEST_P(CaseSystem, GivesEveryStatusAsAReceipt) {
  for (const unsigned status : {400U, 401U, 403U, 404U, 409U, 410U, 422U, 429U, 500U, 503U}) {
    imposter_.status = status;
    const auto receipt = push(support::sample_dispatch());
    ASSERT_TRUE(receipt.has_value()) << status;
    EXPECT_EQ(receipt->status, static_cast<int>(status));
    EXPECT_EQ(receipt->outcome, ReceiptOutcome::none);
    EXPECT_EQ(receipt->reason, "AS_TOLD");
    EXPECT_EQ(receipt->retry_after, 7s);
  }
  EXPECT_TRUE(imposter_.applied.empty());
}

TEST_P(CaseSystem, SaysThatTheSameIdCameWithOtherContent) {
  ASSERT_TRUE(push(support::sample_dispatch()).has_value());
  Dispatch other = support::sample_dispatch();
  other.trigger.direction = core::triggers::Direction::down;
  const auto receipt = push(other);
  ASSERT_TRUE(receipt.has_value());
  EXPECT_EQ(receipt->status, 409);
}

TEST_P(CaseSystem, MayHaveAppliedATriggerWhoseAnswerWasLost) {
  imposter_.lose_answer = true;
  const auto lost = push(support::sample_dispatch());
  ASSERT_FALSE(lost.has_value());
  EXPECT_EQ(lost.error().code, ErrorCode::UNAVAILABLE);
  EXPECT_EQ(imposter_.applied.size(), 1U);
  const auto again = push(support::sample_dispatch());
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->duplicate);
  EXPECT_EQ(imposter_.applied.size(), 1U);
}

TEST_P(CaseSystem, AppliesEachTriggerOnceWhicheverPushFails) {
  std::int64_t sequence = 0;
  for (const Fault fault : {Fault::request_lost, Fault::answer_lost, Fault::too_late}) {
    for (std::size_t n = 0; n < 4; ++n) {
      faulty_.faults.assign(n, Fault::none);
      faulty_.faults.push_back(fault);
      const std::size_t before = imposter_.applied.size();
      for (std::int64_t i = 0; i < 4; ++i) {
        Dispatch dispatch = support::sample_dispatch(++sequence);
        dispatch.trigger.id.replace(0, 4, std::to_string(1'000 + sequence));
        auto receipt = push(dispatch);
        if (!receipt) receipt = push(dispatch);
        ASSERT_TRUE(receipt.has_value());
        EXPECT_EQ(receipt->outcome, ReceiptOutcome::applied);
      }
      EXPECT_EQ(imposter_.applied.size(), before + 4);
    }
  }
}

TEST_P(CaseSystem, IsNotCalledAfterTheDeadline) {
  const auto receipt = port().push(support::sample_dispatch(),
                                   Deadline{std::chrono::steady_clock::time_point::min()});
  ASSERT_FALSE(receipt.has_value());
  EXPECT_EQ(receipt.error().code, ErrorCode::DEADLINE);
  EXPECT_TRUE(imposter_.applied.empty());
}

INSTANTIATE_TEST_SUITE_P(Contract, CaseSystem, ::testing::Values(Way::in_process, Way::over_tls),
                         [](const auto& info) { return support::name(info.param); });

TEST(CaseSystemOverTls, IsGivenUpAtTheDeadlineWhenItIsSilent) {
  support::TempFolder folder;
  core::base::ManualClock clock{std::chrono::sys_time<std::chrono::milliseconds>{1'770'717'601s}};
  std::mutex mutex;
  std::condition_variable opened;
  bool open = false;
  support::Transport transport(Way::over_tls, [&](const Request&, const Peer&) {
    std::unique_lock lock(mutex);
    opened.wait(lock, [&] { return open; });
    return Response{204, {}, {}};
  });
  const auto client = transport.connect();
  WebhookCaseSystem target(*client, clock,
                           {.secret_file = folder.write("secret", support::sample_secret)});
  const auto receipt = target.push(support::sample_dispatch(), Deadline::in(200ms));
  {
    const std::lock_guard lock(mutex);
    open = true;
  }
  opened.notify_all();
  ASSERT_FALSE(receipt.has_value());
  EXPECT_EQ(receipt.error().code, ErrorCode::DEADLINE);
}

TEST(CaseSystemOverTls, IsNotSentToWhoCannotProveItsName) {
  support::TempFolder folder;
  core::base::ManualClock clock{std::chrono::sys_time<std::chrono::milliseconds>{1'770'717'601s}};
  const http::House house;
  const auto stranger = adapters::wire::crypto::CertificateAuthority::make("Other CA");
  bool called = false;
  const auto server = http::start(house.server_options(), [&](const Request&, const Peer&) {
    called = true;
    return Response{204, {}, {}};
  });
  auto options = house.client_options(server->port());
  options.ca_file = folder.write("other.pem", stranger.ca_pem());
  const auto client = http::open(options);
  WebhookCaseSystem target(*client, clock,
                           {.secret_file = folder.write("secret", support::sample_secret)});
  const auto receipt = target.push(support::sample_dispatch(), Deadline::in(10s));
  server->stop();
  ASSERT_FALSE(receipt.has_value());
  EXPECT_EQ(receipt.error().code, ErrorCode::TLS_FAILED);
  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace ig::tests
