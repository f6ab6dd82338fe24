#include "core/jobs/deliver.hpp"
#include "core/jobs/review.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ig::core::jobs {
namespace {

using tests::case_of;
using tests::FakeCaseSystem;
using tests::FakeHmrc;
using tests::TempFolder;
using tests::World;
using values::Date;

class DeliverJob : public testing::Test {
 protected:
  /// One trigger for each case, by an annual review.
  void raise_for(std::initializer_list<std::pair<const char*, const char*>> cases) {
    for (const auto& [case_id, system] : cases) {
      world_.add_case(case_of("JG1037" + std::string(case_id) + "A", case_id, system));
      hmrc_.annual_pence["JG1037" + std::string(case_id)] = 3'000'000;
    }
    const auto how = World::review_on(Date::of(2026, 2, 10));
    const auto context = world_.context();
    ASSERT_TRUE(tests::run_review(context, {.yearly = &hmrc_}, how).has_value());
  }
  DeliverTotals round() {
    const auto totals = deliverer_.round([] { return false; });
    EXPECT_TRUE(totals.has_value());
    return totals ? *totals : DeliverTotals{};
  }

  TempFolder folder_;
  World world_{folder_.file("store.db")};
  FakeHmrc hmrc_;
  FakeCaseSystem cms_;
  FakeCaseSystem cms2_;
  JobContext context_ = world_.context();
  Deliverer deliverer_{context_, {{"cms", &cms_}, {"cms2", &cms2_}}, world_.random()};
};

TEST_F(DeliverJob, SendsEachTriggerOnce) {
  raise_for({{"01", "cms"}, {"02", "cms"}, {"03", "cms2"}});
  EXPECT_EQ(round().delivered, 3u);
  EXPECT_EQ(round().attempted, 0u);
  EXPECT_EQ(cms_.applied.size(), 2u);
  EXPECT_EQ(cms2_.applied.size(), 1u);
}

TEST_F(DeliverJob, SendsAgainWhenTheAnswerWasLostAndTheReceiverAppliesItOnce) {
  raise_for({{"01", "cms"}});
  cms_.lose_answer_of_nth = 0;
  EXPECT_EQ(round().postponed, 1u);
  world_.clock().advance(std::chrono::minutes{1});
  const auto again = round();
  EXPECT_EQ(again.delivered, 1u);
  EXPECT_EQ(again.duplicates, 1u);
  EXPECT_EQ(cms_.applied.begin()->second, 1);
}

TEST_F(DeliverJob, KeepsOneTargetsTroubleAwayFromAnother) {
  raise_for({{"01", "cms"}, {"02", "cms"}, {"03", "cms2"}});
  cms_.silent = true;
  const auto totals = round();
  EXPECT_EQ(totals.delivered, 1u);
  EXPECT_EQ(totals.postponed, 2u);
}

TEST_F(DeliverJob, CostsNoAttemptWhileTheTargetIsSilent) {
  raise_for({{"01", "cms"}});
  cms_.silent = true;
  for (int i = 0; i < 50; ++i) {
    round();
    world_.clock().advance(std::chrono::minutes{20});
  }
  cms_.silent = false;
  EXPECT_EQ(round().delivered, 1u);
}

TEST_F(DeliverJob, ParksWhatIsRefusedForGoodAndHoldsItForAPerson) {
  raise_for({{"01", "cms"}});
  cms_.answer_status = 422;
  EXPECT_EQ(round().parked, 1u);
  const auto held = world_.store().held(false);
  ASSERT_TRUE(held.has_value());
  ASSERT_EQ(held->size(), 1u);
  EXPECT_EQ(held->front().kind, "DELIVERY");
  EXPECT_EQ(held->front().code, "REFUSED");
  world_.clock().advance(std::chrono::hours{24});
  EXPECT_EQ(round().attempted, 0u);
}

TEST_F(DeliverJob, MovesTheRegisterOnWithTheReceipt) {
  raise_for({{"01", "cms"}});
  facts::InForce figure;
  figure.basis = facts::Basis::historic;
  figure.weekly = values::Money::pence(57534);
  figure.tax_year = values::TaxYear::starting(2024);
  figure.annual = values::Money::pence(3'000'000);
  cms_.moves_to = figure;
  EXPECT_EQ(round().figures_moved, 1u);
  const auto record = world_.store().case_of({"cms", "01", "PP1"});
  ASSERT_TRUE(record.has_value() && record->has_value());
  EXPECT_EQ((*record)->record.in_force->weekly, values::Money::pence(57534));
}

TEST_F(DeliverJob, ComesBackToWhatAKilledRunHadClaimed) {
  raise_for({{"01", "cms"}});
  {
    auto unit = world_.store().begin();
    ASSERT_TRUE(unit.has_value());
    ASSERT_EQ((*unit)->claim(context_.now(), 10, std::chrono::seconds{60})->size(), 1u);
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  EXPECT_EQ(round().attempted, 0u);
  ASSERT_TRUE(take_over_claims(world_.store()).has_value());
  EXPECT_EQ(round().delivered, 1u);
}

}  // namespace
}  // namespace ig::core::jobs
