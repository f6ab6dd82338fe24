#include "core/values/money.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace ig::core::values {
namespace {

using base::ErrorCode;

constexpr Money read(std::string_view text) {
  const auto money = Money::parse(text);
  return *money;
}
static_assert(read("12.34").in_pence() == 1234);
static_assert(Money::pence(5) + Money::pence(-7) == Money::pence(-2));
static_assert(Money{} == Money::pence(0));

struct Read {
  std::string_view text;
  std::int64_t pence;
};

TEST(Money, ReadsEachFormOfTheGrammar) {
  for (const Read& row : {Read{"0", 0},
                          {"-0", 0},
                          {"0.0", 0},
                          {"0.00", 0},
                          {"-0.00", 0},
                          {"-0.01", -1},
                          {"7", 700},
                          {"7.5", 750},
                          {"7.05", 705},
                          {"10", 1'000},
                          {"-1234.5", -123'450},
                          {"1234.10", 123'410},
                          {"99999999999", 9'999'999'999'900},
                          {"99999999999.99", 9'999'999'999'999},
                          {"-99999999999.99", -9'999'999'999'999}}) {
    const auto money = Money::parse(row.text);
    ASSERT_TRUE(money.has_value()) << row.text;
    EXPECT_EQ(money->in_pence(), row.pence) << row.text;
  }
}

TEST(Money, RefusesWhatIsNotInTheGrammar) {
  for (const std::string_view text : {"",
                                      "-",
                                      ".",
                                      "-.",
                                      "+1",
                                      "--1",
                                      "-+1",
                                      "00",
                                      "01",
                                      "-01",
                                      "00.00",
                                      "1.",
                                      "-1.",
                                      ".5",
                                      "-.5",
                                      "1.234",
                                      "1.2.3",
                                      "1,000",
                                      "1 000",
                                      " 1",
                                      "1 ",
                                      "1e3",
                                      "1E3",
                                      "1e-2",
                                      "NaN",
                                      "nan",
                                      "inf",
                                      "-inf",
                                      "0x10",
                                      "1_000",
                                      "12.3a",
                                      "a",
                                      "12a",
                                      "1.a",
                                      "1.-1",
                                      "1-",
                                      "\t1",
                                      "1\n",
                                      "1.0e0",
                                      "\xc2\xa3"
                                      "1",
                                      "100000000000",
                                      "100000000000.00",
                                      "-100000000000",
                                      "123456789012345678901234567890"}) {
    const auto money = Money::parse(text);
    ASSERT_FALSE(money.has_value()) << text;
    EXPECT_EQ(money.error().code, ErrorCode::INVALID_MONEY) << text;
  }
}

TEST(Money, RefusesBytesBehindAZero) {
  EXPECT_FALSE(Money::parse(std::string_view("1\0", 2)));
  EXPECT_FALSE(Money::parse(std::string_view("1.0\0", 4)));
}

TEST(Money, AsksForTwoPlacesWhereTheFormatDoes) {
  EXPECT_EQ(Money::parse("12.34", Places::exactly_two)->in_pence(), 1'234);
  EXPECT_EQ(Money::parse("-0.00", Places::exactly_two)->in_pence(), 0);
  for (const std::string_view text : {"12", "12.3", "12.", "0", "-1", "12.345"}) {
    EXPECT_FALSE(Money::parse(text, Places::exactly_two)) << text;
  }
}

TEST(Money, NeverRepeatsTheTextItRefuses) {
  const auto refused = Money::parse("98765.432");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find("98765"), std::string::npos);
}

TEST(Money, WritesTwoPlacesAndNoSeparator) {
  EXPECT_EQ(Money::pence(0).text(), "0.00");
  EXPECT_EQ(Money::pence(5).text(), "0.05");
  EXPECT_EQ(Money::pence(-5).text(), "-0.05");
  EXPECT_EQ(Money::pence(123'405).text(), "1234.05");
  EXPECT_EQ(Money::pence(-123'450).text(), "-1234.50");
  EXPECT_EQ(Money::pence(9'999'999'999'999).text(), "99999999999.99");
  EXPECT_EQ(Money::pence(std::numeric_limits<std::int64_t>::min()).text(), "-92233720368547758.08");
}

TEST(Money, AddsTakesAwayAndCompares) {
  Money sum = Money::pence(100);
  sum += Money::pence(-250);
  EXPECT_EQ(sum, Money::pence(-150));
  EXPECT_EQ(sum - Money::pence(50), Money::pence(-200));
  EXPECT_LT(sum, Money{});
  EXPECT_GT(Money::pence(2), Money::pence(1));
}

using MoneyDeathTest = ::testing::Test;

TEST(MoneyDeathTest, EndsTheProcessRatherThanWrapAround) {
  const Money most = Money::pence(std::numeric_limits<std::int64_t>::max());
  const Money least = Money::pence(std::numeric_limits<std::int64_t>::min());
  EXPECT_DEATH(
      { [[maybe_unused]] const Money sum = most + Money::pence(1); }, "a sum of money fits");
  EXPECT_DEATH(
      { [[maybe_unused]] const Money rest = least - Money::pence(1); }, "a sum of money fits");
}

}  // namespace
}  // namespace ig::core::values
