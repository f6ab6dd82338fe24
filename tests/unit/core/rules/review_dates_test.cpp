#include "core/rules/review_dates.hpp"

#include "core/rules/hmrc_window.hpp"
#include "tests/support/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using values::Date;

const Date kEffective = Date::of(2026, 3, 15);

const Parameters& law() {
  static const Parameters out = *tests::law().on(kEffective, facts::Jurisdiction::gb);
  return out;
}

Parameters first_of_march() {
  return *tests::law_with("review.feb29", std::string("MAR_1"))
              .on(kEffective, facts::Jurisdiction::gb);
}

ReviewBasis from(Date initial_effective_date) {
  return {initial_effective_date, std::nullopt, std::nullopt};
}

TEST(Notice, ByPostIsSentTwoDaysBefore) {
  const auto late = check_notice({NoticeChannel::post, Date::of(2026, 3, 14)}, kEffective, law());
  EXPECT_FALSE(late.valid());
  EXPECT_EQ(late.days_given, 1);
  EXPECT_EQ(late.days_needed, 2);
  EXPECT_TRUE(
      check_notice({NoticeChannel::post, Date::of(2026, 3, 13)}, kEffective, law()).valid());
}

TEST(Notice, SentElectronicallyIsSentADayBefore) {
  EXPECT_TRUE(
      check_notice({NoticeChannel::electronic, Date::of(2026, 3, 14)}, kEffective, law()).valid());
  EXPECT_FALSE(check_notice({NoticeChannel::electronic, kEffective}, kEffective, law()).valid());
}

TEST(Notice, ByTelephoneIsInTimeOnTheDayAndConfirmedInWriting) {
  EXPECT_TRUE(
      check_notice({NoticeChannel::telephone, kEffective, true}, kEffective, law()).valid());
  const auto unconfirmed =
      check_notice({NoticeChannel::telephone, kEffective, false}, kEffective, law());
  EXPECT_FALSE(unconfirmed.valid());
  EXPECT_TRUE(unconfirmed.lacks_confirmation);
  EXPECT_FALSE(
      check_notice({NoticeChannel::telephone, kEffective.plus_days(1), true}, kEffective, law())
          .valid());
}

TEST(InitialAnchor, IsNotThereUntilAValidNoticeIsRecorded) {
  EXPECT_EQ(initial_anchor(std::nullopt, kEffective, law()), std::nullopt);
  EXPECT_EQ(initial_anchor(Notice{NoticeChannel::post, kEffective}, kEffective, law()),
            std::nullopt);
  EXPECT_EQ(initial_anchor(Notice{NoticeChannel::post, Date::of(2026, 3, 1)}, kEffective, law()),
            kEffective);
}

TEST(ReviewDates, FallTwelveMonthsAfterTheInitialEffectiveDateAndOnEachAnniversary) {
  const auto dates = review_dates(from(Date::of(2025, 12, 1)), 2, law());
  EXPECT_THAT(dates, ElementsAre(Date::of(2026, 12, 1), Date::of(2027, 12, 1)));
  EXPECT_EQ(earliest_request(dates[0], law()), Date::of(2026, 11, 1));
  EXPECT_THAT(review_dates(from(Date::of(2025, 12, 1)), 0, law()), IsEmpty());
}

TEST(ReviewDates, FallOnTheLastOfFebruaryWhereTheAnchorIsALeapDay) {
  EXPECT_THAT(review_dates(from(Date::of(2024, 2, 29)), 4, law()),
              ElementsAre(Date::of(2025, 2, 28), Date::of(2026, 2, 28), Date::of(2027, 2, 28),
                          Date::of(2028, 2, 29)));
}

TEST(ReviewDates, FallOnTheFirstOfMarchWhereTheSwitchSaysSo) {
  EXPECT_THAT(review_dates(from(Date::of(2024, 2, 29)), 4, first_of_march()),
              ElementsAre(Date::of(2025, 3, 1), Date::of(2026, 3, 1), Date::of(2027, 3, 1),
                          Date::of(2028, 2, 29)));
  EXPECT_EQ(anniversary(Date::of(2024, 2, 28), 1, first_of_march()), Date::of(2025, 2, 28));
}

TEST(ReviewDates, StandAsTheyWereFixed) {
  ReviewBasis basis = from(Date::of(2025, 12, 1));
  basis.existing_next_review = Date::of(2026, 8, 1);
  basis.fixed_other_date = Date::of(2026, 9, 15);
  EXPECT_THAT(review_dates(basis, 2, law()),
              ElementsAre(Date::of(2026, 9, 15), Date::of(2027, 9, 15)));
}

TEST(ReviewDates, AreAlignedToTheOtherCaseOfThePayingParent) {
  ReviewBasis basis = from(Date::of(2026, 8, 10));
  basis.existing_next_review = Date::of(2026, 12, 1);
  EXPECT_THAT(review_dates(basis, 1, law()), ElementsAre(Date::of(2026, 12, 1)));
}

TEST(ReviewDates, ComeNextAfterADay) {
  const ReviewBasis basis = from(Date::of(2024, 2, 29));
  EXPECT_EQ(next_review_date(basis, Date::of(2024, 3, 1), law()), Date::of(2025, 2, 28));
  EXPECT_EQ(next_review_date(basis, Date::of(2025, 2, 27), law()), Date::of(2025, 2, 28));
  EXPECT_EQ(next_review_date(basis, Date::of(2025, 2, 28), law()), Date::of(2026, 2, 28));
  EXPECT_EQ(next_review_date(basis, Date::of(2027, 12, 31), law()), Date::of(2028, 2, 29));
}

}  // namespace
}  // namespace ig::core::rules
