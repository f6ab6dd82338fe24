#include "core/rules/around_review.hpp"

#include "tests/support/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using base::ErrorCode;
using facts::Basis;
using ::testing::SizeIs;
using values::Date;
using values::Money;
using values::TaxYear;

const Date kReview = Date::of(2026, 12, 1);

Money pence(std::int64_t amount) { return Money::pence(amount); }

AroundReview around(Basis basis, std::int64_t in_force, Date changed_on, std::int64_t changed,
                    std::int64_t updated_annual) {
  AroundReview out;
  out.in_force = tests::in_force(basis, in_force);
  out.in_force.tax_year =
      basis == Basis::historic ? std::optional(TaxYear::starting(2024)) : std::nullopt;
  out.review_date = kReview;
  out.changed_on = changed_on;
  out.changed_income = tests::current(Evidence::verified, changed);
  out.updated = tests::available(updated_annual);
  return out;
}

DecisionsAroundReview decide(const AroundReview& of) {
  return *decisions_around_review(of, tests::law());
}

/// 380.00 and 600.00 a week.
constexpr std::int64_t kAnnualOf380 = 1'981'429;
constexpr std::int64_t kAnnualOf600 = 3'128'571;

TEST(AroundReview, JudgesAChangeBeforeTheReviewOnTheOldBaseAndTheReviewOnItsResult) {
  const auto out =
      decide(around(Basis::current, 30'000, Date::of(2026, 11, 20), 40'000, kAnnualOf380));
  ASSERT_THAT(out.decisions, SizeIs(2));
  EXPECT_EQ(out.decisions[0].on, Date::of(2026, 11, 20));
  EXPECT_EQ(out.decisions[0].assessment.action, Action::SUPERSEDE);
  EXPECT_EQ(out.decisions[0].assessment.gross_weekly_income, pence(40'000));
  EXPECT_EQ(out.decisions[1].on, kReview);
  const Assessment& review = out.decisions[1].assessment;
  EXPECT_EQ(review.action, Action::SUPERSEDE_FROM_REVIEW_DATE);
  EXPECT_EQ(review.basis, Basis::historic);
  EXPECT_EQ(review.gross_weekly_income, pence(38'000));
  EXPECT_EQ(review.test->base_amount, pence(38'000));
  EXPECT_EQ(review.test->other_amount, pence(40'000));
  EXPECT_FALSE(out.change_waits);
}

TEST(AroundReview, JudgesAChangeAfterTheReviewOnTheUpdatedFigure) {
  const auto out =
      decide(around(Basis::historic, 50'000, Date::of(2026, 12, 8), 63'000, kAnnualOf600));
  ASSERT_THAT(out.decisions, SizeIs(2));
  EXPECT_EQ(out.decisions[0].on, kReview);
  EXPECT_EQ(out.decisions[0].assessment.gross_weekly_income, pence(60'000));
  const Assessment& change = out.decisions[1].assessment;
  EXPECT_EQ(out.decisions[1].on, Date::of(2026, 12, 8));
  EXPECT_EQ(change.action, Action::NO_SUPERSESSION);
  EXPECT_EQ(change.test->base_amount, pence(60'000));
  EXPECT_FALSE(change.test->met);
}

TEST(AroundReview, JudgesAChangeOnTheReviewDateOnTheUpdatedFigure) {
  const auto out = decide(around(Basis::historic, 50'000, kReview, 75'000, kAnnualOf600));
  ASSERT_THAT(out.decisions, SizeIs(2));
  EXPECT_EQ(out.decisions[1].assessment.action, Action::SUPERSEDE);
  EXPECT_EQ(out.decisions[1].assessment.test->base_amount, pence(60'000));
}

TEST(AroundReview, LeavesTheOldBaseToTheReviewWhereTheChangeIsTooSmall) {
  const auto out =
      decide(around(Basis::historic, 50'000, Date::of(2026, 11, 30), 62'000, kAnnualOf380));
  ASSERT_THAT(out.decisions, SizeIs(2));
  EXPECT_EQ(out.decisions[0].assessment.action, Action::NO_SUPERSESSION);
  EXPECT_EQ(out.decisions[1].assessment.basis, Basis::current);
  EXPECT_EQ(out.decisions[1].assessment.gross_weekly_income, pence(62'000));
}

TEST(AroundReview, LetsTheChangeWaitWhereTheReviewLeadsToNoFigure) {
  AroundReview of = around(Basis::historic, 50'000, Date::of(2026, 12, 8), 63'000, kAnnualOf600);
  of.updated = Historic{};
  of.updated.status = facts::FigureStatus::no_data;
  const auto out = decide(of);
  ASSERT_THAT(out.decisions, SizeIs(1));
  EXPECT_EQ(out.decisions[0].assessment.action, Action::NEED_CURRENT_INCOME);
  EXPECT_TRUE(out.change_waits);
}

TEST(AroundReview, GivesTheErrorsOfEachDecision) {
  for (const Date changed_on : {Date::of(2026, 11, 20), Date::of(2026, 12, 8)}) {
    AroundReview of = around(Basis::default_rate, 50'000, changed_on, 1, kAnnualOf600);
    EXPECT_EQ(decisions_around_review(of, tests::law()).error().code, ErrorCode::WRONG_KIND);
    of = around(Basis::historic, 50'000, changed_on, 1, kAnnualOf600);
    of.updated.annual.reset();
    EXPECT_EQ(decisions_around_review(of, tests::law()).error().code, ErrorCode::MISSING_MEMBER);
  }
}

TEST(After, KeepsWhatNoChangeLeavesStanding) {
  FigureInForce in_force = tests::in_force(Basis::historic, 50'000);
  in_force.since = Date::of(2025, 12, 1);
  in_force.annual = pence(2'607'143);
  Assessment same;
  same.action = Action::NO_CHANGE;
  same.basis = Basis::historic;
  same.gross_weekly_income = pence(50'000);
  const auto out = after(same, in_force, Historic{}, kReview);
  EXPECT_EQ(out->since, in_force.since);
  EXPECT_EQ(out->annual, in_force.annual);
}

TEST(After, SetsTheYearOfAHistoricFigureAndNoneOfACurrentOne) {
  Assessment changed;
  changed.action = Action::SUPERSEDE_FROM_REVIEW_DATE;
  changed.basis = Basis::historic;
  changed.gross_weekly_income = pence(60'000);
  const FigureInForce before = tests::in_force(Basis::historic, 50'000);
  const auto historic = after(changed, before, tests::available(kAnnualOf600), kReview);
  EXPECT_EQ(historic->tax_year, TaxYear::starting(2025));
  EXPECT_EQ(historic->annual, pence(kAnnualOf600));
  EXPECT_EQ(historic->since, kReview);
  changed.basis = Basis::current;
  const auto current = after(changed, before, tests::available(kAnnualOf600), kReview);
  EXPECT_EQ(current->tax_year, std::nullopt);
  EXPECT_EQ(current->annual, std::nullopt);
}

TEST(After, IsNothingWhereNoFigureIsSet) {
  Assessment without;
  const FigureInForce before = tests::in_force(Basis::historic, 50'000);
  EXPECT_EQ(after(without, before, Historic{}, kReview), std::nullopt);
  without.basis = Basis::current;
  EXPECT_EQ(after(without, before, Historic{}, kReview), std::nullopt);
}

}  // namespace
}  // namespace ig::core::rules
