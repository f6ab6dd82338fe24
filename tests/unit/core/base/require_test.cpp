#include "core/base/require.hpp"

#include <gtest/gtest.h>

namespace ig::core::base {
namespace {

constexpr int checked(int number) {
  require(number > 0, "the number is positive");
  return number;
}
static_assert(checked(3) == 3, "a promise that holds costs nothing at compile time");

using RequireDeathTest = ::testing::Test;

TEST(RequireDeathTest, NamesThePromiseAndThePlaceWhenItIsBroken) {
  EXPECT_DEATH(require(false, "two is one"), "require_test.cpp:[0-9]+: broken promise: two is one");
}

TEST(RequireDeathTest, IsCheckedInEveryBuild) {
  EXPECT_DEATH(checked(-1), "the number is positive");
}

}  // namespace
}  // namespace ig::core::base
