#include "core/ports/yearly_figures.hpp"

#include "adapters/hmrc/yearly_rest.hpp"
#include "tests/support/hmrc_world.hpp"
#include "tests/support/transport.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

/// What every YearlyFigures must do (core/ports/yearly_figures.hpp), for each way to reach it.
namespace ig::tests {
namespace {

using namespace std::chrono_literals;
using adapters::hmrc::Caller;
using adapters::hmrc::TokenSource;
using adapters::hmrc::YearlyRest;
using adapters::http::Peer;
using adapters::http::Request;
using adapters::http::Response;
using core::base::Deadline;
using core::base::Sensitive;
using core::facts::FigureStatus;
using core::ports::FetchResult;
using core::ports::YearlyQuestion;
using support::Fault;
using support::Way;

/// A caller that makes one attempt, so that each planted fault is seen.
adapters::hmrc::CallerOptions one_attempt() {
  adapters::hmrc::CallerOptions out;
  out.attempts_max = 1;
  out.wait = [](std::chrono::nanoseconds) {};
  return out;
}

/// HMRC as this suite needs it: answers by NINO, remembers which questions it was asked.
class Imposter {
 public:
  Response handle(const Request& request) {
    const std::lock_guard lock(mutex_);
    if (request.target == "/oauth/token") {
      ++tokens;
      return ok(R"({"access_token":"t)" + std::to_string(tokens) +
                R"(","token_type":"bearer","expires_in":14400})");
    }
    if (refuse_tokens > 0) {
      --refuse_tokens;
      return {.status = 401, .headers = {}, .body = {}};
    }
    const std::string id = member(request.body, "requestId");
    ++questions[id];
    const std::string nino = member(request.body, "nino");
    const std::string head = R"({"requestId":")" + id + R"(",)";
    if (nino == "NA000799C") {
      return ok(head + R"("status":"AVAILABLE","taxYear":"2025-26","annualAmount":"36400.00"})");
    }
    if (nino == "NA000800C") return ok(head + R"("status":"NIL","taxYear":"2025-26"})");
    if (nino == "NA000801C") return ok(head + R"("status":"NO_DATA"})");
    if (nino == "NA000802C") return {503, {}, R"({"code":"UNAVAILABLE"})"};
    if (nino == "NA000803C") return {429, {{"Retry-After", "2"}}, R"({"code":"THROTTLED"})"};
    if (nino == "NA000804C") return ok(R"({"requestId":"another","status":"NO_DATA"})");
    if (nino == "NA000805C") return ok(head + R"("status":"AVAILABLE","annualAmount":1e6})");
    return {404, {}, R"({"code":"UNKNOWN_PERSON"})"};
  }

  std::map<std::string, int> questions;
  int tokens = 0;
  int refuse_tokens = 0;

 private:
  static Response ok(std::string body) {
    return {200, {{"Content-Type", "application/json"}}, std::move(body)};
  }
  static std::string member(const std::string& body, const std::string& name) {
    const std::string head = "\"" + name + "\":\"";
    const std::size_t at = body.find(head);
    if (at == std::string::npos) return {};
    const std::size_t first = at + head.size();
    return body.substr(first, body.find('"', first) - first);
  }

  std::mutex mutex_;
};

YearlyQuestion about(const std::string& nino, const std::string& request_id = "r-1") {
  YearlyQuestion question;
  question.request_id = request_id;
  question.person.nino = Sensitive(*core::values::Nino::parse(nino));
  question.person.surname = Sensitive<std::string>("Joseph");
  question.person.date_of_birth = Sensitive(core::values::Date::of(1960, 1, 15));
  question.purpose = core::ports::Purpose::review;
  question.asked_on = core::values::Date::of(2026, 11, 1);
  return question;
}

class YearlyFigures : public ::testing::TestWithParam<Way> {
 protected:
  YearlyFigures() {
    tokens_ = std::make_unique<TokenSource>(
        faulty_tokens_, clock_,
        adapters::hmrc::TokenOptions{.client_id = "gateway",
                                     .client_secret_file = folder_.write("secret", "s")});
    caller_ = std::make_unique<Caller>(faulty_, *tokens_, budget_, clock_, random_, one_attempt());
    port_ = std::make_unique<YearlyRest>(*caller_, clock_);
  }

  core::ports::YearlyFigures& port() { return *port_; }
  auto fetch(const YearlyQuestion& question) { return port().fetch(question, Deadline::in(10s)); }
  FetchResult result(const std::string& nino) {
    const auto reply = fetch(about(nino));
    const bool answered = reply.fetched.result == FetchResult::matched ||
                          reply.fetched.result == FetchResult::matched_no_data;
    EXPECT_EQ(reply.figure.has_value(), answered);
    return reply.fetched.result;
  }

  support::TempFolder folder_;
  core::base::ManualClock clock_{std::chrono::sys_time<std::chrono::milliseconds>{1'793'500'000s}};
  Imposter imposter_;
  support::Transport transport_{GetParam(), [this](const Request& request, const Peer&) {
                                  return imposter_.handle(request);
                                }};
  std::unique_ptr<adapters::http::Client> token_client_ = transport_.connect();
  std::unique_ptr<adapters::http::Client> client_ = transport_.connect();
  support::FaultyClient faulty_tokens_{*token_client_};
  support::FaultyClient faulty_{*client_};
  support::FakeBudget budget_;
  core::base::SeededRandom random_{5};
  std::unique_ptr<TokenSource> tokens_;
  std::unique_ptr<Caller> caller_;
  std::unique_ptr<YearlyRest> port_;
};

TEST_P(YearlyFigures, AnswersWithAFigureANilOrNoData) {
  const auto available = fetch(about("NA000799C"));
  EXPECT_EQ(available.fetched.result, FetchResult::matched);
  ASSERT_TRUE(available.figure.has_value());
  EXPECT_EQ(available.figure->status, FigureStatus::available);
  EXPECT_EQ(available.figure->annual, core::values::Money::pence(3'640'000));
  EXPECT_EQ(available.figure->tax_year, core::values::TaxYear::starting(2025));
  EXPECT_NE(available.fetched.raw.find("36400.00"), std::string::npos);
  const auto nil = fetch(about("NA000800C", "r-2"));
  EXPECT_EQ(nil.fetched.result, FetchResult::matched);
  ASSERT_TRUE(nil.figure.has_value());
  EXPECT_EQ(nil.figure->status, FigureStatus::nil);
  EXPECT_EQ(nil.figure->annual, core::values::Money::pence(0));
  const auto none = fetch(about("NA000801C", "r-3"));
  EXPECT_EQ(none.fetched.result, FetchResult::matched_no_data);
  ASSERT_TRUE(none.figure.has_value());
  EXPECT_EQ(none.figure->status, FigureStatus::no_data);
  EXPECT_FALSE(none.figure->annual.has_value());
}

TEST_P(YearlyFigures, KeepsAStrangerApartFromNoData) {
  EXPECT_EQ(result("NA000899C"), FetchResult::unknown_person);
}

TEST_P(YearlyFigures, SaysWhyThereIsNoAnswer) {
  EXPECT_EQ(result("NA000802C"), FetchResult::transient);
  EXPECT_EQ(result("NA000803C"), FetchResult::throttled);
}

TEST_P(YearlyFigures, CallsABrokenContractAFault) {
  EXPECT_EQ(result("NA000804C"), FetchResult::config_fault);
  EXPECT_EQ(result("NA000805C"), FetchResult::config_fault);
}

TEST_P(YearlyFigures, GivesTheSameAnswerToTheSameRequestId) {
  const auto first = fetch(about("NA000799C"));
  const auto second = fetch(about("NA000799C"));
  ASSERT_TRUE(first.figure && second.figure);
  EXPECT_EQ(first.fetched.raw, second.fetched.raw);
  EXPECT_EQ(first.figure->header.fact_id, second.figure->header.fact_id);
  EXPECT_EQ(imposter_.questions.size(), 1U);
}

TEST_P(YearlyFigures, AsksForOneTokenAndOneMoreWhenItIsRefused) {
  EXPECT_EQ(result("NA000799C"), FetchResult::matched);
  EXPECT_EQ(result("NA000799C"), FetchResult::matched);
  EXPECT_EQ(imposter_.tokens, 1);
  imposter_.refuse_tokens = 1;
  EXPECT_EQ(result("NA000799C"), FetchResult::matched);
  EXPECT_EQ(imposter_.tokens, 2);
  imposter_.refuse_tokens = 2;
  EXPECT_EQ(result("NA000799C"), FetchResult::not_permitted);
}

TEST_P(YearlyFigures, ComesThroughWhicheverCallFails) {
  for (const Fault fault : {Fault::request_lost, Fault::answer_lost, Fault::too_late}) {
    for (std::size_t n = 0; n < 3; ++n) {
      const auto question = about("NA000799C", "n-" + std::to_string(n));
      imposter_.questions.clear();
      clock_.advance(24h);  // the token is fetched anew
      imposter_.refuse_tokens = n == 2 ? 1 : 0;
      faulty_tokens_.faults.clear();
      faulty_.faults.clear();
      if (n == 0) faulty_tokens_.faults = {fault};
      if (n == 1) faulty_.faults = {fault};
      if (n == 2) faulty_.faults = {Fault::none, fault};
      const auto failed = fetch(question);
      EXPECT_EQ(failed.fetched.result, FetchResult::transient) << n;
      EXPECT_EQ(failed.fetched.code, fault == Fault::too_late ? "DEADLINE" : "UNAVAILABLE") << n;
      EXPECT_FALSE(failed.figure.has_value()) << n;
      const auto again = fetch(question);
      EXPECT_EQ(again.fetched.result, FetchResult::matched) << n;
      EXPECT_EQ(imposter_.questions.size(), 1U);
    }
  }
}

TEST_P(YearlyFigures, MakesNoCallAfterItsDeadline) {
  const auto reply =
      port().fetch(about("NA000799C"), Deadline{std::chrono::steady_clock::time_point::min()});
  EXPECT_EQ(reply.fetched.result, FetchResult::transient);
  EXPECT_EQ(reply.fetched.code, "DEADLINE");
  EXPECT_TRUE(imposter_.questions.empty());
  EXPECT_EQ(imposter_.tokens, 0);
}

INSTANTIATE_TEST_SUITE_P(Contract, YearlyFigures, ::testing::Values(Way::in_process, Way::over_tls),
                         [](const auto& info) { return support::name(info.param); });

/// A handler that answers only when it is let go.
class Gate {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [&] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

TEST(YearlyFiguresOverTls, GiveUpOnASilentServiceAtTheDeadline) {
  support::TempFolder folder;
  core::base::ManualClock clock{std::chrono::sys_time<std::chrono::milliseconds>{1'793'500'000s}};
  Gate gate;
  Imposter imposter;
  support::Transport transport(Way::over_tls, [&](const Request& request, const Peer&) {
    if (request.target != "/oauth/token") gate.wait();
    return imposter.handle(request);
  });
  const auto token_client = transport.connect();
  const auto client = transport.connect();
  TokenSource tokens(*token_client, clock,
                     {.client_id = "g", .client_secret_file = folder.write("secret", "s")});
  ASSERT_TRUE(tokens.token(Deadline::in(10s)).has_value());
  support::FakeBudget budget;
  core::base::SeededRandom random(5);
  Caller caller(*client, tokens, budget, clock, random, one_attempt());
  YearlyRest rest(caller, clock);
  const auto reply = rest.fetch(about("NA000799C"), Deadline::in(200ms));
  gate.open();
  EXPECT_EQ(reply.fetched.result, FetchResult::transient);
  EXPECT_EQ(reply.fetched.code, "DEADLINE");
}

}  // namespace
}  // namespace ig::tests
