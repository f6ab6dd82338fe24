#include "core/rates/fees.hpp"

#include "tests/support/law.hpp"

#include <gtest/gtest.h>

namespace ig::core::rates {
namespace {

using facts::Jurisdiction;
using values::Date;
using values::Money;

constexpr Date kDay = Date::of(2026, 6, 1);

FeePair pair(std::int64_t payer, std::int64_t receiver) {
  return {Money::pence(payer), Money::pence(receiver)};
}

TEST(CollectionFees, AreGivenBothWaysAndCountByDay) {
  const auto law = *tests::law().on(kDay, Jurisdiction::gb);
  const auto out = collection_fees(Money::pence(5'700), law);
  EXPECT_EQ(out.by_week, pair(1'140, 228));
  EXPECT_EQ(out.by_day, pair(1'141, 231));
  EXPECT_EQ(out.counted, out.by_day);
  EXPECT_EQ(out.payer_total, Money::pence(6'841));
  EXPECT_EQ(out.receiver_net, Money::pence(5'469));
}

TEST(CollectionFees, CountByWeekWhereTheSwitchSaysSo) {
  const auto law =
      *tests::law_with("fee.rounding", std::string("BY_WEEK")).on(kDay, Jurisdiction::gb);
  const auto out = collection_fees(Money::pence(5'700), law);
  EXPECT_EQ(out.counted, out.by_week);
  EXPECT_EQ(out.payer_total, Money::pence(6'840));
  EXPECT_EQ(out.receiver_net, Money::pence(5'472));
}

TEST(CollectionFees, DifferInEitherPart) {
  EXPECT_NE(pair(140, 28), pair(141, 28));
  EXPECT_NE(pair(140, 28), pair(140, 29));
}

TEST(CollectionFees, StartedInAugust2014) {
  const auto on = [](Date day) {
    return collection_fees(Money::pence(700), *tests::law().on(day, Jurisdiction::gb)).counted;
  };
  EXPECT_EQ(on(Date::of(2014, 8, 11)), pair(0, 0));
  EXPECT_EQ(on(Date::of(2014, 8, 12)), pair(140, 28));
}

TEST(ApplicationFee, EndedInFebruary2024) {
  const auto on = [](Date day) {
    return application_fee(*tests::law().on(day, Jurisdiction::gb)).in_pence();
  };
  EXPECT_EQ(on(Date::of(2014, 6, 29)), 0);
  EXPECT_EQ(on(Date::of(2014, 6, 30)), 2'000);
  EXPECT_EQ(on(Date::of(2024, 2, 25)), 2'000);
  EXPECT_EQ(on(Date::of(2024, 2, 26)), 0);
}

}  // namespace
}  // namespace ig::core::rates
