#include "core/rules/collection_fee.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using values::Date;
using values::Money;

TEST(CollectionFee, DiffersByAPennyWhereADayIsRounded) {
  EXPECT_EQ(fee_by_week(Money::pence(5'700), 200), Money::pence(1'140));
  EXPECT_EQ(fee_by_day(Money::pence(5'700), 200), Money::pence(1'141));
  EXPECT_EQ(fee_by_week(Money::pence(5'700), 40), Money::pence(228));
  EXPECT_EQ(fee_by_day(Money::pence(5'700), 40), Money::pence(231));
}

TEST(CollectionFee, IsTheSameBothWaysForTheFlatRateAndItsHalf) {
  for (const auto fee : {fee_by_week, fee_by_day}) {
    EXPECT_EQ(fee(Money::pence(700), 200), Money::pence(140));
    EXPECT_EQ(fee(Money::pence(350), 200), Money::pence(70));
    EXPECT_EQ(fee(Money(), 200), Money());
  }
}

TEST(CollectionFee, IsWorkedOutAsTheSwitchSays) {
  const Date day = Date::of(2026, 12, 1);
  const auto by_day = *tests::law().on(day, facts::Jurisdiction::gb);
  const auto by_week =
      *tests::law_with("fee.rounding", std::string("BY_WEEK")).on(day, facts::Jurisdiction::gb);
  EXPECT_EQ(collection_fee(Money::pence(5'700), 200, by_day), Money::pence(1'141));
  EXPECT_EQ(collection_fee(Money::pence(5'700), 200, by_week), Money::pence(1'140));
}

}  // namespace
}  // namespace ig::core::rules
