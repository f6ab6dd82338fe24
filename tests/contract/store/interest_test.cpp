#include "core/ports/store.hpp"
#include "tests/contract/store/every_store.hpp"
#include "tests/contract/store/made_up.hpp"

namespace ig::tests::contract::store {
namespace {

using core::ports::InterestState;

class Interest : public EveryStore {
 protected:
  void SetUp() override { register_cases(store(), {a_case("cms", "1", 1), a_case("cms", "2", 2)}); }

  void put(const std::string& source, int number, InterestState state, std::int64_t since = 0) {
    auto unit = store().begin();
    ASSERT_TRUE(
        (*unit)->put_interest({source, person(store(), number), state, at(since)}).has_value());
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  void drop(const std::string& source, int number) {
    auto unit = store().begin();
    ASSERT_TRUE((*unit)->drop_interest(source, person(store(), number)).has_value());
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  std::vector<core::ports::Interest> all(const std::string& source) {
    std::vector<core::ports::Interest> out;
    EXPECT_TRUE(
        store().each_interest(source, [&](const auto& one) { out.push_back(one); }).has_value());
    return out;
  }
};

TEST_P(Interest, IsKeptBySourceAndPersonAndTheLastStateStands) {
  put("rti", 2, InterestState::asked);
  put("rti", 1, InterestState::asked);
  put("benefits", 1, InterestState::asked);
  put("rti", 1, InterestState::confirmed, 60);
  reopen();
  const auto kept = all("rti");
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].person, person(store(), 1));
  EXPECT_EQ(kept[0].state, InterestState::confirmed);
  EXPECT_EQ(kept[0].since, at(60));
  EXPECT_EQ(kept[0].source, "rti");
  EXPECT_EQ(kept[1].state, InterestState::asked);
  EXPECT_EQ(all("benefits").size(), 1U);
  EXPECT_TRUE(all("other").empty());
}

TEST_P(Interest, IsForgottenForOneSourceOnly) {
  put("rti", 1, InterestState::asked);
  put("benefits", 1, InterestState::asked);
  drop("rti", 1);
  drop("rti", 2);
  EXPECT_TRUE(all("rti").empty());
  EXPECT_EQ(all("benefits").size(), 1U);
}

IG_ON_EVERY_STORE(Interest);

}  // namespace
}  // namespace ig::tests::contract::store
