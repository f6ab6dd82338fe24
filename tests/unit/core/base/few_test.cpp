#include "core/base/few.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ig::core::base {
namespace {

constexpr Few<int, 2> two() {
  Few<int, 2> out;
  out.add(7);
  out.add(3);
  return out;
}
static_assert(two().size() == 2, "a short list is made as a constant");

TEST(Few, KeepsWhatIsAddedInOrder) {
  const Few<int, 2> list = two();
  EXPECT_EQ(std::vector<int>(list.begin(), list.end()), (std::vector<int>{7, 3}));
}

TEST(Few, IsEmptyAtFirst) {
  const Few<int, 2> list;
  EXPECT_EQ(list.size(), 0U);
  EXPECT_EQ(list.begin(), list.end());
}

using FewDeathTest = ::testing::Test;

TEST(FewDeathTest, IsNotOverfilled) {
  Few<int, 2> list = two();
  EXPECT_DEATH(list.add(1), "a short list is not overfilled");
}

}  // namespace
}  // namespace ig::core::base
