#include "core/values/pay_frequency.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace ig::core::values {
namespace {

static_assert(parse_pay_frequency("M1") == PayFrequency::M1);
static_assert(weeks_in_period(PayFrequency::W4) == 4 && months_in_period(PayFrequency::W4) == 0);

TEST(PayFrequency, ReadsEachCodeOfHmrcAndNoOther) {
  for (const std::string_view code : {"W1", "W2", "W4", "M1", "M3", "M6", "MA", "IO", "IR"}) {
    const auto frequency = parse_pay_frequency(code);
    ASSERT_TRUE(frequency.has_value()) << code;
    EXPECT_EQ(name(*frequency), code);
  }
  for (const std::string_view code : {"", "W3", "w1", "M", "M12", "W1 ", "A1"}) {
    EXPECT_FALSE(parse_pay_frequency(code)) << code;
  }
}

TEST(PayFrequency, CountsAPeriodInWeeksOrInMonthsButNeverInBoth) {
  EXPECT_EQ(weeks_in_period(PayFrequency::W1), 1);
  EXPECT_EQ(weeks_in_period(PayFrequency::W2), 2);
  EXPECT_EQ(months_in_period(PayFrequency::M1), 1);
  EXPECT_EQ(months_in_period(PayFrequency::M3), 3);
  EXPECT_EQ(months_in_period(PayFrequency::M6), 6);
  EXPECT_EQ(months_in_period(PayFrequency::MA), 12);
  for (const PayFrequency none : {PayFrequency::IO, PayFrequency::IR}) {
    EXPECT_EQ(weeks_in_period(none) + months_in_period(none), 0) << name(none);
  }
  EXPECT_EQ(weeks_in_period(PayFrequency::M1), 0);
}

TEST(PayFrequency, CountsEachOfItsCodes) {
  struct Counted {
    std::string_view code;
    int weeks;
    int months;
  };
  for (const Counted& row : {Counted{"W1", 1, 0},
                             {"W2", 2, 0},
                             {"W4", 4, 0},
                             {"M1", 0, 1},
                             {"M3", 0, 3},
                             {"M6", 0, 6},
                             {"MA", 0, 12},
                             {"IO", 0, 0},
                             {"IR", 0, 0}}) {
    const PayFrequency frequency = *parse_pay_frequency(row.code);
    EXPECT_EQ(weeks_in_period(frequency), row.weeks) << row.code;
    EXPECT_EQ(months_in_period(frequency), row.months) << row.code;
  }
}

}  // namespace
}  // namespace ig::core::values
