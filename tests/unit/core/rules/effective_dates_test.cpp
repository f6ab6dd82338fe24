#include "core/rules/effective_dates.hpp"

#include "tests/support/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <type_traits>

namespace ig::core::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using values::Date;

// No one can make a chosen date, or a list that leaves a lawful date out.
static_assert(!std::is_default_constructible_v<SettledDate>);
static_assert(!std::is_constructible_v<SettledDate, Date>);
static_assert(!std::is_constructible_v<SettledDate, EffectiveDateCandidate>);
static_assert(!std::is_default_constructible_v<EffectiveDateCandidates>);
static_assert(!std::is_constructible_v<EffectiveDateCandidates, EffectiveDateCandidate>);
static_assert(
    !std::is_constructible_v<EffectiveDateCandidates, std::vector<EffectiveDateCandidate>>);

const Date kChanged = Date::of(2026, 3, 1);
const Date kReported = Date::of(2026, 6, 20);
const Date kNotified = Date::of(2025, 12, 3);

const Parameters& law() {
  static const Parameters out = *tests::law().on(kChanged, facts::Jurisdiction::gb);
  return out;
}

TEST(ReportDeadline, CountsTheDayOfTheChangeAsDayOne) {
  EXPECT_EQ(report_deadline(kChanged, law()), Date::of(2026, 3, 14));
  EXPECT_FALSE(reported_late(kChanged, Date::of(2026, 3, 14), law()));
  EXPECT_TRUE(reported_late(kChanged, Date::of(2026, 3, 15), law()));
  EXPECT_TRUE(reported_late(kChanged, kReported, law()));
}

TEST(ReportDeadline, CountsFromTheNextDayWhereTheSwitchSaysSo) {
  const auto other = *tests::law_with("report.day_count", std::string("FROM_NEXT_DAY"))
                          .on(kChanged, facts::Jurisdiction::gb);
  EXPECT_EQ(report_deadline(kChanged, other), Date::of(2026, 3, 15));
  EXPECT_FALSE(reported_late(kChanged, Date::of(2026, 3, 15), other));
}

TEST(ReportDuty, NeedsANoticeAndAFigureItBearsOn) {
  EXPECT_EQ(report_duty(kNotified, kChanged, DutyFigure::borne_on), ReportDuty::required);
  EXPECT_EQ(report_duty(std::nullopt, kChanged, DutyFigure::borne_on), ReportDuty::not_required);
  EXPECT_EQ(report_duty(kNotified, kChanged, DutyFigure::not_borne_on), ReportDuty::not_required);
  EXPECT_EQ(report_duty(kNotified, kChanged, DutyFigure::not_known), ReportDuty::not_known);
}

TEST(ReportDuty, NeedsTheNoticeNoLaterThanTheChange) {
  EXPECT_EQ(report_duty(kChanged, kChanged, DutyFigure::borne_on), ReportDuty::required);
  EXPECT_EQ(report_duty(kChanged.plus_days(1), kChanged, DutyFigure::borne_on),
            ReportDuty::not_required);
  EXPECT_EQ(report_duty(kNotified, std::nullopt, DutyFigure::borne_on), ReportDuty::not_known);
}

TEST(EffectiveDates, AreTheDayOfTheChangeWhereItHadToBeReported) {
  IncomeChange change;
  change.duty = report_duty(kNotified, kChanged, DutyFigure::borne_on);
  change.changed_on = kChanged;
  change.applied_on = kReported;
  const auto out = EffectiveDateCandidates::of_income_change(change);
  ASSERT_THAT(out.all(), SizeIs(1));
  EXPECT_EQ(out.all()[0].date, kChanged);
  EXPECT_THAT(out.all()[0].when, HasSubstr("reg 18(4)"));
  ASSERT_TRUE(out.settled());
  EXPECT_EQ(out.settled()->date(), kChanged);
}

TEST(EffectiveDates, AreOfTheApplicationOrTheDecisionWhereNoDutyWas) {
  IncomeChange change;
  change.duty = report_duty(std::nullopt, kChanged, DutyFigure::borne_on);
  change.changed_on = kChanged;
  change.applied_on = kReported;
  const auto out = EffectiveDateCandidates::of_income_change(change);
  ASSERT_THAT(out.all(), SizeIs(2));
  EXPECT_EQ(out.all()[0].date, kReported);
  EXPECT_THAT(out.all()[0].when, HasSubstr("application"));
  EXPECT_EQ(out.all()[1].date, std::nullopt);
  EXPECT_THAT(out.all()[1].when, HasSubstr("decision"));
  EXPECT_FALSE(out.settled());
}

TEST(EffectiveDates, NameEveryOneWhereTheDutyIsNotKnown) {
  IncomeChange change;
  change.changed_on = kChanged;
  change.decided_on = kReported;
  const auto out = EffectiveDateCandidates::of_income_change(change);
  ASSERT_THAT(out.all(), SizeIs(2));
  EXPECT_EQ(out.all()[0].date, kChanged);
  EXPECT_EQ(out.all()[1].date, kReported);
  EXPECT_FALSE(out.settled());
}

TEST(EffectiveDates, AreNotSettledWhileTheOnlyOneIsNotKnown) {
  IncomeChange change;
  change.duty = ReportDuty::required;
  EXPECT_FALSE(EffectiveDateCandidates::of_income_change(change).settled());
  change.duty = ReportDuty::not_required;
  EXPECT_FALSE(EffectiveDateCandidates::of_income_change(change).settled());
}

TEST(EffectiveDates, OfAReviewAndOfAnExpectedChangeAreTheirOwnDay) {
  const Date review = Date::of(2026, 12, 1);
  const EffectiveDateCandidate of_review{review, "review date (reg 20)"};
  EXPECT_THAT(EffectiveDateCandidates::of_review(review).all(), ElementsAre(of_review));
  EXPECT_EQ(EffectiveDateCandidates::of_expected_change(kChanged).settled()->date(), kChanged);
}

TEST(ExpectedChange, IsHeldUntilItsDayAndCancelledWithItsFact) {
  EXPECT_EQ(expected_change(kChanged, kChanged.plus_days(-1), false), ExpectedChange::held);
  EXPECT_EQ(expected_change(kChanged, kChanged, false), ExpectedChange::due);
  EXPECT_EQ(expected_change(kChanged, kChanged.plus_days(-1), true), ExpectedChange::cancelled);
}

}  // namespace
}  // namespace ig::core::rules
