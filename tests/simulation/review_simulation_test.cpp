#include "core/jobs/review.hpp"
#include "tests/simulation/simulated_hmrc.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ig::tests::simulation {
namespace {

using namespace std::chrono_literals;
using adapters::sandbox::Fault;
using adapters::sandbox::FaultRule;
using adapters::sandbox::HmrcService;
using core::jobs::ReviewSummary;
using core::ports::Purpose;
using core::values::Date;
using core::values::Instant;

FaultRule by_chance(Fault fault, int per_mille) {
  FaultRule out;
  out.fault.kind = fault;
  out.per_mille = per_mille;
  out.under = "/yearly-figures/";
  return out;
}

/// What goes wrong on an ordinary bad day.
std::vector<FaultRule> bad_weather() {
  return {by_chance(Fault::SERVER_ERROR, 5),
          by_chance(Fault::SERVER_ERROR_ONCE, 20),
          by_chance(Fault::TOO_MANY_REQUESTS, 5),
          by_chance(Fault::MESSAGE_THROTTLED_OUT, 5),
          by_chance(Fault::THROTTLED_NOT_JSON, 5),
          by_chance(Fault::TOKEN_EXPIRED, 5),
          by_chance(Fault::UNANSWERED, 10),
          by_chance(Fault::TRUNCATED, 5),
          by_chance(Fault::RESET, 5),
          by_chance(Fault::PROXY_200, 1)};
}

FaultRule outage() { return by_chance(Fault::SERVER_ERROR_ONCE, 1'000); }

/// A register of many cases whose reviews fall on the sixty days after the first, in virtual time.
class ReviewSimulation : public testing::Test {
 protected:
  static constexpr int kDays = 60;

  explicit ReviewSimulation(int people = 10'000)
      : clock_(Instant::parse("2026-05-08T06:00:00Z").value().at()),
        population_(made_up(people)),
        service_(population_, {"gateway", "secret"}, clock_) {
    const std::string secret = folder_.write("secret", "secret\n");
    const auto wait = [this](std::chrono::nanoseconds time) {
      clock_.advance(std::chrono::ceil<milliseconds>(time));
    };
    const auto handler = [this](const adapters::http::Request& request) {
      return service_.handle(request);
    };
    token_client_ = std::make_unique<SimulatedClient>(handler, clock_, 1);
    client_ = std::make_unique<SimulatedClient>(handler, clock_, 2);
    worker_ = std::make_unique<Worker>(*token_client_, *client_, world_.store(), clock_, secret,
                                       kHmrcLimit, wait);
    register_cases();
  }

  /// Every open case of the population, with a review on one of the days.
  void register_cases() {
    auto unit = world_.store().begin();
    ASSERT_TRUE(unit.has_value());
    int number = 0;
    for (const auto& one : population_.cases) {
      if (!one.open) continue;
      const auto record = record_of(population_, one, first_day_.plus_days(30 + number++ % kDays));
      ASSERT_TRUE((*unit)->put_case(record, Instant::of(clock_.now())).has_value());
    }
    ASSERT_TRUE((*unit)->commit().has_value());
    cases_ = static_cast<std::uint64_t>(number);
  }

  /// One day of `serve`: a run each hour, as long as something was left for want of an answer.
  void day(Date today) {
    const auto opens = zone_->start_of(today) + 6h;
    if (clock_.now() < opens.at()) {
      clock_.advance(std::chrono::ceil<milliseconds>(opens.at() - clock_.now()));
    }
    for (int run = 0; run < 12; ++run) {
      auto context = world_.context_with(clock_);
      const auto ports = worker_->ports();
      const auto done = tests::run_review(context, ports, World::review_on(today));
      ASSERT_TRUE(done.has_value()) << done.error().message;
      EXPECT_TRUE(done->ties()) << today.text();
      decided_ += done->decided;
      asked_ += done->asked;
      clock_.advance(1h);
      if (done->untouched == 0 && done->unavailable == 0) break;
    }
  }

  /// How many ANNUAL_REVIEW triggers each case has.
  std::map<std::string, int> reviews() {
    std::map<std::string, int> out;
    const auto read = world_.store().each_trigger({}, [&](const core::ports::StoredTrigger& one) {
      if (one.trigger.kind != core::triggers::Kind::ANNUAL_REVIEW) return;
      ++out[one.trigger.case_key.case_system + "/" + one.trigger.case_key.case_id];
      outcomes_[std::string(core::triggers::name(*one.trigger.outcome))] += 1;
    });
    EXPECT_TRUE(read.has_value());
    return out;
  }

  const Date first_day_ = Date::of(2026, 5, 8);
  TempFolder folder_;
  World world_{folder_.file("store.db")};
  core::base::ManualClock clock_;
  std::unique_ptr<core::ports::CivilZone> zone_ = adapters::wire::zone::make_london();
  const adapters::sandbox::Population population_;
  HmrcService service_;
  std::unique_ptr<SimulatedClient> token_client_;
  std::unique_ptr<SimulatedClient> client_;
  std::unique_ptr<Worker> worker_;
  std::uint64_t cases_ = 0;
  std::uint64_t decided_ = 0;
  std::uint64_t asked_ = 0;
  std::map<std::string, int> outcomes_;
};

TEST_F(ReviewSimulation, TenThousandCasesEndWithOneAnswerEachAndTheBudgetIsNeverExceeded) {
  service_.set_faults(bad_weather());
  for (int n = 0; n < kDays + 31; ++n) {
    if (n == 20) service_.set_faults({outage()});
    if (n == 22) service_.set_faults(bad_weather());
    day(first_day_.plus_days(n));
    if (HasFatalFailure()) return;
  }
  std::uint64_t arrived = 0;
  for (const auto& [application, seen] : service_.rate()) {
    EXPECT_LE(seen.worst_second, 3) << application;
    EXPECT_EQ(seen.refused, 0) << application;
    arrived += static_cast<std::uint64_t>(seen.arrived);
  }
  const auto answered = reviews();
  for (const auto& [name, times] : answered) EXPECT_EQ(times, 1) << name;
  const auto left =
      tests::plan_review(world_.context_with(clock_), first_day_.plus_days(kDays + 30));
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(left->cases, 0U);
  EXPECT_EQ(answered.size(), decided_);
  EXPECT_EQ(decided_ + left->not_tested, cases_);
  EXPECT_GT(outcomes_["CHANGED"], 0);
  EXPECT_GT(outcomes_["NEED_CURRENT_INCOME"], 0);
  EXPECT_GT(outcomes_["UNREACHABLE"], 0);
  EXPECT_GE(arrived, asked_);
  const auto audit = world_.store().verify_audit();
  ASSERT_TRUE(audit.has_value());
  EXPECT_FALSE(audit->first_broken.has_value()) << audit->why;
  RecordProperty("cases", std::to_string(cases_));
  RecordProperty("requests", std::to_string(arrived));
}

/// The same with fewer people.
class ReviewOutage : public ReviewSimulation {
 protected:
  ReviewOutage() : ReviewSimulation(1'000) {}
};

TEST_F(ReviewOutage, OfOneDayDelaysAndLosesNothing) {
  service_.set_faults({outage()});
  day(first_day_);
  EXPECT_EQ(decided_, 0U);
  service_.set_faults({});
  for (int n = 1; n < kDays + 31; ++n) {
    day(first_day_.plus_days(n));
    if (HasFatalFailure()) return;
  }
  const auto left =
      tests::plan_review(world_.context_with(clock_), first_day_.plus_days(kDays + 30));
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(decided_ + left->not_tested, cases_);
  EXPECT_EQ(left->cases, 0U);
}

}  // namespace
}  // namespace ig::tests::simulation
