#include "core/delivery/token_bucket.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace ig::core::delivery {
namespace {

using namespace std::chrono_literals;
using Time = TokenBucket::Time;

constexpr Time kStart{50s};

TEST(TokenBucket, LetsABurstThroughAndThenKeepsTheRate) {
  TokenBucket bucket(10, 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(bucket.take(kStart), 0ns);
  EXPECT_EQ(bucket.take(kStart), 100ms);
  EXPECT_EQ(bucket.take(kStart + 99ms), 1ms);
  EXPECT_EQ(bucket.take(kStart + 100ms), 0ns);
  EXPECT_EQ(bucket.take(kStart + 100ms), 100ms);
}

TEST(TokenBucket, FillsAgainToItsBurstAndNoFurther) {
  TokenBucket bucket(10, 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(bucket.take(kStart), 0ns);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(bucket.take(kStart + 1h), 0ns);
  EXPECT_GT(bucket.take(kStart + 1h), 0ns);
}

TEST(TokenBucket, TakesNothingWhenItSaysWait) {
  TokenBucket bucket(1, 1);
  EXPECT_EQ(bucket.take(kStart), 0ns);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(bucket.take(kStart), 1s);
  EXPECT_EQ(bucket.take(kStart + 1s), 0ns);
}

TEST(TokenBucket, OnlyWaitsLongerWhenTimeGoesBack) {
  TokenBucket bucket(1, 1);
  EXPECT_EQ(bucket.take(kStart), 0ns);
  EXPECT_EQ(bucket.take(kStart - 5s), 6s);
}

RC_GTEST_PROP(TokenBucket, KeepsEverySlidingWindowWithinItsRate, ()) {
  const auto rate = *rc::gen::inRange<std::uint32_t>(1, 20);
  const auto burst = *rc::gen::inRange<std::uint32_t>(1, 10);
  const auto gaps = *rc::gen::container<std::vector<int>>(200, rc::gen::inRange(0, 400));
  TokenBucket bucket(rate, burst);
  std::vector<Time> taken;
  Time now = kStart;
  for (const int gap : gaps) {
    now += std::chrono::milliseconds{gap};
    while (bucket.take(now) == 0ns) taken.push_back(now);
  }
  for (std::size_t first = 0; first < taken.size(); ++first) {
    std::size_t count = 0;
    while (first + count < taken.size() && taken[first + count] < taken[first] + 1s) ++count;
    RC_ASSERT(count <= rate + burst - 1);
  }
}

RC_GTEST_PROP(TokenBucket, NamesTheFirstMomentACallMayStart, ()) {
  const auto rate = *rc::gen::inRange<std::uint32_t>(1, 1'000);
  const auto burst = *rc::gen::inRange<std::uint32_t>(1, 10);
  TokenBucket bucket(rate, burst);
  Time now = kStart;
  for (int i = 0; i < 100; ++i) {
    const auto wait = bucket.take(now);
    if (wait == 0ns) continue;
    RC_ASSERT(bucket.take(now + wait - 1ns) == 1ns);
    now += wait;
    RC_ASSERT(bucket.take(now) == 0ns);
  }
}

}  // namespace
}  // namespace ig::core::delivery
