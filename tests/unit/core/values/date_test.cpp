#include "core/values/date.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace ig::core::values {
namespace {

constexpr Date read(std::string_view text) {
  const auto date = Date::parse(text);
  return *date;
}
static_assert(read("2024-02-29") == Date::of(2024, 2, 29));
static_assert(Date::of(2026, 1, 31).plus_months(1) == Date::of(2026, 2, 28));
static_assert(days_between(Date::of(2025, 4, 6), Date::of(2026, 4, 5)) == 364);

TEST(Date, ReadsDaysOfTheCalendarAndWritesThemBack) {
  for (const std::string_view text : {"1900-01-01", "1900-02-28", "1999-12-31", "2000-02-29",
                                      "2024-02-29", "2026-04-05", "2099-12-31"}) {
    const auto date = Date::parse(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(date->text(), text);
  }
}

TEST(Date, RefusesWhatIsNotADayOfTheCalendar) {
  for (const std::string_view text :
       {"",           "2026",        "2026-1-1",    "2026-01-1",   "26-01-01",   "2026/01/01",
        "2026-01/01", "2026-00-10",  "2026-13-01",  "2026-01-00",  "2026-01-32", "2026-04-31",
        "2023-02-29", "1900-02-29",  "2100-02-28",  "1899-12-31",  "2100-01-01", "0000-01-01",
        "9999-12-31", "2026-01-01T", "2026-01-01 ", " 2026-01-01", "2026-01-0a", "-026-01-01",
        "+026-01-01", "2026-0a-01",  "20 6-01-01",  "2026-01-01Z", "01-01-2026", "2026_01_01"}) {
    const auto date = Date::parse(text);
    ASSERT_FALSE(date.has_value()) << text;
    EXPECT_EQ(date.error().code, base::ErrorCode::INVALID_DATE) << text;
  }
}

TEST(Date, AddsMonthsAndKeepsToTheEndOfTheMonth) {
  EXPECT_EQ(Date::of(2024, 1, 31).plus_months(1), Date::of(2024, 2, 29));
  EXPECT_EQ(Date::of(2024, 2, 29).plus_months(12), Date::of(2025, 2, 28));
  EXPECT_EQ(Date::of(2026, 3, 31).plus_months(-1), Date::of(2026, 2, 28));
  EXPECT_EQ(Date::of(2026, 12, 15).plus_months(1), Date::of(2027, 1, 15));
  EXPECT_EQ(Date::of(2026, 1, 15).plus_months(-13), Date::of(2024, 12, 15));
  EXPECT_EQ(Date::of(2026, 5, 31).plus_months(0), Date::of(2026, 5, 31));
}

TEST(Date, AddsDaysAcrossLeapDaysAndYears) {
  EXPECT_EQ(Date::of(2024, 2, 28).plus_days(2), Date::of(2024, 3, 1));
  EXPECT_EQ(Date::of(2025, 12, 31).plus_days(1), Date::of(2026, 1, 1));
  EXPECT_EQ(days_between(Date::of(2026, 1, 2), Date::of(2026, 1, 1)), -1);
}

TEST(Date, ComparesByTheCalendar) {
  EXPECT_LT(Date::of(2025, 12, 31), Date::of(2026, 1, 1));
  EXPECT_EQ(Date::of(2026, 1, 1).year(), 2026);
}

using DateDeathTest = ::testing::Test;

TEST(DateDeathTest, EndsTheProcessWhenOurOwnCodeNamesNoDay) {
  EXPECT_DEATH(
      { [[maybe_unused]] const Date day = Date::of(2023, 2, 29); },
      "Date::of names a day of the calendar");
}

}  // namespace
}  // namespace ig::core::values
