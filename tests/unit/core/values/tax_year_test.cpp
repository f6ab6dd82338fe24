#include "core/values/tax_year.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace ig::core::values {
namespace {

static_assert(TaxYear::starting(2025).first_day() == Date::of(2025, 4, 6));
static_assert(TaxYear::starting(2025).last_day() == Date::of(2026, 4, 5));
static_assert(TaxYear::starting(2025).previous() == TaxYear::starting(2024));

TEST(TaxYear, ReadsOurFormAndThatOfRti) {
  EXPECT_EQ(TaxYear::parse("2025-26")->start_year(), 2025);
  EXPECT_EQ(TaxYear::parse("25-26")->start_year(), 2025);
  EXPECT_EQ(TaxYear::parse("1999-00")->start_year(), 1999);
  EXPECT_EQ(TaxYear::parse("12-13")->start_year(), 2012);
}

TEST(TaxYear, RefusesWhatIsNotTwoYearsInARow) {
  for (const std::string_view text :
       {"",        "2025",     "2025-27",  "2025-25", "2025-24", "2025-2026", "2025/26", "25/26",
        "26-25",   "25-25",    "99-00",    "2099-00", "1899-00", "2025-2a",   "2025-2 ", "202a-26",
        "2025 26", " 2025-26", "2025-26 ", "25-2",    "-25-26",  "0000-01"}) {
    const auto year = TaxYear::parse(text);
    ASSERT_FALSE(year.has_value()) << text;
    EXPECT_EQ(year.error().code, base::ErrorCode::INVALID_TAX_YEAR) << text;
  }
}

TEST(TaxYear, TurnsOnTheSixthOfApril) {
  EXPECT_EQ(TaxYear::of(Date::of(2026, 4, 5)), TaxYear::starting(2025));
  EXPECT_EQ(TaxYear::of(Date::of(2026, 4, 6)), TaxYear::starting(2026));
  EXPECT_TRUE(TaxYear::starting(2025).contains(Date::of(2025, 4, 6)));
  EXPECT_FALSE(TaxYear::starting(2025).contains(Date::of(2026, 4, 6)));
}

TEST(TaxYear, KnowsItsDaysAndTheYearBefore) {
  for (const int start : {2011, 2023, 2025}) {
    const TaxYear year = TaxYear::starting(start);
    EXPECT_EQ(year.first_day(), Date::of(start, 4, 6));
    EXPECT_EQ(year.last_day(), Date::of(start + 1, 4, 5));
    EXPECT_EQ(year.previous(), TaxYear::starting(start - 1));
  }
}

TEST(TaxYear, WritesBothForms) {
  EXPECT_EQ(TaxYear::starting(2025).text(), "2025-26");
  EXPECT_EQ(TaxYear::starting(2025).short_text(), "25-26");
  EXPECT_EQ(TaxYear::starting(1999).text(), "1999-00");
}

TEST(TaxYear, ComparesByItsFirstDay) {
  EXPECT_LT(TaxYear::starting(2024), TaxYear::starting(2025));
}

}  // namespace
}  // namespace ig::core::values
