#include "core/base/clock.hpp"

#include <gtest/gtest.h>

namespace ig::core::base {
namespace {

using std::chrono::milliseconds;
using std::chrono::sys_time;

TEST(ManualClock, StandsStillUntilItIsTold) {
  ManualClock clock{sys_time<milliseconds>{milliseconds{1'000}}};
  EXPECT_EQ(clock.now(), clock.now());
  const auto before = clock.steady();
  clock.advance(milliseconds{250});
  EXPECT_EQ(clock.now().time_since_epoch(), milliseconds{1'250});
  EXPECT_EQ(clock.steady() - before, milliseconds{250});
}

}  // namespace
}  // namespace ig::core::base
