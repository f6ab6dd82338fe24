#include "core/base/sensitive.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace ig::core::base {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

using Secret = Sensitive<std::string>;
static_assert(Streamable<std::string> && !Streamable<Secret> && !Streamable<Sensitive<int>>);
static_assert(fmt::is_formattable<std::string>::value && !fmt::is_formattable<Secret>::value);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>, "becoming personal is said aloud");

TEST(Sensitive, GivesItsValueOnlyWhenAskedByName) {
  const Secret name{"Amanda"};
  EXPECT_EQ(name.reveal(), "Amanda");
  EXPECT_EQ(Secret{}.reveal(), "");
}

TEST(Sensitive, ComparesLikeTheValueItHolds) {
  EXPECT_TRUE(Secret{"a"} == Secret{"a"});
  EXPECT_TRUE(Secret{"a"} != Secret{"b"});
  EXPECT_TRUE(Secret{"a"} < Secret{"b"});
}

}  // namespace
}  // namespace ig::core::base
