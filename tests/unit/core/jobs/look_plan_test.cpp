#include "core/jobs/look_plan.hpp"

#include <gtest/gtest.h>

namespace ig::core::jobs {
namespace {

using values::Date;
using values::PayFrequency;

LookPlanTerms terms() {
  LookPlanTerms out;
  out.from = Date::of(2026, 2, 1);
  out.days = 28;
  out.per_second = 1;
  out.late_per_mille = 0;
  return out;
}

TEST(LookPlan, CountsOneCallForEachPaydayThatCanBeLookedAt) {
  const std::vector<Paydays> paydays = {{PayFrequency::W1, Date::of(2026, 2, 6), 10},
                                        {PayFrequency::M1, Date::of(2026, 2, 28), 10},
                                        {std::nullopt, Date::of(2026, 2, 5), 3}};
  const auto plan = plan_looks(paydays, terms());
  EXPECT_EQ(plan.people, 23U);
  EXPECT_EQ(plan.calls, 4U * 10 + 3) << "the end of the month is looked at in the next";
  EXPECT_EQ(plan.by_rhythm.at("W1"), 10U);
  EXPECT_EQ(plan.by_rhythm.at("NONE"), 3U);
  EXPECT_EQ(plan.most_in_a_day, 10U);
  EXPECT_EQ(plan.waiting, 0U);
}

TEST(LookPlan, SeesAPaydayInTheFirstHourOfTheDayAfterWhenThereIsRoom) {
  const std::vector<Paydays> paydays = {{PayFrequency::W1, Date::of(2026, 2, 6), 3'600}};
  const auto plan = plan_looks(paydays, terms());
  EXPECT_EQ(plan.half, 25);
  EXPECT_EQ(plan.worst, 25);
}

TEST(LookPlan, SpreadsADayThatIsTooMuchOverTheHoursAfterIt) {
  const std::vector<Paydays> paydays = {{PayFrequency::M1, Date::of(2026, 2, 10), 36'000}};
  const auto plan = plan_looks(paydays, terms());
  EXPECT_EQ(plan.half, 24 + 5);
  EXPECT_EQ(plan.nineteen_in_twenty, 24 + 10);
  EXPECT_EQ(plan.worst, 24 + 10);
  EXPECT_EQ(plan.capacity_a_day, 86'400U);
}

TEST(LookPlan, SetsAsideWhatReviewsNeed) {
  auto with_reviews = terms();
  with_reviews.others_a_day = 24 * 1'800;
  const std::vector<Paydays> paydays = {{PayFrequency::M1, Date::of(2026, 2, 10), 36'000}};
  EXPECT_EQ(plan_looks(paydays, with_reviews).worst, 24 + 20);
}

TEST(LookPlan, SeesALateReportByTheSecondLook) {
  auto late = terms();
  late.late_per_mille = 100;
  const std::vector<Paydays> paydays = {{PayFrequency::M1, Date::of(2026, 2, 10), 1'000}};
  const auto plan = plan_looks(paydays, late);
  EXPECT_EQ(plan.calls, 1'100U);
  EXPECT_EQ(plan.half, 25);
  EXPECT_EQ(plan.worst, 24 * (1 + kLookAgainAfter[0]) + 1);
}

TEST(LookPlan, LeavesWaitingWhatTheBudgetCannotDo) {
  const std::vector<Paydays> paydays = {{PayFrequency::W1, Date::of(2026, 2, 6), 1'000'000}};
  const auto plan = plan_looks(paydays, terms());
  EXPECT_GT(plan.waiting, 0U);
  EXPECT_EQ(plan.calls + plan.waiting, 4U * 1'000'000);
}

TEST(LookPlan, SeesAMillionPeopleWithinDaysAtThreeRequestsASecond) {
  LookPlanTerms at_hmrc;
  at_hmrc.from = Date::of(2026, 11, 1);
  at_hmrc.others_a_day = 5'480;
  const auto paydays = made_up_paydays(1'000'000, at_hmrc.from);
  const auto plan = plan_looks(paydays, at_hmrc);
  EXPECT_EQ(plan.people, 1'000'000U);
  EXPECT_EQ(plan.waiting, 0U);
  EXPECT_LE(plan.half.value(), 2 * 24);
  EXPECT_LE(plan.nineteen_in_twenty.value(), 5 * 24);
  EXPECT_LE(plan.most_in_a_day, 2 * plan.capacity_a_day);
}

}  // namespace
}  // namespace ig::core::jobs
