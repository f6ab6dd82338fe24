#include "adapters/sandbox/rate.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::sandbox {
namespace {

using namespace std::chrono_literals;

const RateCounter::Time kStart{1h};

TEST(SandboxRate, LetsThreeThroughInAnySecond) {
  RateCounter rate(3);
  EXPECT_TRUE(rate.let_through("a", kStart));
  EXPECT_TRUE(rate.let_through("a", kStart + 400ms));
  EXPECT_TRUE(rate.let_through("a", kStart + 800ms));
  EXPECT_FALSE(rate.let_through("a", kStart + 999ms)) << "still in the second of the first";
  EXPECT_TRUE(rate.let_through("a", kStart + 1'000ms)) << "the first has left the second";
  EXPECT_FALSE(rate.let_through("a", kStart + 1'399ms));
  EXPECT_TRUE(rate.let_through("a", kStart + 1'400ms));
  EXPECT_EQ(rate.seen().at("a").arrived, 7);
  EXPECT_EQ(rate.seen().at("a").refused, 2);
  EXPECT_EQ(rate.seen().at("a").worst_second, 5) << "refused ones arrived as well";
}

TEST(SandboxRate, SeesABurstAcrossTheEdgeOfAClockSecond) {
  RateCounter rate(3);
  for (const auto at : {900ms, 950ms, 990ms, 1'010ms, 1'020ms}) {
    (void)rate.let_through("a", kStart + at);
  }
  EXPECT_EQ(rate.seen().at("a").refused, 2);
  EXPECT_EQ(rate.seen().at("a").worst_second, 5);
}

TEST(SandboxRate, CountsEachApplicationAlone) {
  RateCounter rate(1);
  EXPECT_TRUE(rate.let_through("a", kStart));
  EXPECT_TRUE(rate.let_through("b", kStart));
  EXPECT_FALSE(rate.let_through("a", kStart));
  EXPECT_EQ(rate.seen().at("b").refused, 0);
}

TEST(SandboxRate, CountsWithoutALimitToo) {
  RateCounter rate(0);
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(rate.let_through("a", kStart + i * 10ms));
  EXPECT_EQ(rate.seen().at("a").worst_second, 50);
  EXPECT_EQ(rate.seen().at("a").refused, 0);
}

}  // namespace
}  // namespace ig::adapters::sandbox
