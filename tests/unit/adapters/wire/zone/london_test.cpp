#include "adapters/wire/zone/london.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::wire::zone {
namespace {

using core::values::Date;
using core::values::Instant;

Instant at(std::string_view text) { return Instant::parse(text).value(); }

std::string day_of(std::string_view text) { return make_london()->day_of(at(text)).text(); }

TEST(London, IsOnGreenwichTimeInWinter) {
  EXPECT_EQ(day_of("2026-01-15T23:59:59.999Z"), "2026-01-15");
  EXPECT_EQ(day_of("2026-01-16T00:00:00Z"), "2026-01-16");
}

TEST(London, StartsTheTaxYearAtElevenInTheEveningOfTheFifthOfApril) {
  EXPECT_EQ(day_of("2026-04-05T22:59:59.999Z"), "2026-04-05");
  EXPECT_EQ(day_of("2026-04-05T23:00:00Z"), "2026-04-06");
  EXPECT_EQ(make_london()->start_of(Date::of(2026, 4, 6)).text(), "2026-04-05T23:00:00Z");
}

TEST(London, GoesToSummerTimeOnTheTwentyNinthOfMarch2026) {
  const auto london = make_london();
  EXPECT_EQ(london->start_of(Date::of(2026, 3, 29)).text(), "2026-03-29T00:00:00Z");
  EXPECT_EQ(london->start_of(Date::of(2026, 3, 30)).text(), "2026-03-29T23:00:00Z");
  EXPECT_EQ(day_of("2026-03-28T23:30:00Z"), "2026-03-28");
  EXPECT_EQ(day_of("2026-03-29T23:00:00Z"), "2026-03-30");
}

TEST(London, GoesBackOnTheTwentyFifthOfOctober2026) {
  const auto london = make_london();
  EXPECT_EQ(london->start_of(Date::of(2026, 10, 25)).text(), "2026-10-24T23:00:00Z");
  EXPECT_EQ(london->start_of(Date::of(2026, 10, 26)).text(), "2026-10-26T00:00:00Z");
  EXPECT_EQ(day_of("2026-10-25T23:30:00Z"), "2026-10-25");
}

TEST(London, KeepsSummerTimeBeyondTheLastYearOfTheZoneFiles) {
  EXPECT_EQ(day_of("2037-07-01T23:30:00Z"), "2037-07-02");
  EXPECT_EQ(day_of("2038-07-01T23:30:00Z"), "2038-07-02");
  EXPECT_EQ(day_of("2098-12-01T23:30:00Z"), "2098-12-01");
  EXPECT_EQ(make_london()->start_of(Date::of(2099, 4, 6)).text(), "2099-04-05T23:00:00Z");
}

TEST(London, KnowsThatTheClocksStayedForwardFrom1968To1971) {
  EXPECT_EQ(day_of("1970-01-01T23:00:00Z"), "1970-01-02");
  EXPECT_EQ(day_of("1972-01-01T23:00:00Z"), "1972-01-01");
}

TEST(London, StartsEachDayFrom1900To2099WhereTheOneBeforeEnds) {
  const auto london = make_london();
  for (Date day = Date::of(1900, 1, 1); day < Date::of(2099, 12, 31); day = day.plus_days(1)) {
    const Instant start = london->start_of(day);
    ASSERT_EQ(london->day_of(start), day) << day.text();
    ASSERT_EQ(london->day_of(Instant::of_millis(start.millis() - 1)), day.plus_days(-1))
        << day.text();
  }
}

}  // namespace
}  // namespace ig::adapters::wire::zone
