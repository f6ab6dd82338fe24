#include "core/rules/historic.hpp"

#include "core/base/limits.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using facts::FigureStatus;
using facts::Jurisdiction;
using values::Date;
using values::Money;

Parameters parameters(Date day = tests::kDecisionDay, Jurisdiction where = Jurisdiction::gb) {
  return *tests::sample_parameters().on(day, where);
}

TEST(HistoricFigure, TurnsAYearIntoAWeekAsRegulation35Says) {
  const Parameters law = parameters();
  for (std::int64_t annual = 0; annual <= 200'000; ++annual) {
    ASSERT_EQ(to_weekly(Money::pence(annual), law).in_pence(), (14 * annual + 365) / 730);
  }
  EXPECT_EQ(to_weekly(Money::pence(6'271'200), law).in_pence(), 120'270);
}

TEST(HistoricFigure, ConvertsTheLargestSum) {
  const auto largest =
      historic_figure(tests::available(base::limits::money_pence_max), parameters());
  ASSERT_TRUE(largest.has_value());
  EXPECT_EQ(largest->weekly.in_pence(), 191'780'821'918);
}

TEST(HistoricFigure, KeepsTheFourKindsOfNothingApart) {
  const Parameters law = parameters();
  Historic historic;
  EXPECT_EQ(historic_figure(historic, law)->state, HistoricState::not_asked);
  historic.status = FigureStatus::unavailable;
  EXPECT_EQ(historic_figure(historic, law)->state, HistoricState::unavailable);
  historic.status = FigureStatus::no_data;
  EXPECT_EQ(historic_figure(historic, law)->state, HistoricState::no_data);
  EXPECT_FALSE(historic_figure(historic, law)->weekly_if_known().has_value());
  historic.status = FigureStatus::nil;
  EXPECT_EQ(historic_figure(historic, law)->state, HistoricState::known);
  EXPECT_EQ(historic_figure(historic, law)->weekly_if_known(), Money());
}

TEST(HistoricFigure, ReadsNilByDateAndJurisdiction) {
  for (const auto& nil : {tests::available(0), tests::available(26)}) {
    EXPECT_TRUE(historic_figure(nil, parameters())->known());
    EXPECT_TRUE(historic_figure(nil, parameters(Date::of(2013, 11, 25)))->known());
    const auto before = historic_figure(nil, parameters(Date::of(2013, 11, 24)));
    EXPECT_EQ(before->state, HistoricState::no_data);
    EXPECT_TRUE(before->nil_counts_as_no_data);
    const auto twin = historic_figure(nil, parameters(tests::kDecisionDay, Jurisdiction::ni));
    EXPECT_EQ(twin->state, HistoricState::no_data);
  }
  EXPECT_TRUE(historic_figure(tests::available(27), parameters(Date::of(2013, 1, 1)))->known());
}

TEST(HistoricFigure, RefusesASumThatCannotBe) {
  Historic nil = tests::available(1);
  nil.status = FigureStatus::nil;
  EXPECT_EQ(historic_figure(nil, parameters()).error().code, base::ErrorCode::CONTRADICTION);
  Historic empty = tests::available(1);
  empty.annual.reset();
  EXPECT_EQ(historic_figure(empty, parameters()).error().code, base::ErrorCode::MISSING_MEMBER);
  empty.tax_year.reset();
  EXPECT_EQ(historic_figure(empty, parameters())->state, HistoricState::rejected);
}

TEST(HistoricFigure, TakesReliefOffOnlyWhereAskedForAndEvidenced) {
  for (const bool requested : {false, true}) {
    for (const bool evidenced : {false, true}) {
      Historic historic = tests::available(3'000'000);
      historic.relief_at_source = {Money::pence(240'000), requested, evidenced};
      const auto found = historic_figure(historic, parameters());
      const bool taken = requested && evidenced;
      EXPECT_EQ(found->relief_taken_off, taken);
      EXPECT_EQ(found->weekly.in_pence(), taken ? 52'932 : 57'534);
      EXPECT_EQ(found->annual.in_pence(), 3'000'000);
    }
  }
}

TEST(HistoricFigure, NeverFallsBelowNilByRelief) {
  Historic historic = tests::available(100);
  historic.relief_at_source = {Money::pence(101), true, true};
  const auto found = historic_figure(historic, parameters());
  EXPECT_EQ(found->weekly, Money());
  EXPECT_TRUE(found->relief_exceeds_figure);
  EXPECT_TRUE(found->exact_numerator == 0);
}

TEST(HistoricFigure, LeavesReliefAloneWhereItsParameterIsOff) {
  Historic historic = tests::available(3'000'000);
  historic.relief_at_source = {Money::pence(240'000), true, true};
  Parameters law = parameters();
  law.relief_at_source = false;
  EXPECT_EQ(historic_figure(historic, law)->weekly.in_pence(), 57'534);
}

}  // namespace
}  // namespace ig::core::rules
