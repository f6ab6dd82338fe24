#include "core/delivery/breaker.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ig::core::delivery {
namespace {

using namespace std::chrono_literals;

constexpr Breaker::Time kStart{1'000s};

void report(Breaker& breaker, int count, Health health, Breaker::Time now) {
  for (int i = 0; i < count; ++i) {
    ASSERT_TRUE(breaker.may_call(now));
    breaker.on_result(health, now);
  }
}

Breaker opened(Breaker::Time now) {
  Breaker breaker;
  report(breaker, 20, Health::failing, now);
  return breaker;
}

TEST(Breaker, StaysClosedBelowTwentyCalls) {
  Breaker breaker;
  report(breaker, 19, Health::failing, kStart);
  EXPECT_EQ(breaker.state(), BreakerState::closed);
  report(breaker, 1, Health::failing, kStart);
  EXPECT_EQ(breaker.state(), BreakerState::open);
}

TEST(Breaker, OpensAtHalfTheCallsAndNotBelow) {
  Breaker at_half;
  report(at_half, 10, Health::well, kStart);
  report(at_half, 10, Health::failing, kStart);
  EXPECT_EQ(at_half.state(), BreakerState::open);
  Breaker below;
  report(below, 11, Health::well, kStart);
  report(below, 10, Health::failing, kStart);
  EXPECT_EQ(below.state(), BreakerState::closed);
}

TEST(Breaker, ForgetsCallsOlderThanThirtySeconds) {
  Breaker breaker;
  report(breaker, 19, Health::failing, kStart);
  report(breaker, 1, Health::failing, kStart + 30s);
  EXPECT_EQ(breaker.state(), BreakerState::closed);
  Breaker in_time;
  report(in_time, 19, Health::failing, kStart);
  report(in_time, 1, Health::failing, kStart + 29s);
  EXPECT_EQ(in_time.state(), BreakerState::open);
}

TEST(Breaker, LetsOneProbeThroughAfterThirtySeconds) {
  Breaker breaker = opened(kStart);
  EXPECT_EQ(breaker.next_call_at(), kStart + 30s);
  EXPECT_FALSE(breaker.may_call(kStart + 30s - 1ns));
  EXPECT_TRUE(breaker.may_call(kStart + 30s));
  EXPECT_EQ(breaker.state(), BreakerState::half_open);
  EXPECT_FALSE(breaker.may_call(kStart + 31s));
}

TEST(Breaker, ClosesWithAnEmptyWindowWhenTheProbeIsWell) {
  Breaker breaker = opened(kStart);
  ASSERT_TRUE(breaker.may_call(kStart + 30s));
  breaker.on_result(Health::well, kStart + 30s);
  EXPECT_EQ(breaker.state(), BreakerState::closed);
  report(breaker, 19, Health::failing, kStart + 30s);
  EXPECT_EQ(breaker.state(), BreakerState::closed);
}

TEST(Breaker, OpensAgainWhenTheProbeFails) {
  Breaker breaker = opened(kStart);
  ASSERT_TRUE(breaker.may_call(kStart + 30s));
  breaker.on_result(Health::failing, kStart + 32s);
  EXPECT_EQ(breaker.state(), BreakerState::open);
  EXPECT_FALSE(breaker.may_call(kStart + 61s));
  EXPECT_TRUE(breaker.may_call(kStart + 62s));
}

TEST(Breaker, GivesUpAProbeWhoseResultNeverComes) {
  Breaker breaker = opened(kStart);
  ASSERT_TRUE(breaker.may_call(kStart + 30s));
  EXPECT_FALSE(breaker.may_call(kStart + 59s));
  EXPECT_TRUE(breaker.may_call(kStart + 60s));
}

TEST(Breaker, IgnoresLateResultsWhileOpen) {
  Breaker breaker = opened(kStart);
  breaker.on_result(Health::well, kStart + 1s);
  EXPECT_EQ(breaker.state(), BreakerState::open);
  EXPECT_EQ(breaker.next_call_at(), kStart + 30s);
}

TEST(Breaker, TakesBusinessRefusalsAsASignOfLife) {
  for (const int status : {200, 204, 301, 400, 401, 403, 404, 409, 410, 413, 422, 429}) {
    EXPECT_EQ(health_of_status(status), Health::well) << status;
  }
  for (const int status : {408, 500, 502, 503, 504, 599, 0, 99, 600}) {
    EXPECT_EQ(health_of_status(status), Health::failing) << status;
  }
}

TEST(Breaker, NamesItsStates) {
  EXPECT_EQ(name(BreakerState::closed), "CLOSED");
  EXPECT_EQ(name(BreakerState::open), "OPEN");
  EXPECT_EQ(name(BreakerState::half_open), "HALF_OPEN");
}

RC_GTEST_PROP(Breaker, CallsADownTargetNoMoreThanTheWindowAndTheProbes, (std::uint32_t seed)) {
  Breaker breaker;
  Breaker::Time now = kStart;
  std::uint32_t state = seed | 1U;
  std::uint32_t calls = 0;
  while (now < kStart + 600s) {
    if (breaker.may_call(now)) {
      ++calls;
      breaker.on_result(Health::failing, now);
    }
    state = state * 1'664'525U + 1'013'904'223U;
    now += std::chrono::milliseconds{state % 1'000U};
  }
  RC_ASSERT(calls <= 20U + 600U / 30U);
}

RC_GTEST_PROP(Breaker, NeverOpensWhileMostCallsAreWell, ()) {
  Breaker breaker;
  Breaker::Time now = kStart;
  for (int i = 0; i < 200; ++i) {
    RC_ASSERT(breaker.may_call(now));
    breaker.on_result(Health::well, now);
    breaker.on_result(Health::well, now);
    breaker.on_result(Health::failing, now);
    now += std::chrono::milliseconds{*rc::gen::inRange(0, 3'000)};
    RC_ASSERT(breaker.state() == BreakerState::closed);
  }
}

}  // namespace
}  // namespace ig::core::delivery
