#include "core/base/random.hpp"

#include <gtest/gtest.h>

#include <array>

namespace ig::core::base {
namespace {

TEST(SeededRandom, GivesTheSameNumbersOnEveryMachine) {
  // The first numbers of SplitMix64 from the seed 1234567 (Vigna's reference implementation).
  SeededRandom random{1'234'567};
  EXPECT_EQ(random.next(), 6457827717110365317ULL);
  EXPECT_EQ(random.next(), 3203168211198807973ULL);
  EXPECT_EQ(random.next(), 9817491932198370423ULL);
}

TEST(SeededRandom, StaysBelowItsBoundAndReachesEachNumber) {
  SeededRandom random{7};
  std::array<int, 6> seen{};
  for (int i = 0; i < 600; ++i) ++seen.at(random.below(6));
  for (const int count : seen) EXPECT_GT(count, 50);
  EXPECT_EQ(random.below(1), 0U);
}

}  // namespace
}  // namespace ig::core::base
