#include "adapters/sandbox/calendar.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::sandbox {
namespace {

Day day(std::string_view text) { return parse_day(text).value(); }

TEST(SandboxCalendar, ReadsDaysOfTheCalendarOnly) {
  EXPECT_EQ(text(day("2024-02-29")), "2024-02-29");
  for (const char* wrong : {"", "2025-02-29", "2025-2-01", "2025-13-01", "2025-01-00", "20250101",
                            "2025-01-0x", "2025-01-011"}) {
    EXPECT_FALSE(parse_day(wrong)) << wrong;
  }
}

TEST(SandboxCalendar, CountsTaxPeriodsFromTheSixthOfApril) {
  EXPECT_EQ(tax_month(day("2025-04-06")), 1);
  EXPECT_EQ(tax_month(day("2025-05-05")), 1);
  EXPECT_EQ(tax_month(day("2025-05-06")), 2);
  EXPECT_EQ(tax_month(day("2025-12-31")), 9);
  EXPECT_EQ(tax_month(day("2026-01-05")), 9);
  EXPECT_EQ(tax_month(day("2026-01-30")), 10);
  EXPECT_EQ(tax_month(day("2026-04-05")), 12);
  EXPECT_EQ(tax_week(day("2025-04-12")), 1);
  EXPECT_EQ(tax_week(day("2025-04-13")), 2);
  EXPECT_EQ(tax_week(day("2026-02-06")), 44);
  EXPECT_EQ(tax_week(day("2026-04-05")), 53);
}

TEST(SandboxCalendar, NamesTaxYears) {
  EXPECT_EQ(tax_year_start(day("2026-04-05")), 2025);
  EXPECT_EQ(tax_year_start(day("2026-04-06")), 2026);
  EXPECT_EQ(tax_year_text(2025), "2025-26");
  EXPECT_EQ(tax_year_text(1999), "1999-00");
}

TEST(SandboxCalendar, PaysMonthlyStaffOnTheLastWorkingDayOfTheMonth) {
  const auto days = month_end_paydays(day("2026-02-10"), 3);
  ASSERT_EQ(days.size(), 3U);
  EXPECT_EQ(text(days[0]), "2025-11-28");
  EXPECT_EQ(text(days[1]), "2025-12-31");
  EXPECT_EQ(text(days[2]), "2026-01-30");
  EXPECT_EQ(text(month_end_paydays(day("2026-01-30"), 1).front()), "2026-01-30");
}

TEST(SandboxCalendar, PaysWeeklyStaffOnFridays) {
  const auto days = fridays(day("2026-02-10"), 3);
  ASSERT_EQ(days.size(), 3U);
  EXPECT_EQ(text(days.front()), "2026-01-23");
  EXPECT_EQ(text(days.back()), "2026-02-06");
  EXPECT_EQ(text(fridays(day("2026-02-06"), 1).front()), "2026-02-06");
}

TEST(SandboxCalendar, KeepsLeapDaysInTheirMonth) {
  EXPECT_EQ(text(plus_years(day("2024-02-29"), 1)), "2025-02-28");
  EXPECT_EQ(text(plus_years(day("2026-03-01"), -1)), "2025-03-01");
}

}  // namespace
}  // namespace ig::adapters::sandbox
