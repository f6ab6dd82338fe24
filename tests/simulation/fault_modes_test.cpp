#include "core/jobs/review.hpp"
#include "tests/simulation/simulated_hmrc.hpp"

#include <gtest/gtest.h>

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
using core::values::Date;
using core::values::Instant;

/// A few reviews, and one thing that HMRC or the way to it does wrong.
class EveryFault : public testing::TestWithParam<Fault> {
 protected:
  static constexpr int kPeople = 54;

  EveryFault() {
    auto unit = world_.store().begin();
    core::base::require(unit.has_value(), "a unit begins");
    for (const auto& one : population_.cases) {
      if (!one.open) continue;
      const auto put =
          (*unit)->put_case(record_of(population_, one, review_date_), Instant::of(clock_.now()));
      core::base::require(put.has_value(), "a case is put");
      ++cases_;
    }
    core::base::require((*unit)->commit().has_value(), "the cases are kept");
  }

  void set_fault(int times) {
    FaultRule rule;
    rule.fault.kind = GetParam();
    rule.times = times;
    service_.set_faults({rule});
  }

  /// The runs of one day: again after each quarter of an hour in which HMRC keeps its answers.
  void day(Date today) {
    const auto opens = zone_->start_of(today) + 6h;
    if (clock_.now() < opens.at()) {
      clock_.advance(std::chrono::ceil<milliseconds>(opens.at() - clock_.now()));
    }
    for (int run = 0; run < 4; ++run) {
      const auto ports = worker_.ports();
      const auto done =
          tests::run_review(world_.context_with(clock_), ports, World::review_on(today));
      ASSERT_TRUE(done.has_value()) << done.error().message;
      EXPECT_TRUE(done->ties()) << today.text();
      clock_.advance(16min);
    }
  }

  /// From thirty days before the review to its date.
  void month(const std::function<void(int)>& before_day) {
    for (int n = 0; n <= 30; ++n) {
      before_day(n);
      day(review_date_.plus_days(n - 30));
      if (HasFatalFailure()) return;
    }
  }

  /// The outcomes of the reviews, each case once.
  std::map<std::string, int> outcomes() {
    std::map<std::string, int> out;
    std::set<std::string> seen;
    const auto read = world_.store().each_trigger({}, [&](const core::ports::StoredTrigger& one) {
      const auto& trigger = one.trigger;
      if (trigger.kind != core::triggers::Kind::ANNUAL_REVIEW) return;
      EXPECT_TRUE(
          seen.insert(trigger.case_key.case_system + "/" + trigger.case_key.case_id).second);
      ++out[std::string(core::triggers::name(*trigger.outcome))];
    });
    EXPECT_TRUE(read.has_value());
    return out;
  }
  [[nodiscard]] static int sum(const std::map<std::string, int>& counts) {
    int out = 0;
    for (const auto& [name, count] : counts) out += count;
    return out;
  }
  void expect_budget_kept() const {
    for (const auto& [application, seen] : service_.rate()) {
      EXPECT_LE(seen.worst_second, 3) << application;
    }
  }

  const Date review_date_ = Date::of(2026, 8, 10);
  TempFolder folder_;
  World world_{folder_.file("store.db")};
  core::base::ManualClock clock_{Instant::parse("2026-07-10T06:00:00Z").value().at()};
  std::unique_ptr<core::ports::CivilZone> zone_ = adapters::wire::zone::make_london();
  const adapters::sandbox::Population population_ = made_up(kPeople);
  HmrcService service_{population_, {"gateway", "secret"}, clock_};
  SimulatedClient::Handler handler_ = [this](const adapters::http::Request& request) {
    return service_.handle(request);
  };
  SimulatedClient token_client_{handler_, clock_, 1};
  SimulatedClient client_{handler_, clock_, 2};
  Worker worker_{token_client_,
                 client_,
                 world_.store(),
                 clock_,
                 folder_.write("secret", "secret\n"),
                 kHmrcLimit,
                 [this](std::chrono::nanoseconds time) {
                   clock_.advance(std::chrono::ceil<milliseconds>(time));
                 }};
  int cases_ = 0;
};

TEST_P(EveryFault, ThatPassesLosesNothingAndDoesNothingTwice) {
  month([this](int n) {
    if (n == 0) set_fault(40);
    if (n == 20) service_.set_faults({});
  });
  const auto counts = outcomes();
  EXPECT_EQ(sum(counts), cases_);
  EXPECT_GT(counts.contains("CHANGED") ? counts.at("CHANGED") : 0, 0);
  expect_budget_kept();
}

TEST_P(EveryFault, ThatNeverPassesStillGivesEachCaseOneAnswerOnItsDate) {
  set_fault(-1);
  month([](int) {});
  EXPECT_EQ(sum(outcomes()), cases_);
  expect_budget_kept();
}

std::string name_of(const testing::TestParamInfo<Fault>& info) {
  return std::string(adapters::sandbox::name(info.param));
}

INSTANTIATE_TEST_SUITE_P(Of, EveryFault, testing::ValuesIn(adapters::sandbox::all_faults()),
                         name_of);

}  // namespace
}  // namespace ig::tests::simulation
