#include "core/values/fraction.hpp"

#include <gtest/gtest.h>

namespace ig::core::values {
namespace {

static_assert(Fraction(2, 4) == Fraction(1, 2));
static_assert(Fraction(0, 9) == Fraction{});
static_assert(Fraction::per_mille(125) == Fraction(1, 8));
static_assert(Fraction(1, 3) + Fraction(1, 6) == Fraction(1, 2));
static_assert(Fraction(1, 2) - Fraction(1, 3) == Fraction(1, 6));
static_assert(Fraction(-2, 3) * Fraction(3, 4) == Fraction(-1, 2));
static_assert(Fraction(1, 3) < Fraction(1, 2) && Fraction(-1, 2) < Fraction(-1, 3));
static_assert(Fraction::whole(Money::pence(250)) == Fraction(500, 2));

TEST(Fraction, RoundsAHalfAwayFromZero) {
  EXPECT_EQ(Fraction(1, 2).half_up(), Money::pence(1));
  EXPECT_EQ(Fraction(-1, 2).half_up(), Money::pence(-1));
  EXPECT_EQ(Fraction(3, 2).half_up(), Money::pence(2));
  EXPECT_EQ(Fraction(-3, 2).half_up(), Money::pence(-2));
  EXPECT_EQ(Fraction(5, 2).half_up(), Money::pence(3));
}

TEST(Fraction, RoundsEverythingElseToTheNearestPenny) {
  EXPECT_EQ(Fraction(49, 100).half_up(), Money::pence(0));
  EXPECT_EQ(Fraction(51, 100).half_up(), Money::pence(1));
  EXPECT_EQ(Fraction(-49, 100).half_up(), Money::pence(0));
  EXPECT_EQ(Fraction(-51, 100).half_up(), Money::pence(-1));
  EXPECT_EQ(Fraction(7, 1).half_up(), Money::pence(7));
  EXPECT_EQ(Fraction{}.half_up(), Money{});
}

TEST(Fraction, GivesTheWeeklyFigureOfAYearlyOne) {
  // SI 2012/2677 reg 35: a year's income over 365 days, times 7; 3,640,000 pence a year.
  EXPECT_EQ((Fraction(3'640'000, 1) * Fraction(7, 365)).half_up(), Money::pence(69'808));
}

TEST(Fraction, WritesEachTermInDecimal) {
  EXPECT_EQ(text(Int128{0}), "0");
  EXPECT_EQ(text(Int128{-1205}), "-1205");
  EXPECT_EQ(text(Int128{1'000'000'000'000'000'000} * 1'000), "1000000000000000000000");
}

using FractionDeathTest = ::testing::Test;

TEST(FractionDeathTest, EndsTheProcessRatherThanBeWrong) {
  const Int128 large = Int128{1} << 100;
  EXPECT_DEATH({ [[maybe_unused]] const Fraction half(1, 0); }, "denominator is positive");
  EXPECT_DEATH({ [[maybe_unused]] const Fraction half(1, -2); }, "denominator is positive");
  EXPECT_DEATH({ [[maybe_unused]] const Fraction half(large << 20, 1); }, "terms fit");
  const Fraction wide(large, 1);
  EXPECT_DEATH({ [[maybe_unused]] const Fraction square = wide * wide; }, "terms fit");
  const Fraction thin(1, large - 1);
  const Fraction thinner(1, large - 3);
  EXPECT_DEATH({ [[maybe_unused]] const Fraction sum = thin + thinner; }, "terms fit");
  EXPECT_DEATH({ [[maybe_unused]] const Money pence = wide.half_up(); }, "fits in pence");
}

}  // namespace
}  // namespace ig::core::values
