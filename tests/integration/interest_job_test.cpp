#include "core/jobs/interest.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace ig::tests {
namespace {

using core::jobs::InterestPlan;
using core::values::Nino;

const char* const kFirst = "JG103759A";
const char* const kSecond = "JG103760A";
const char* const kThird = "JG103761A";

class InterestJob : public testing::Test {
 protected:
  using List = std::optional<std::vector<std::string>>;

  InterestPlan plan(const List& listed) {
    std::optional<std::vector<Nino>> numbers;
    if (listed) {
      numbers.emplace();
      for (const std::string& one : *listed) numbers->push_back(Nino::parse(one).value());
    }
    auto out = core::jobs::plan_interest(world_.context(), "rti", numbers);
    EXPECT_TRUE(out.has_value());
    return out ? *std::move(out) : InterestPlan{};
  }
  InterestPlan reconcile(const List& listed = std::nullopt) {
    InterestPlan out = plan(listed);
    EXPECT_TRUE(core::jobs::keep_interest(world_.context(), out).has_value());
    return out;
  }
  void close(const char* nino, const char* case_id) {
    auto record = case_of(nino, case_id);
    record.version = 2;
    record.status = core::facts::CaseStatus::closed;
    world_.add_case(record);
  }
  static std::vector<std::string> entered(const InterestPlan& plan) {
    std::vector<std::string> out;
    for (const auto& one : plan.enter) out.emplace_back(one.nino.reveal().first_eight());
    return out;
  }
  static std::vector<std::string> dropped(const InterestPlan& plan) {
    std::vector<std::string> out;
    for (const auto& one : plan.drop) out.emplace_back(one.nino.reveal().first_eight());
    std::ranges::sort(out);
    return out;
  }
  using Names = std::vector<std::string>;

  TempFolder folder_;
  World world_{folder_.file("store.db")};
};

TEST_F(InterestJob, AsksOnceForEverybodyWithAnOpenCase) {
  world_.add_case(case_of(kFirst, "1"));
  world_.add_case(case_of(kFirst, "2", "ni"));
  EXPECT_EQ(entered(reconcile()), Names{"JG103759"});
  world_.add_case(case_of(kSecond, "3"));
  EXPECT_EQ(entered(reconcile()), Names{"JG103760"});
  const auto none = reconcile();
  EXPECT_TRUE(none.enter.empty());
  EXPECT_EQ(none.wanted, 2U);
}

TEST_F(InterestJob, DropsWhoseLastCaseIsClosed) {
  world_.add_case(case_of(kFirst, "1"));
  reconcile();
  close(kFirst, "1");
  const auto drop = reconcile();
  EXPECT_EQ(dropped(drop), Names{"JG103759"});
  EXPECT_EQ(drop.wanted, 0U);
  EXPECT_TRUE(reconcile().drop.empty());
}

TEST_F(InterestJob, BelievesTheSourcesListAndAsksAgainForWhomItLacks) {
  world_.add_case(case_of(kFirst, "1"));
  world_.add_case(case_of(kSecond, "2"));
  reconcile();
  const auto second = reconcile(Names{"JG103759"});
  EXPECT_EQ(second.confirmed.size(), 1U);
  EXPECT_EQ(entered(second), Names{"JG103760"});
  EXPECT_EQ(second.lost, 0U) << "never confirmed: it may be on its way";
  EXPECT_TRUE(world_.store().held(false).value().empty());
  const auto third = reconcile(Names{"JG103759", "JG103760"});
  EXPECT_EQ(third.confirmed.size(), 1U);
  EXPECT_TRUE(third.enter.empty());
}

TEST_F(InterestJob, RaisesAnAlarmWhenAConfirmedInterestIsGone) {
  world_.add_case(case_of(kFirst, "1"));
  world_.add_case(case_of(kSecond, "2"));
  reconcile(Names{"JG103759", "JG103760"});
  const auto lost = reconcile(Names{"JG103760"});
  EXPECT_EQ(lost.lost, 1U);
  EXPECT_EQ(entered(lost), Names{"JG103759"});
  const auto held = world_.store().held(false).value();
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].kind, "INTEREST");
  EXPECT_EQ(held[0].code, "INTEREST_LOST");
  EXPECT_EQ(held[0].subject, "rti");
  EXPECT_EQ(held[0].detail.find("JG"), std::string::npos);
  EXPECT_EQ(reconcile(Names{"JG103760"}).lost, 0U) << "said once; it is asked for again";
}

TEST_F(InterestJob, DropsWhomTheSourceWatchesWithoutOurWish) {
  world_.add_case(case_of(kFirst, "1"));
  world_.add_case(case_of(kSecond, "2"));
  reconcile(Names{"JG103759", "JG103760"});
  close(kSecond, "2");
  const auto drop = reconcile(Names{"JG103759", "JG103760", "JG103761"});
  EXPECT_EQ(dropped(drop), (Names{"JG103760", "JG103761"}));
  EXPECT_EQ(drop.unknown, 1U);
  const auto gone = reconcile(Names{"JG103759"});
  EXPECT_TRUE(gone.drop.empty());
  EXPECT_TRUE(gone.enter.empty());
}

TEST_F(InterestJob, ForgetsAClosedOneThatTheListLacksAlready) {
  world_.add_case(case_of(kThird, "3"));
  reconcile(Names{"JG103761"});
  close(kThird, "3");
  const auto gone = reconcile(Names{});
  EXPECT_TRUE(gone.drop.empty());
  EXPECT_EQ(gone.gone.size(), 1U);
  EXPECT_TRUE(reconcile(Names{}).gone.empty());
}

TEST_F(InterestJob, PlansWithoutChangingAnything) {
  world_.add_case(case_of(kFirst, "1"));
  EXPECT_EQ(plan(std::nullopt).enter.size(), 1U);
  EXPECT_EQ(plan(std::nullopt).enter.size(), 1U);
}

}  // namespace
}  // namespace ig::tests
