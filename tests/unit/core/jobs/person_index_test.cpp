#include "core/jobs/person_index.hpp"

#include "core/base/random.hpp"

#include <gtest/gtest.h>

#include <unordered_map>

namespace ig::core::jobs {
namespace {

TEST(PersonIndex, FindsNobodyWhenEmpty) { EXPECT_FALSE(PersonIndex{}.find(17).has_value()); }

TEST(PersonIndex, AgreesWithAMapOverManyPeople) {
  PersonIndex index;
  std::unordered_map<std::uint64_t, std::int64_t> map;
  base::SeededRandom random(7);
  for (std::int64_t i = 1; i <= 50'000; ++i) {
    const std::uint64_t packed = random.below(80'000) + 1;
    index.add(packed, values::PersonId{i});
    map[packed] = i;
  }
  EXPECT_EQ(index.size(), map.size());
  for (std::uint64_t packed = 1; packed <= 80'001; ++packed) {
    const auto found = index.find(packed);
    const auto expected = map.find(packed);
    ASSERT_EQ(found.has_value(), expected != map.end()) << packed;
    if (found) {
      EXPECT_EQ(found->value, expected->second);
    }
  }
}

TEST(PersonIndexDeath, RefusesAPackedNumberThatMeansFree) {
  PersonIndex index;
  EXPECT_DEATH(index.add(0, values::PersonId{1}), "never zero");
}

}  // namespace
}  // namespace ig::core::jobs
