#include "core/jobs/store_budget.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

namespace ig::core::jobs {
namespace {

using namespace std::chrono_literals;
using base::Deadline;
using base::ErrorCode;
using ports::Purpose;
using std::chrono::milliseconds;
using tests::TempFolder;
using tests::World;

const delivery::PaceRules kThree{.per_second = 3, .headroom = 20ms, .passed_over_max = 9};

/// Workers of one application: each with a store connection of its own, all on one clock.
class RequestBudget : public testing::Test {
 protected:
  std::unique_ptr<StoreBudget> worker() {
    worlds_.push_back(std::make_unique<World>(folder_.file("store.db")));
    return std::make_unique<StoreBudget>(worlds_.back()->store(), clock_, kThree,
                                         [this](std::chrono::nanoseconds wait) {
                                           clock_.advance(std::chrono::ceil<milliseconds>(wait));
                                         });
  }
  [[nodiscard]] milliseconds now() const { return clock_.now().time_since_epoch(); }

  TempFolder folder_;
  base::ManualClock clock_{values::Instant::parse("2026-02-10T09:00:00Z").value().at()};
  std::vector<std::unique_ptr<World>> worlds_;
};

TEST_F(RequestBudget, IsOneForAllWorkersInEverySlidingSecond) {
  std::vector<std::unique_ptr<StoreBudget>> workers;
  for (int i = 0; i < 4; ++i) workers.push_back(worker());
  std::vector<milliseconds> sends;
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(workers[static_cast<std::size_t>(i) % 4]
                    ->take(Purpose::review, Deadline::in(1h))
                    .has_value());
    sends.push_back(now());
    clock_.advance(milliseconds{i * 37 % 130});
  }
  for (std::size_t i = 3; i < sends.size(); ++i) EXPECT_GT(sends[i] - sends[i - 3], 1s) << i;
  EXPECT_LT(sends.back() - sends.front(), 24s);
}

TEST_F(RequestBudget, IsRememberedByWhoeverOpensTheStoreNext) {
  const auto first = worker();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(first->take(Purpose::watch, Deadline::in(1h)));
  const auto before = now();
  const auto second = worker();
  ASSERT_TRUE(second->take(Purpose::initial, Deadline::in(1h)));
  EXPECT_EQ(now() - before, 1'020ms);
  EXPECT_EQ(second->take_waited(), 1'020ms);
  EXPECT_EQ(second->take_waited(), 0ms);
}

TEST_F(RequestBudget, GivesUpBeforeItWaitsPastTheDeadlineAndTakesNothing) {
  const auto one = worker();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(one->take(Purpose::review, Deadline::in(1h)));
  const auto refused = one->take(Purpose::review, Deadline::in(500ms));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::DEADLINE);
  clock_.advance(1'020ms);
  EXPECT_TRUE(one->take(Purpose::review, Deadline::in(500ms)).has_value());
}

TEST_F(RequestBudget, LeavesHmrcAloneForEveryWorkerAfterOneWasThrottled) {
  const auto one = worker();
  const auto other = worker();
  one->throttled(30s);
  const auto refused = other->take(Purpose::initial, Deadline::in(10s));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::THROTTLED);
  const auto before = now();
  ASSERT_TRUE(other->take(Purpose::initial, Deadline::in(1h)).has_value());
  EXPECT_EQ(now() - before, 30s);
}

}  // namespace
}  // namespace ig::core::jobs
