#include "core/delivery/backoff.hpp"

#include "core/base/limits.hpp"
#include "core/delivery/retry_after.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace ig::core::delivery {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, DoublesFromFiveSecondsToFifteenMinutes) {
  constexpr std::chrono::milliseconds expected[] = {5s,   10s,  20s,  40s,  80s,
                                                    160s, 320s, 640s, 900s, 900s};
  for (std::uint32_t i = 0; i < std::size(expected); ++i) {
    EXPECT_EQ(backoff_ceiling(i + 1), expected[i]) << "after attempt " << i + 1;
  }
  EXPECT_EQ(backoff_ceiling(4'000'000'000U), 900s);
}

TEST(Backoff, SpreadsTheWaitsOverTheWholeRange) {
  base::SeededRandom random(7);
  std::int64_t low = 5'000;
  std::int64_t high = 0;
  std::int64_t sum = 0;
  constexpr int rounds = 10'000;
  for (int i = 0; i < rounds; ++i) {
    const auto wait = backoff(1, std::nullopt, random).count();
    low = std::min(low, wait);
    high = std::max(high, wait);
    sum += wait;
  }
  EXPECT_LT(low, 50);
  EXPECT_GT(high, 4'950);
  EXPECT_GT(sum / rounds, 2'425);
  EXPECT_LT(sum / rounds, 2'575);
}

TEST(Backoff, ObeysRetryAfterAndCutsFortyEightHours) {
  base::SeededRandom random(1);
  EXPECT_EQ(backoff(1, 120s, random), 120s);
  EXPECT_EQ(backoff(1, 48h, random), base::limits::retry_after_max);
  EXPECT_LE(backoff(1, 0s, random), 5s);
}

RC_GTEST_PROP(Backoff, StaysBetweenRetryAfterAndTheCeiling, (std::uint64_t seed)) {
  const auto failed = *rc::gen::inRange<std::uint32_t>(1, 64);
  const std::chrono::seconds asked{*rc::gen::inRange<std::int64_t>(0, 200'000)};
  base::SeededRandom random(seed);
  const auto free_wait = backoff(failed, std::nullopt, random);
  RC_ASSERT(free_wait >= 0ms);
  RC_ASSERT(free_wait <= backoff_ceiling(failed));
  const auto obeyed = backoff(failed, asked, random);
  const std::chrono::milliseconds least = std::min(asked, base::limits::retry_after_max);
  RC_ASSERT(obeyed >= least);
  RC_ASSERT(obeyed <= std::max(least, backoff_ceiling(failed)));
}

TEST(RetryAfter, ReadsSecondsAndNothingElse) {
  EXPECT_EQ(parse_retry_after("0"), 0s);
  EXPECT_EQ(parse_retry_after("172800"), 48h);
  EXPECT_EQ(parse_retry_after("99999999999999999999999999"), 999'999'999s);
  for (const char* text :
       {"", " 5", "5 ", "+5", "-5", "1.5", "5s", "Wed, 21 Oct 2026 07:28:00 GMT"}) {
    EXPECT_FALSE(parse_retry_after(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace ig::core::delivery
