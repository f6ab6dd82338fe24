#include "core/ports/store.hpp"
#include "tests/contract/store/every_store.hpp"
#include "tests/contract/store/made_up.hpp"

#include <set>

namespace ig::tests::contract::store {
namespace {

using core::ports::Claimed;
using core::ports::DeliveryState;
using core::triggers::Mode;
using core::values::CaseKey;
using core::values::Instant;

const CaseKey kFirst{"cms", "1", "PP1"};
const CaseKey kSecond{"cms", "2", "PP1"};
constexpr std::chrono::seconds kLease{60};

class Delivery : public EveryStore {
 protected:
  void SetUp() override {
    register_cases(store(), {a_case("cms", "1", 1), a_case("cms", "2", 2), a_case("ni", "1", 1)});
  }
  std::vector<Claimed> claim(std::int64_t seconds, std::size_t max = 10) {
    auto unit = store().begin();
    auto claimed = (*unit)->claim(at(seconds), max, kLease);
    core::base::require(claimed.has_value(), "heads can be claimed");
    EXPECT_TRUE((*unit)->commit().has_value());
    return *std::move(claimed);
  }
  template <class Call>
  void in_unit(const Call& call) {
    auto unit = store().begin();
    const auto done = call(**unit);
    ASSERT_TRUE(done.has_value()) << done.error().message;
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  void deliver(int number, std::int64_t seconds) {
    in_unit([&](auto& unit) { return unit.delivered(id32(number), applied(), at(seconds)); });
  }
  static std::vector<std::string> ids(const std::vector<Claimed>& claimed) {
    std::vector<std::string> out;
    for (const Claimed& one : claimed) out.push_back(one.dispatch.trigger.id);
    return out;
  }
  core::ports::StoredTrigger stored(int number) { return **store().trigger(id32(number)); }
};

TEST_P(Delivery, NumbersACasesTriggersFromOneWithoutGaps) {
  raise(store(), kFirst, {1, 2});
  raise(store(), kSecond, {3});
  raise(store(), kFirst, {4});
  EXPECT_EQ(stored(1).sequence, 1);
  EXPECT_EQ(stored(2).sequence, 2);
  EXPECT_EQ(stored(3).sequence, 1);
  EXPECT_EQ(stored(4).sequence, 3);
}

TEST_P(Delivery, ATriggerThatIsThereIsNotAddedAgainAndTakesNoNumber) {
  raise(store(), kFirst, {1});
  auto unit = store().begin();
  EXPECT_FALSE(*(*unit)->add_trigger(a_trigger(kFirst, 1), Mode::live, {}, at(9), "again"));
  EXPECT_TRUE(*(*unit)->add_trigger(a_trigger(kFirst, 2), Mode::live, {}, at(9), "again"));
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_EQ(stored(1).correlation_id, "c0ffee");
  EXPECT_EQ(stored(2).sequence, 2);
}

TEST_P(Delivery, ADroppedUnitLeavesNoGap) {
  {
    auto unit = store().begin();
    EXPECT_TRUE(*(*unit)->add_trigger(a_trigger(kFirst, 1), Mode::live, {}, at(0), ""));
  }
  raise(store(), kFirst, {2});
  EXPECT_EQ(stored(2).sequence, 1);
  EXPECT_FALSE(store().trigger(id32(1))->has_value());
}

TEST_P(Delivery, AShadowTriggerIsKeptAndNeverSent) {
  auto unit = store().begin();
  EXPECT_TRUE(*(*unit)->add_trigger(a_trigger(kFirst, 1), Mode::shadow, {}, at(0), ""));
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_EQ(stored(1).state, DeliveryState::not_sent);
  EXPECT_FALSE(stored(1).sequence.has_value());
  EXPECT_TRUE(claim(100).empty());
  raise(store(), kFirst, {2});
  EXPECT_EQ(stored(2).sequence, 1);
}

TEST_P(Delivery, ClaimsTheHeadOfEachCaseAndNeverTwoOfOne) {
  raise(store(), kFirst, {1, 2});
  raise(store(), kSecond, {3, 4});
  EXPECT_EQ(ids(claim(0)), (std::vector<std::string>{id32(1), id32(3)}));
  EXPECT_TRUE(claim(1).empty());
}

TEST_P(Delivery, GivesEverythingADispatchNeeds) {
  raise(store(), kFirst, {1});
  const auto claimed = claim(0);
  ASSERT_EQ(claimed.size(), 1U);
  const auto& dispatch = claimed[0].dispatch;
  EXPECT_EQ(dispatch.trigger.case_key, kFirst);
  EXPECT_EQ(dispatch.trigger.weekly, core::values::Money::pence(70001));
  EXPECT_EQ(dispatch.trigger.dedupe_key, "cms/1/1");
  EXPECT_EQ(dispatch.sequence, 1);
  EXPECT_EQ(dispatch.mode, Mode::live);
  EXPECT_EQ(dispatch.time, at(0));
  EXPECT_EQ(dispatch.correlation_id, "c0ffee");
  EXPECT_NE(dispatch.assessment_json.find("made up"), std::string::npos);
  EXPECT_EQ(claimed[0].attempts, 0U);
  EXPECT_EQ(claimed[0].leased_until, at(60));
}

TEST_P(Delivery, NothingIsClaimedBeforeItsTime) {
  raise(store(), kFirst, {1}, at(10));
  EXPECT_TRUE(claim(9).empty());
  EXPECT_EQ(store().next_due()->value(), at(10));
  EXPECT_EQ(claim(10).size(), 1U);
}

TEST_P(Delivery, ClaimsNoMoreThanAsked) {
  raise(store(), kFirst, {1});
  raise(store(), kSecond, {2});
  EXPECT_EQ(claim(0, 1).size(), 1U);
  EXPECT_EQ(claim(0, 1).size(), 1U);
  EXPECT_TRUE(claim(0, 1).empty());
}

TEST_P(Delivery, ALeaseThatRanOutIsClaimedAgain) {
  raise(store(), kFirst, {1});
  ASSERT_EQ(claim(0).size(), 1U);
  EXPECT_TRUE(claim(59).empty());
  EXPECT_EQ(ids(claim(60)), std::vector<std::string>{id32(1)});
}

TEST_P(Delivery, LeasesOfAKilledRunAreHandedBack) {
  raise(store(), kFirst, {1});
  raise(store(), kSecond, {2});
  ASSERT_EQ(claim(0).size(), 2U);
  reopen();
  in_unit([](auto& unit) { return unit.release_leases(); });
  EXPECT_EQ(claim(1).size(), 2U);
}

TEST_P(Delivery, TwoProcessesNeverHaveTheSameHead) {
  raise(store(), kFirst, {1});
  raise(store(), kSecond, {2});
  const auto other = memory().open();
  const auto mine = claim(0, 1);
  auto unit = other->begin();
  const auto theirs = (*unit)->claim(at(0), 10, kLease);
  ASSERT_EQ(mine.size(), 1U);
  ASSERT_EQ(theirs->size(), 1U);
  EXPECT_NE(mine[0].dispatch.trigger.id, theirs->front().dispatch.trigger.id);
}

TEST_P(Delivery, ADeliveredHeadLetsTheNextOneGo) {
  raise(store(), kFirst, {1, 2});
  ASSERT_EQ(claim(0).size(), 1U);
  deliver(1, 5);
  EXPECT_EQ(stored(1).state, DeliveryState::delivered);
  EXPECT_EQ(stored(1).attempts, 1U);
  EXPECT_EQ(ids(claim(5)), std::vector<std::string>{id32(2)});
  deliver(2, 6);
  EXPECT_TRUE(claim(1'000).empty());
  EXPECT_FALSE(store().next_due()->has_value());
}

TEST_P(Delivery, HearingTwiceThatItWasDeliveredChangesNothing) {
  raise(store(), kFirst, {1, 2});
  deliver(1, 5);
  deliver(1, 6);
  EXPECT_EQ(stored(1).attempts, 1U);
  EXPECT_EQ(store().outbox()->front().delivered, 1U);
  EXPECT_EQ(ids(claim(7)), std::vector<std::string>{id32(2)});
}

TEST_P(Delivery, ARetryWaitsAndHoldsItsCaseBack) {
  raise(store(), kFirst, {1, 2});
  ASSERT_EQ(claim(0).size(), 1U);
  in_unit([](auto& unit) { return unit.retry(id32(1), 1, at(30), "503"); });
  EXPECT_TRUE(claim(29).empty());
  EXPECT_EQ(stored(1).next_attempt_at, at(30));
  EXPECT_EQ(stored(1).last_answer, "503");
  const auto again = claim(30);
  EXPECT_EQ(ids(again), std::vector<std::string>{id32(1)});
  EXPECT_EQ(again[0].attempts, 1U);
}

TEST_P(Delivery, ARetryHeardAfterTheDeliveryChangesNothing) {
  raise(store(), kFirst, {1, 2});
  deliver(1, 5);
  in_unit([](auto& unit) { return unit.retry(id32(1), 1, at(500), "late"); });
  EXPECT_EQ(stored(1).state, DeliveryState::delivered);
  EXPECT_EQ(ids(claim(6)), std::vector<std::string>{id32(2)});
}

TEST_P(Delivery, AParkedHeadStopsItsCaseAndNoOther) {
  raise(store(), kFirst, {1, 2});
  raise(store(), kSecond, {3});
  ASSERT_EQ(claim(0).size(), 2U);
  in_unit([](auto& unit) { return unit.park(id32(1), 9, "409", at(1)); });
  deliver(3, 1);
  raise(store(), kFirst, {4});
  EXPECT_TRUE(claim(100'000).empty());
  EXPECT_EQ(stored(1).state, DeliveryState::parked);
  EXPECT_EQ(store().outbox()->front().parked, 1U);
}

TEST_P(Delivery, AParkedHeadThatIsSentAgainGoesFirst) {
  raise(store(), kFirst, {1, 2});
  ASSERT_EQ(claim(0).size(), 1U);
  in_unit([](auto& unit) { return unit.park(id32(1), 9, "409", at(1)); });
  in_unit([](auto& unit) { return unit.unpark(id32(1), true, at(50)); });
  const auto again = claim(50);
  EXPECT_EQ(ids(again), std::vector<std::string>{id32(1)});
  EXPECT_EQ(again[0].attempts, 0U);
}

TEST_P(Delivery, AParkedHeadThatIsPassedByLetsTheCaseGoOn) {
  raise(store(), kFirst, {1, 2});
  ASSERT_EQ(claim(0).size(), 1U);
  in_unit([](auto& unit) { return unit.park(id32(1), 9, "409", at(1)); });
  in_unit([](auto& unit) { return unit.unpark(id32(1), false, at(50)); });
  EXPECT_EQ(stored(1).state, DeliveryState::skipped);
  EXPECT_EQ(ids(claim(50)), std::vector<std::string>{id32(2)});
}

TEST_P(Delivery, OnlyAParkedDeliveryIsUnparked) {
  raise(store(), kFirst, {1});
  auto unit = store().begin();
  EXPECT_EQ((*unit)->unpark(id32(1), true, at(0)).error().code, core::base::ErrorCode::NOT_FOUND);
  EXPECT_EQ((*unit)->delivered(id32(99), applied(), at(0)).error().code,
            core::base::ErrorCode::NOT_FOUND);
}

TEST_P(Delivery, CountsWhatWaitsByCaseSystem) {
  raise(store(), kFirst, {1, 2}, at(5));
  raise(store(), {"ni", "1", "PP1"}, {3}, at(7));
  deliver(1, 9);
  const auto lines = store().outbox();
  ASSERT_EQ(lines->size(), 2U);
  EXPECT_EQ((*lines)[0].case_system, "cms");
  EXPECT_EQ((*lines)[0].pending, 1U);
  EXPECT_EQ((*lines)[0].delivered, 1U);
  EXPECT_EQ((*lines)[0].oldest_pending, at(5));
  EXPECT_EQ((*lines)[1].pending, 1U);
}

TEST_P(Delivery, ListsTriggersByWhatIsAskedFor) {
  raise(store(), kFirst, {1, 2});
  raise(store(), kSecond, {3});
  deliver(1, 9);
  const auto list = [&](const core::ports::TriggerFilter& filter) {
    std::vector<std::string> out;
    const auto done = store().each_trigger(
        filter, [&](const core::ports::StoredTrigger& one) { out.push_back(one.trigger.id); });
    EXPECT_TRUE(done.has_value());
    return out;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(list({}), (Ids{id32(1), id32(2), id32(3)}));
  core::ports::TriggerFilter of_first;
  of_first.case_key = kFirst;
  EXPECT_EQ(list(of_first), (Ids{id32(1), id32(2)}));
  core::ports::TriggerFilter delivered_ones;
  delivered_ones.state = DeliveryState::delivered;
  EXPECT_EQ(list(delivered_ones), Ids{id32(1)});
  core::ports::TriggerFilter other_kind;
  other_kind.kind = core::triggers::Kind::ANNUAL_REVIEW;
  EXPECT_EQ(list(other_kind), Ids{});
  core::ports::TriggerFilter two;
  two.limit = 2;
  EXPECT_EQ(list(two), (Ids{id32(1), id32(2)}));
}

TEST_P(Delivery, AVisitorMayAskTheStoreItself) {
  raise(store(), kFirst, {1, 2});
  std::size_t inner = 0;
  const auto done = store().each_trigger({}, [&](const core::ports::StoredTrigger&) {
    const auto nested = store().each_trigger({}, [&](const auto&) { ++inner; });
    EXPECT_TRUE(nested.has_value());
  });
  EXPECT_TRUE(done.has_value());
  EXPECT_EQ(inner, 4U);
}

IG_ON_EVERY_STORE(Delivery);

}  // namespace
}  // namespace ig::tests::contract::store
