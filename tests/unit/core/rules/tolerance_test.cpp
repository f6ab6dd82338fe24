#include "core/rules/tolerance.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using facts::Basis;
using values::Money;

TEST(Tolerance, IsForAChangeOfIncomeBetweenReviews) {
  EXPECT_TRUE(tolerance_applies(ChangeGround::income_between_reviews, Basis::current));
  EXPECT_TRUE(tolerance_applies(ChangeGround::income_between_reviews, Basis::historic));
}

TEST(Tolerance, IsNotForWhatReplacesAnEstimate) {
  EXPECT_FALSE(tolerance_applies(ChangeGround::income_between_reviews, Basis::current_estimate));
}

TEST(Tolerance, IsNotForAnyOtherGround) {
  for (const auto ground :
       {ChangeGround::annual_review, ChangeGround::periodic_check, ChangeGround::wrong_in_law,
        ChangeGround::benefit_status, ChangeGround::revision}) {
    EXPECT_FALSE(tolerance_applies(ground, Basis::current));
    EXPECT_FALSE(tolerance_applies(ground, Basis::historic));
  }
}

TEST(Tolerance, LetsAFigureWrongInLawBeCorrectedByAnySum) {
  const auto found = corrected(tests::in_force(Basis::current, 48'000), Money::pence(48'001));
  EXPECT_EQ(found.action, Action::SUPERSEDE);
  EXPECT_EQ(found.basis, Basis::current);
  EXPECT_EQ(found.weekly, Money::pence(48'001));
}

TEST(Tolerance, ChangesNothingWhereTheSumWasRight) {
  const auto found = corrected(tests::in_force(Basis::historic, 48'000), Money::pence(48'000));
  EXPECT_EQ(found.action, Action::NO_CHANGE);
  EXPECT_EQ(found.basis, Basis::historic);
}

}  // namespace
}  // namespace ig::core::rules
