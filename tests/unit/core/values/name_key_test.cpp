#include "core/values/name_key.hpp"

#include "core/values/nino.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace ig::core::values {
namespace {

const Date kBorn = Date::of(1984, 5, 17);

TEST(FoldedName, IsCapitalsWithoutWhatStandsBetweenLetters) {
  EXPECT_EQ(folded_name("O'Neill-Mac Donald Jr."), "ONEILLMACDONALDJR");
  EXPECT_EQ(folded_name(""), "");
  EXPECT_EQ(folded_name(" -'."), "");
}

TEST(FoldedName, TakesAccentsAndForeignLettersOff) {
  EXPECT_EQ(folded_name("Jos\xC3\xA9"), "JOSE");
  EXPECT_EQ(folded_name("JOS\xC3\x89"), "JOSE");
  EXPECT_EQ(folded_name("\xC5\x81ukasz Wei\xC3\x9F"), "LUKASZWEISS");
  EXPECT_EQ(folded_name("\xE6\x9D\x8E"), "") << "no letter to compare";
  EXPECT_EQ(folded_name("a\xC3"), "A") << "half a letter at the end";
}

TEST(NameKey, IsTheSameForTheSameNameHoweverItIsWritten) {
  EXPECT_EQ(name_key("O'Neill", kBorn), name_key("ONEILL", kBorn));
  EXPECT_NE(name_key("Neill", kBorn), name_key("ONEILL", kBorn));
  EXPECT_NE(name_key("ONEILL", Date::of(1984, 5, 18)), name_key("ONEILL", kBorn));
}

TEST(NameKey, IsNeverAPackedNumberAndSpreads) {
  const std::uint64_t largest = Nino::parse("YY999999D")->packed();
  std::set<std::uint64_t> keys;
  for (int i = 0; i < 10'000; ++i) {
    std::string name;
    for (int rest = i; rest > 0; rest /= 26) name.push_back(static_cast<char>('a' + rest % 26));
    keys.insert(name_key("Name" + name, kBorn.plus_days(i % 7)));
  }
  EXPECT_EQ(keys.size(), 10'000U);
  EXPECT_GT(*keys.begin(), largest);
}

}  // namespace
}  // namespace ig::core::values
