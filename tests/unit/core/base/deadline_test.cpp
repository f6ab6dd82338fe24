#include "core/base/deadline.hpp"

#include <gtest/gtest.h>

namespace ig::core::base {
namespace {

TEST(Deadline, IsPassedOnceItsMomentIsThere) {
  EXPECT_TRUE(Deadline::in(std::chrono::milliseconds{-1}).passed());
  EXPECT_FALSE(Deadline::in(std::chrono::hours{1}).passed());
}

}  // namespace
}  // namespace ig::core::base
