#include "core/delivery/request_pace.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace ig::core::delivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using values::Instant;

constexpr Instant kStart = Instant::of_millis(1'750'000'000'000);
constexpr PaceRules kThree{.per_second = 3, .headroom = 20ms, .passed_over_max = 9};

/// The most sends that lie in any stretch of one second, both ends in.
std::size_t worst_second(const std::vector<Instant>& sends) {
  std::size_t worst = 0;
  for (std::size_t first = 0, last = 0; last < sends.size(); ++last) {
    while (sends[last].at() - sends[first].at() > 1s) ++first;
    worst = std::max(worst, last - first + 1);
  }
  return worst;
}

TEST(RequestPace, LetsThreeGoAtOnceAndTheFourthASecondAfterTheFirst) {
  PaceState state;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(ask_for_place(state, 1, kStart, kThree).granted);
  const auto fourth = ask_for_place(state, 1, kStart, kThree);
  EXPECT_FALSE(fourth.granted);
  EXPECT_EQ(fourth.wait, 1'020ms);
  EXPECT_FALSE(ask_for_place(state, 1, kStart + 1'019ms, kThree).granted);
  EXPECT_TRUE(ask_for_place(state, 1, kStart + 1'020ms, kThree).granted);
}

TEST(RequestPace, ServesTheFirstInRankOfThoseWhoWait) {
  PaceState state;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(ask_for_place(state, 1, kStart, kThree).granted);
  EXPECT_FALSE(ask_for_place(state, 1, kStart + 900ms, kThree).granted);
  EXPECT_FALSE(ask_for_place(state, 0, kStart + 900ms, kThree).granted);
  EXPECT_FALSE(ask_for_place(state, 1, kStart + 1'020ms, kThree).granted);
  EXPECT_TRUE(ask_for_place(state, 0, kStart + 1'020ms, kThree).granted);
  EXPECT_TRUE(ask_for_place(state, 1, kStart + 1'020ms, kThree).granted);
}

TEST(RequestPace, ForgetsWhoNoLongerAsks) {
  PaceState state;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(ask_for_place(state, 1, kStart, kThree).granted);
  EXPECT_FALSE(ask_for_place(state, 0, kStart + 900ms, kThree).granted);
  EXPECT_TRUE(ask_for_place(state, 1, kStart + 4s, kThree).granted);
}

TEST(RequestPace, GivesTheLastInRankOnePlaceInTenWhileOthersNeverStopAsking) {
  PaceState state;
  std::array<int, 3> served{};
  Instant now = kStart;
  for (int i = 0; i < 30'000; ++i, now = now + 10ms) {
    for (const std::size_t rank : {0U, 0U, 0U, 2U}) {
      if (ask_for_place(state, rank, now, kThree).granted) ++served[rank];
    }
  }
  EXPECT_GT(served[0], 780);
  EXPECT_GT(served[2], 70);
  EXPECT_LT(served[2], 110);
}

TEST(RequestPace, LeavesThePeerAloneForAsLongAsItAsked) {
  PaceState state;
  leave_alone(state, kStart, 30s);
  leave_alone(state, kStart, 5s);
  const auto step = ask_for_place(state, 0, kStart + 1s, kThree);
  EXPECT_FALSE(step.granted);
  EXPECT_TRUE(step.told_to_wait);
  EXPECT_EQ(step.wait, 29s);
  EXPECT_TRUE(ask_for_place(state, 0, kStart + 30s, kThree).granted);
}

TEST(RequestPace, LosesAtMostASecondWhenTheClockIsSetBack) {
  PaceState state;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(ask_for_place(state, 0, kStart, kThree).granted);
  const Instant earlier = kStart + -1h;
  EXPECT_FALSE(ask_for_place(state, 0, earlier, kThree).granted);
  EXPECT_TRUE(ask_for_place(state, 0, earlier + 1'020ms, kThree).granted);
}

TEST(RequestPace, KeepsNoMoreTimesThanItNeedsWhenTheLimitIsLowered) {
  PaceState state;
  const PaceRules ten{.per_second = 10, .headroom = 0ms, .passed_over_max = 9};
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(ask_for_place(state, 0, kStart, ten).granted);
  EXPECT_FALSE(ask_for_place(state, 0, kStart + 1s, kThree).granted);
  EXPECT_TRUE(ask_for_place(state, 0, kStart + 1'020ms, kThree).granted);
  EXPECT_EQ(state.sends.size(), 3U);
}

RC_GTEST_PROP(RequestPace, NoSlidingSecondHoldsMoreThanTheLimitHoweverItIsAsked, ()) {
  const auto per_second = *rc::gen::inRange(1U, 20U);
  const PaceRules rules{.per_second = per_second, .headroom = 1ms, .passed_over_max = 9};
  const auto steps = *rc::gen::container<std::vector<std::pair<std::size_t, int>>>(
      rc::gen::pair(rc::gen::inRange<std::size_t>(0, kPaceRanks), rc::gen::inRange(0, 400)));
  PaceState state;
  std::vector<Instant> sends;
  Instant now = kStart;
  for (const auto& [rank, pause] : steps) {
    now = now + milliseconds{pause};
    if (ask_for_place(state, rank, now, rules).granted) sends.push_back(now);
  }
  RC_ASSERT(worst_second(sends) <= per_second);
}

RC_GTEST_PROP(RequestPace, WhoeverWaitsAsLongAsToldAndIsAloneIsServed, ()) {
  const auto per_second = *rc::gen::inRange(1U, 20U);
  const PaceRules rules{.per_second = per_second, .headroom = 20ms, .passed_over_max = 9};
  PaceState state;
  Instant now = kStart;
  for (int i = 0; i < 100; ++i) {
    const auto step = ask_for_place(state, 2, now, rules);
    if (step.granted) continue;
    now = now + step.wait;
    RC_ASSERT(ask_for_place(state, 2, now, rules).granted);
  }
}

}  // namespace
}  // namespace ig::core::delivery
