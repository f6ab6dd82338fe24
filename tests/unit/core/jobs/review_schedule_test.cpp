#include "core/jobs/review_schedule.hpp"

#include "tests/support/law.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ig::core::jobs {
namespace {

using values::Date;

rules::Parameters law() {
  static const rules::ParameterSet set = tests::law();
  return *set.on(Date::of(2026, 4, 6), facts::Jurisdiction::gb);
}

std::vector<int> days_before(Date review_date) {
  std::vector<int> out;
  for (const Date day : review_ask_days(review_date, law())) {
    out.push_back(values::days_between(day, review_date));
  }
  return out;
}

TEST(ReviewSchedule, AsksThirtyDaysBeforeAndThenAtFallingIntervalsToTheDay) {
  const std::vector<int> expected = {30, 20, 14, 10, 7, 5, 4, 3, 2, 1, 0};
  EXPECT_EQ(days_before(Date::of(2026, 12, 1)), expected);
}

TEST(ReviewSchedule, AsksOnceMoreWhenANewTaxYearBeginsBeforeTheReview) {
  const std::vector<int> expected = {30, 24, 20, 14, 10, 7, 5, 4, 3, 2, 1, 0};
  EXPECT_EQ(days_before(Date::of(2026, 4, 30)), expected);
  EXPECT_EQ(settled_from(Date::of(2026, 4, 30), law()), Date::of(2026, 4, 6));
  EXPECT_EQ(settled_from(Date::of(2026, 12, 1), law()), Date::of(2026, 11, 1));
}

TEST(ReviewSchedule, HasTheReviewDateItselfAsItsSecondAskWhenItIsTheFirstOfTheTaxYear) {
  EXPECT_EQ(settled_from(Date::of(2026, 4, 6), law()), Date::of(2026, 4, 6));
  EXPECT_EQ(settled_from(Date::of(2026, 4, 5), law()), Date::of(2026, 3, 6));
  EXPECT_EQ(settled_from(Date::of(2026, 5, 5), law()), Date::of(2026, 4, 6));
  EXPECT_EQ(settled_from(Date::of(2026, 5, 6), law()), Date::of(2026, 4, 6));
}

TEST(ReviewSchedule, AsksOncePerDayOfTheListAndMakesGoodWhatWasMissed) {
  const auto days = review_ask_days(Date::of(2026, 12, 1), law());
  const Date first = Date::of(2026, 11, 1);
  EXPECT_FALSE(is_ask_day(days, first.plus_days(-1), std::nullopt));
  EXPECT_TRUE(is_ask_day(days, first, std::nullopt));
  EXPECT_FALSE(is_ask_day(days, first, first));
  EXPECT_FALSE(is_ask_day(days, first.plus_days(9), first));
  EXPECT_TRUE(is_ask_day(days, first.plus_days(10), first));
  EXPECT_TRUE(is_ask_day(days, first.plus_days(13), first));
  EXPECT_FALSE(is_ask_day(days, first.plus_days(14), first.plus_days(13)));
}

TEST(ReviewSchedule, SaysTheNextDayUntilThereIsNone) {
  const auto days = review_ask_days(Date::of(2026, 12, 1), law());
  EXPECT_EQ(next_ask_day(days, Date::of(2026, 11, 1)), Date::of(2026, 11, 11));
  EXPECT_EQ(next_ask_day(days, Date::of(2026, 11, 30)), Date::of(2026, 12, 1));
  EXPECT_EQ(next_ask_day(days, Date::of(2026, 12, 1)), std::nullopt);
}

}  // namespace
}  // namespace ig::core::jobs
