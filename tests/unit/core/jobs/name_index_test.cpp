#include "core/jobs/name_index.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ig::core::jobs {
namespace {

using values::PersonId;

TEST(NameIndex, FindsEverybodyUnderAKeyOnceInOrderOfId) {
  NameIndex index;
  index.add(9, PersonId{5});
  index.add(7, PersonId{3});
  index.add(9, PersonId{2});
  index.add(9, PersonId{5});
  index.sort();
  EXPECT_EQ(index.find(9), (std::vector{PersonId{2}, PersonId{5}}));
  EXPECT_EQ(index.find(7), std::vector{PersonId{3}});
  EXPECT_TRUE(index.find(8).empty());
  EXPECT_EQ(index.size(), 3U);
  std::multiset<std::uint64_t> keys;
  index.each([&](std::uint64_t key) { keys.insert(key); });
  EXPECT_EQ(keys, (std::multiset<std::uint64_t>{7, 9, 9}));
}

TEST(NameIndex, FindsNobodyWhenEmpty) { EXPECT_TRUE(NameIndex{}.find(7).empty()); }

}  // namespace
}  // namespace ig::core::jobs
