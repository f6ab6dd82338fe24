#include "core/base/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ig::core::base {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(ErrorCode::INVALID_NUMBER, "/n", "the number is odd");
  return number / 2;
}

constexpr Result<int> kSeven{7};
static_assert(kSeven.has_value() && *kSeven == 7);

TEST(Result, HoldsTheValueOfACallThatWorked) {
  const auto result = half(8);
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(*result, 4);
  EXPECT_EQ(result.value(), 4);
}

TEST(Result, HoldsTheErrorOfACallThatFailed) {
  const auto result = half(7);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::INVALID_NUMBER);
  EXPECT_EQ(result.error().field, "/n");
  EXPECT_EQ(result.error().message, "the number is odd");
}

TEST(Result, GivesAwayWhatItHolds) {
  Result<std::unique_ptr<int>> owner{std::make_unique<int>(5)};
  const std::unique_ptr<int> taken = *std::move(owner);
  ASSERT_NE(taken, nullptr);
  EXPECT_EQ(*taken, 5);

  Result<int> failed = half(3);
  const Error error = std::move(failed).error();
  EXPECT_EQ(error.message, "the number is odd");
}

TEST(Result, LetsItsValueBeChangedInPlace) {
  Result<std::string> text{std::string("ab")};
  text->push_back('c');
  *text += 'd';
  text.value() += 'e';
  EXPECT_EQ(*text, "abcde");
}

TEST(Result, OfNothingSucceedsByDefault) {
  const Result<void> done;
  EXPECT_TRUE(done.has_value());
  const Result<void> failed = fail(ErrorCode::STORE_FAILED, {}, "the disk is full");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::STORE_FAILED);
}

TEST(Result, ErrorsGainTheirPlaceOnTheWayUp) {
  const Error inner = fail(ErrorCode::INVALID_MONEY, "/weekly_pence", "not money");
  EXPECT_EQ(under("/current", inner).field, "/current/weekly_pence");
  EXPECT_EQ(under("/current", fail(ErrorCode::WRONG_TYPE, {}, "x")).field, "/current");
}

using ResultDeathTest = ::testing::Test;

TEST(ResultDeathTest, EndsTheProcessWhenTheWrongSideIsRead) {
  auto failed = half(3);
  EXPECT_DEATH({ [[maybe_unused]] const int lost = *failed; }, "broken promise: value\\(\\)");
  auto worked = half(4);
  EXPECT_DEATH({ [[maybe_unused]] const Error lost = worked.error(); }, "broken promise: error");
  const Result<void> done;
  EXPECT_DEATH({ [[maybe_unused]] const Error lost = done.error(); }, "broken promise: error");
}

}  // namespace
}  // namespace ig::core::base
