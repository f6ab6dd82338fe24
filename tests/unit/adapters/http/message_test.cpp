#include "adapters/http/message.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::http {
namespace {

TEST(Find, ComparesNamesWithoutCaseAndTakesTheFirst) {
  const std::vector<Header> headers = {{"Content-Type", "a"}, {"X", "b"}, {"x", "c"}};
  ASSERT_NE(find(headers, "content-type"), nullptr);
  EXPECT_EQ(*find(headers, "CONTENT-TYPE"), "a");
  EXPECT_EQ(*find(headers, "x"), "b");
  EXPECT_EQ(find(headers, "content-typ"), nullptr);
  EXPECT_EQ(find({}, "x"), nullptr);
}

}  // namespace
}  // namespace ig::adapters::http
