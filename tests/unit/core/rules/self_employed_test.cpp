#include "core/rules/self_employed.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using values::Date;
using values::Fraction;
using values::Money;
using values::TaxYear;

constexpr WeeksInPeriod kByDays = WeeksInPeriod::days_over_7;
constexpr WeeksInPeriod kBy52 = WeeksInPeriod::weeks_52;
constexpr WeeksInPeriod kBy365 = WeeksInPeriod::days_365_over_7;

const Parameters& law() {
  static const Parameters out = *tests::law().on(tests::kDecisionDay, facts::Jurisdiction::gb);
  return out;
}

Money pence(std::int64_t amount) { return Money::pence(amount); }

Trade of_a_year(std::int64_t profits, int year = 2025) {
  const TaxYear tax_year = TaxYear::starting(year);
  return {tax_year.first_day(), tax_year.last_day(), pence(profits), Ratio{}, std::nullopt};
}

Money weekly(const Trade& trade, WeeksInPeriod reading) {
  return weekly_profit(trade, tests::kDecisionDay, reading, law()).half_up();
}

HistoricFigure historic(std::int64_t weekly) {
  HistoricFigure out;
  out.state = HistoricState::known;
  out.weekly = pence(weekly);
  return out;
}

TEST(Trade, HasAWeeklyProfitByEachReading) {
  EXPECT_EQ(weekly(of_a_year(2'750'000), kByDays), pence(52'740));
  EXPECT_EQ(weekly(of_a_year(2'750'000), kBy52), pence(52'885));
  EXPECT_EQ(weekly(of_a_year(2'750'000), kBy365), pence(52'740));
}

TEST(Trade, OfALeapYearIsDividedByItsOwnDaysByOneReading) {
  const Trade trade = of_a_year(3'660'000, 2023);
  EXPECT_EQ(weekly(trade, kByDays), pence(70'000));
  EXPECT_EQ(weekly(trade, kBy365), pence(70'192));
}

TEST(Trade, OfAnotherLengthIsDividedByItsDays) {
  Trade trade = of_a_year(700'000);
  trade.to = trade.from.plus_days(69);
  for (const WeeksInPeriod reading : {kByDays, kBy52, kBy365}) {
    EXPECT_EQ(weekly(trade, reading), pence(70'000));
  }
}

TEST(Trade, ThatCeasedIsNil) {
  Trade trade = of_a_year(4'000'000);
  trade.ceased_on = tests::kDecisionDay;
  EXPECT_EQ(weekly(trade, kByDays), Money());
  trade.ceased_on = tests::kDecisionDay.plus_days(1);
  EXPECT_EQ(weekly(trade, kByDays), pence(76'712));
}

TEST(Trade, WithALossIsNil) { EXPECT_EQ(weekly(of_a_year(-1), kByDays), Money()); }

TEST(Trade, InAPartnershipCountsTheOwnShare) {
  Trade trade = of_a_year(8'000'000);
  trade.share = {40, 100};
  EXPECT_EQ(own_profits(trade), pence(3'200'000));
  EXPECT_EQ(weekly(trade, kByDays), pence(61'370));
}

TEST(TradeTest, GoesToAPersonWhereTheReadingsLeadToDifferentOutcomes) {
  const auto out =
      test_trade(historic(42'192), Money(), of_a_year(2'745'000), tests::kDecisionDay, law());
  EXPECT_EQ(out.tests[0].other_amount, pence(52'644));
  EXPECT_FALSE(out.tests[0].met);
  EXPECT_EQ(out.tests[1].other_amount, pence(52'788));
  EXPECT_TRUE(out.tests[1].met);
  EXPECT_FALSE(out.tests[2].met);
  EXPECT_FALSE(out.counts.met);
  EXPECT_EQ(out.action, Action::MARGINAL_ROUNDING_HUMAN);
}

TEST(TradeTest, StandsWhereTheReadingsAgree) {
  const auto out =
      test_trade(historic(42'192), pence(10'000), of_a_year(2'745'000), tests::kDecisionDay, law());
  EXPECT_EQ(out.counts.other_amount, pence(62'644));
  EXPECT_TRUE(out.counts.met);
  EXPECT_EQ(out.action, std::nullopt);
}

TEST(TradeTest, CountsByTheReadingInForce) {
  const auto other = *tests::law_with("self_employed.weeks", std::string("WEEKS_52"))
                          .on(tests::kDecisionDay, facts::Jurisdiction::gb);
  const auto out =
      test_trade(historic(42'192), Money(), of_a_year(2'745'000), tests::kDecisionDay, other);
  EXPECT_EQ(out.counts.other_amount, pence(52'788));
  EXPECT_TRUE(out.counts.met);
}

TEST(TradeDeathTest, HoldsTheCallerToAPeriodAndAFigure) {
  Trade backwards = of_a_year(1);
  backwards.to = backwards.from.plus_days(-1);
  EXPECT_DEATH((void)weekly(backwards, kByDays), "a trading period ends");
  EXPECT_DEATH((void)test_trade({}, Money(), of_a_year(1), tests::kDecisionDay, law()),
               "known historic figure");
}

TEST(Trade, IsTakenBetweenReviewsOnACompleteLaterReturnOrWhenItCeased) {
  const TaxYear used = TaxYear::starting(2024);
  const TaxYear later = TaxYear::starting(2025);
  EXPECT_TRUE(taken_in_year(TradeEvidence::ceased, std::nullopt, used));
  EXPECT_TRUE(taken_in_year(TradeEvidence::complete_return, later, used));
  EXPECT_TRUE(taken_in_year(TradeEvidence::complete_return, later, std::nullopt));
  EXPECT_FALSE(taken_in_year(TradeEvidence::complete_return, used, used));
  EXPECT_FALSE(taken_in_year(TradeEvidence::complete_return, std::nullopt, used));
  EXPECT_FALSE(taken_in_year(TradeEvidence::running_estimate, later, used));
}

}  // namespace
}  // namespace ig::core::rules
