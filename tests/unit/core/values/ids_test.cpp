#include "core/values/ids.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace ig::core::values {
namespace {

static_assert(!std::is_convertible_v<PersonId, DocumentId>);
static_assert(!std::is_convertible_v<std::int64_t, PersonId>, "a number becomes an id by name");

TEST(Ids, WriteAPersonWithoutSayingWho) {
  EXPECT_EQ(text(PersonId{17}), "p-000000017");
  EXPECT_EQ(text(PersonId{1'234'567'890}), "p-1234567890");
}

TEST(Ids, TellCasesOfOneNumberInTwoSystemsApart) {
  const CaseKey first{"cms", "1", "PP1"};
  EXPECT_EQ(first, (CaseKey{"cms", "1", "PP1"}));
  EXPECT_NE(first, (CaseKey{"ni", "1", "PP1"}));
  EXPECT_LT(first, (CaseKey{"cms", "1", "PP2"}));
}

TEST(Ids, CompareEmploymentsByEveryPartOfTheirKey) {
  const EmploymentKey job{"120", "XB4471", "E17", 0};
  EXPECT_NE(job, (EmploymentKey{"120", "XB4471", "E18", 0}));
  EXPECT_LT(job, (EmploymentKey{"121", "AA1", "", 0}));
}

}  // namespace
}  // namespace ig::core::values
