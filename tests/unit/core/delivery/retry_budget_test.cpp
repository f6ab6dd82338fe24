#include "core/delivery/retry_budget.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ig::core::delivery {
namespace {

TEST(RetryBudget, StopsRetriesAtHalfATank) {
  RetryBudget budget(10);
  for (int i = 0; i < 4; ++i) budget.on_failure();
  EXPECT_TRUE(budget.may_retry());
  budget.on_failure();
  EXPECT_FALSE(budget.may_retry());
}

TEST(RetryBudget, EarnsATenthOfATokenWithEachSuccess) {
  RetryBudget budget(10);
  for (int i = 0; i < 6; ++i) budget.on_failure();
  for (int i = 0; i < 10; ++i) budget.on_success();
  EXPECT_FALSE(budget.may_retry());
  budget.on_success();
  EXPECT_TRUE(budget.may_retry());
}

TEST(RetryBudget, NeverHoldsMoreThanItsTankNorLessThanNothing) {
  RetryBudget budget(2);
  for (int i = 0; i < 1'000; ++i) budget.on_success();
  budget.on_failure();
  EXPECT_FALSE(budget.may_retry());
  for (int i = 0; i < 1'000; ++i) budget.on_failure();
  for (int i = 0; i < 11; ++i) budget.on_success();
  EXPECT_TRUE(budget.may_retry());
}

RC_GTEST_PROP(RetryBudget, KeepsRetriesOfADownTargetBelowHalfTheTank, ()) {
  const auto tokens = *rc::gen::inRange<std::int32_t>(1, 200);
  RetryBudget budget(tokens);
  int retries = 0;
  for (int i = 0; i < 1'000; ++i) {
    if (budget.may_retry()) ++retries;
    budget.on_failure();
  }
  RC_ASSERT(retries <= tokens / 2 + 1);
}

}  // namespace
}  // namespace ig::core::delivery
