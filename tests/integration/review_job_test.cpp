#include "core/jobs/review.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ig::core::jobs {
namespace {

using tests::case_of;
using tests::FakeHmrc;
using tests::TempFolder;
using tests::World;
using values::Date;

ReviewSummary review(World& world, FakeHmrc& hmrc, Date as_of) {
  const auto context = world.context();
  const auto summary = run_review(context, hmrc, world.review_on(as_of));
  EXPECT_TRUE(summary.has_value()) << (summary ? "" : summary.error().message);
  return summary ? *summary : ReviewSummary{};
}

std::map<std::string, std::string> outcomes_by_case(World& world) {
  std::map<std::string, std::string> out;
  const auto read = world.store().each_trigger({}, [&](const ports::StoredTrigger& stored) {
    const auto& trigger = stored.trigger;
    auto& text = out[trigger.case_key.case_system + "/" + trigger.case_key.case_id];
    text += std::string(triggers::name(trigger.kind)) + " ";
    if (trigger.outcome) text += std::string(triggers::name(*trigger.outcome)) + " ";
  });
  EXPECT_TRUE(read.has_value());
  return out;
}

class ReviewJob : public testing::Test {
 protected:
  TempFolder folder_;
  World world_{folder_.file("store.db")};
  FakeHmrc hmrc_;
};

TEST_F(ReviewJob, AsksOnceForAPersonWithCasesInTwoSystemsAndAnswersEach) {
  world_.add_case(case_of("JG103759A", "1", "cms"));
  world_.add_case(case_of("JG103759A", "2", "cms2"));
  hmrc_.annual_pence["JG103759"] = 3'000'000;
  const auto summary = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_EQ(hmrc_.asked, 1u);
  EXPECT_EQ(summary.triggers, 2u);
  const std::map<std::string, std::string> expected = {{"cms/1", "ANNUAL_REVIEW CHANGED "},
                                                       {"cms2/2", "ANNUAL_REVIEW CHANGED "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

TEST_F(ReviewJob, AnswersEachReviewDateOnlyOnceHoweverOftenItRuns) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.annual_pence["JG103759"] = 2'600'000;
  review(world_, hmrc_, Date::of(2026, 2, 10));
  const auto again = review(world_, hmrc_, Date::of(2026, 2, 11));
  EXPECT_EQ(hmrc_.asked, 1u);
  EXPECT_EQ(again.triggers, 0u);
  EXPECT_EQ(again.plan.answered, 1u);
}

TEST_F(ReviewJob, LeavesAReviewDateThirtyOneDaysOffForLater) {
  auto record = case_of("JG103759A", "1");
  record.review_date = Date::of(2026, 3, 13);
  world_.add_case(record);
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 2, 10)).plan.cases, 0u);
  EXPECT_EQ(hmrc_.asked, 0u);
  EXPECT_EQ(review(world_, hmrc_, Date::of(2026, 2, 11)).plan.cases, 1u);
}

TEST_F(ReviewJob, SaysNothingWhileHmrcIsDownAndUnreachableOnTheReviewDate) {
  world_.add_case(case_of("JG103759A", "1"));
  hmrc_.down = true;
  const auto early = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_EQ(early.triggers, 0u);
  EXPECT_EQ(early.waiting, 1u);
  review(world_, hmrc_, Date::of(2026, 3, 1));
  const std::map<std::string, std::string> expected = {{"cms/1", "ANNUAL_REVIEW UNREACHABLE "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

TEST_F(ReviewJob, GivesUpARunWhenHmrcGivesNoAnswerSeveralTimesInARow) {
  const char* ninos[] = {"JG100001A", "JG100002A", "JG100003A", "JG100004A",
                         "JG100005A", "JG100006A", "JG100007A", "JG100008A"};
  for (const char* nino : ninos) world_.add_case(case_of(nino, nino));
  hmrc_.down = true;
  const auto summary = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_TRUE(summary.upstream_down);
  EXPECT_EQ(hmrc_.asked, 5u);
}

TEST_F(ReviewJob, AsksForCurrentIncomeWhenHmrcHoldsNothing) {
  world_.add_case(case_of("JG103759A", "1"));
  review(world_, hmrc_, Date::of(2026, 2, 10));
  const std::map<std::string, std::string> expected = {
      {"cms/1", "ANNUAL_REVIEW NEED_CURRENT_INCOME "}};
  EXPECT_EQ(outcomes_by_case(world_), expected);
}

TEST_F(ReviewJob, LeavesCasesWithoutIncomeInForceAlone) {
  auto record = case_of("JG103759A", "1");
  record.in_force->basis = facts::Basis::not_income_based;
  record.in_force->weekly.reset();
  world_.add_case(record);
  const auto summary = review(world_, hmrc_, Date::of(2026, 2, 10));
  EXPECT_EQ(summary.plan.not_tested, 1u);
  EXPECT_EQ(hmrc_.asked, 0u);
}

TEST_F(ReviewJob, PlansWithoutAsking) {
  world_.add_case(case_of("JG103759A", "1"));
  const auto context = world_.context();
  const auto plan = plan_review(context, Date::of(2026, 2, 10));
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(plan->cases, 1u);
  EXPECT_EQ(plan->requests, 1u);
  EXPECT_EQ(hmrc_.asked, 0u);
}

}  // namespace
}  // namespace ig::core::jobs
