#include "core/base/error_code.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace ig::core::base {
namespace {

static_assert(name(ErrorCode::LINE_TOO_LONG) == "LINE_TOO_LONG");
static_assert(name(ErrorCode::USAGE) == "USAGE");

TEST(ErrorCode, HasOneNameForEachCode) {
  std::set<std::string_view> names;
  int count = 0;
#define IG_COUNT(code)                     \
  EXPECT_EQ(name(ErrorCode::code), #code); \
  names.insert(name(ErrorCode::code));     \
  ++count;
  IG_ERROR_CODES(IG_COUNT)
#undef IG_COUNT
  EXPECT_EQ(names.size(), static_cast<std::size_t>(count));
}

}  // namespace
}  // namespace ig::core::base
