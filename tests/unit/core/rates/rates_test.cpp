#include "core/rates/rates.hpp"

#include "tests/support/law.hpp"

#include <gtest/gtest.h>

namespace ig::core::rates {
namespace {

using facts::Jurisdiction;
using rules::Parameters;
using values::Date;
using values::Money;

Parameters law_of_day(Date day = Date::of(2026, 6, 1)) {
  return *tests::law().on(day, Jurisdiction::gb);
}

Household household(std::int64_t income, unsigned qualifying = 1, unsigned others = 0,
                    unsigned nights = 0) {
  Household out;
  out.gross_weekly_income = Money::pence(income);
  out.qualifying_children = qualifying;
  out.relevant_other_children = others;
  out.nights = nights;
  return out;
}

std::int64_t weekly(const Household& of, const Parameters& law = law_of_day()) {
  return maintenance(of, law).weekly.in_pence();
}

Rate rate(std::int64_t income) { return rate_of_income(Money::pence(income), law_of_day()); }

TEST(Rates, ChangeAtTheEdgesOfTheBands) {
  EXPECT_EQ(rate(699), Rate::nil);
  EXPECT_EQ(rate(700), Rate::flat);
  EXPECT_EQ(rate(10'000), Rate::flat);
  EXPECT_EQ(rate(10'001), Rate::reduced);
  EXPECT_EQ(rate(19'999), Rate::reduced);
  EXPECT_EQ(rate(20'000), Rate::basic);
  EXPECT_EQ(rate(80'000), Rate::basic);
  EXPECT_EQ(rate(80'001), Rate::basic_plus);
  EXPECT_EQ(rate(300'000), Rate::basic_plus);
}

TEST(Rates, HaveNames) {
  EXPECT_EQ(name(Rate::nil), "nil");
  EXPECT_EQ(name(Rate::basic_plus), "basic_plus");
}

TEST(Maintenance, IsWhatTheBookletShows) {
  EXPECT_EQ(weekly(household(100'000, 2)), 15'200);
  EXPECT_EQ(weekly(household(160'000, 1)), 16'800);
  EXPECT_EQ(weekly(household(60'000, 2)), 9'600);
  EXPECT_EQ(weekly(household(17'300, 2, 1)), 2'248);
  EXPECT_EQ(weekly(household(51'781, 3, 1, 104)), 6'254);
  EXPECT_EQ(weekly(household(18'000, 2, 1, 175)), 700);
  EXPECT_EQ(weekly(household(500, 4)), 0);
  EXPECT_EQ(weekly(household(700, 3)), 700);
}

TEST(Maintenance, NamesItsRateAndSteps) {
  const auto out = maintenance(household(51'781, 3, 1, 104), law_of_day());
  EXPECT_EQ(out.rate, Rate::basic);
  EXPECT_EQ(out.capped_income, Money::pence(51'781));
  EXPECT_EQ(out.income_after_other_children, Money::pence(46'085));
  EXPECT_EQ(out.before_shared_care, Money::pence(8'756));
  const auto reduced = maintenance(household(17'300, 2, 1), law_of_day());
  EXPECT_EQ(reduced.rate, Rate::reduced);
  EXPECT_EQ(reduced.income_after_other_children, Money::pence(17'300));
}

TEST(Maintenance, TakesTheReducedRateFromItsTable) {
  EXPECT_EQ(weekly(household(19'999, 1, 0)), 2'400);
  EXPECT_EQ(weekly(household(20'000, 1, 0)), 2'400);
  EXPECT_EQ(weekly(household(15'000, 1, 1)), 1'405);
  EXPECT_EQ(weekly(household(15'000, 2, 2)), 1'695);
  EXPECT_EQ(weekly(household(15'000, 3, 3)), 1'890);
  EXPECT_EQ(weekly(household(15'000, 5, 7)), 1'890);
}

TEST(Maintenance, TakesTheTableOfTheDay) {
  const auto law = law_of_day(Date::of(2013, 11, 24));
  EXPECT_EQ(weekly(household(15'000, 1, 0), law), 1'450);
  EXPECT_EQ(weekly(household(500, 1, 0), law), 500);
}

TEST(Maintenance, PicksTheLowerBandsBeforeOtherChildrenAreTakenOff) {
  const auto out = maintenance(household(20'000, 1, 3), law_of_day());
  EXPECT_EQ(out.rate, Rate::basic);
  EXPECT_EQ(out.income_after_other_children, Money::pence(16'800));
  EXPECT_EQ(out.weekly, Money::pence(2'016));
  EXPECT_EQ(weekly(household(10'000, 1, 3)), 700);
  EXPECT_EQ(weekly(household(700, 1, 3)), 700);
}

TEST(Maintenance, PicksBasicPlusAfterOtherChildrenAreTakenOff) {
  const auto below = maintenance(household(85'000, 1, 1), law_of_day());
  EXPECT_EQ(below.rate, Rate::basic);
  EXPECT_EQ(below.weekly, Money::pence(9'078));
  const auto above = maintenance(household(100'000, 1, 1), law_of_day());
  EXPECT_EQ(above.rate, Rate::basic_plus);
  EXPECT_EQ(above.weekly, Money::pence(10'410));
}

TEST(Maintenance, LeavesIncomeAboveTheCapOutBeforeOtherChildren) {
  EXPECT_EQ(capped(Money::pence(300'001), law_of_day()), Money::pence(300'000));
  EXPECT_EQ(capped(Money::pence(299'999), law_of_day()), Money::pence(299'999));
  EXPECT_EQ(weekly(household(350'000)), 29'400);
  EXPECT_EQ(weekly(household(420'000)), weekly(household(350'000)));
  const auto out = maintenance(household(350'000, 1, 1), law_of_day());
  EXPECT_EQ(out.income_after_other_children, Money::pence(267'000));
  EXPECT_EQ(out.weekly, Money::pence(26'430));
}

TEST(OtherChildren, TakeAPartOffIncome) {
  const auto law = law_of_day();
  const std::int64_t expected[] = {50'000, 44'500, 43'000, 42'000, 42'000};
  for (unsigned others = 0; others < 5; ++others) {
    EXPECT_EQ(less_other_children(Money::pence(50'000), others, law).half_up(),
              Money::pence(expected[others]));
  }
}

TEST(SharedCare, TakesSeventhsFromItsFirstNightsOn) {
  const auto at = [](unsigned nights) { return weekly(household(70'000, 2, 0, nights)); };
  EXPECT_EQ(at(51), 11'200);
  EXPECT_EQ(at(52), 9'600);
  EXPECT_EQ(at(103), 9'600);
  EXPECT_EQ(at(104), 8'000);
  EXPECT_EQ(at(155), 8'000);
  EXPECT_EQ(at(156), 6'400);
  EXPECT_EQ(at(174), 6'400);
  EXPECT_EQ(at(175), 4'200);
  EXPECT_EQ(at(366), 4'200);
}

TEST(SharedCare, LeavesTheFlatRateAtLeast) {
  EXPECT_EQ(weekly(household(20'000, 1, 0, 175)), 700);
  EXPECT_EQ(weekly(household(10'100, 1, 0, 52)), 700);
  EXPECT_EQ(weekly(household(7'000, 1, 0, 175)), 700);
}

TEST(SharedCare, LeavesNothingOfAFlatRateByBenefit) {
  auto payer = household(25'000, 2, 0, 51);
  payer.flat_by_benefit = FlatByBenefit::whole;
  EXPECT_EQ(weekly(payer), 700);
  payer.nights = 52;
  const auto out = maintenance(payer, law_of_day());
  EXPECT_EQ(out.rate, Rate::flat);
  EXPECT_EQ(out.before_shared_care, Money::pence(700));
  EXPECT_EQ(out.weekly, Money());
}

TEST(Maintenance, IsFlatByABenefitWhateverTheIncome) {
  auto payer = household(25'000, 2);
  payer.flat_by_benefit = FlatByBenefit::whole;
  EXPECT_EQ(maintenance(payer, law_of_day()).rate, Rate::flat);
  EXPECT_EQ(weekly(payer), 700);
  payer.flat_by_benefit = FlatByBenefit::half;
  EXPECT_EQ(weekly(payer), 350);
}

TEST(Maintenance, IsNilForAPersonOfReg45) {
  auto payer = household(90'000, 2);
  payer.nil_rate_person = true;
  payer.flat_by_benefit = FlatByBenefit::whole;
  EXPECT_EQ(maintenance(payer, law_of_day()).rate, Rate::nil);
  EXPECT_EQ(weekly(payer), 0);
}

TEST(Maintenance, StaysExactAtTheLargestIncome) {
  auto law = law_of_day();
  law.cap = Money::pence(base::limits::money_pence_max);
  const auto out = maintenance(household(base::limits::money_pence_max, 3, 3, 175), law);
  EXPECT_EQ(out.rate, Rate::basic_plus);
  EXPECT_EQ(out.before_shared_care, Money::pence(1'260'000'003'200));
}

TEST(DefaultRate, IsThatOfTheRegulation) {
  const auto law = law_of_day();
  EXPECT_EQ(default_rate(1, law), Money::pence(3'900));
  EXPECT_EQ(default_rate(2, law), Money::pence(5'100));
  EXPECT_EQ(default_rate(3, law), Money::pence(6'400));
  EXPECT_EQ(default_rate(7, law), Money::pence(6'400));
}

TEST(DefaultRateDeathTest, NeedsAChild) {
  const auto law = law_of_day();
  EXPECT_DEATH(static_cast<void>(default_rate(0, law)), "the law's lists start at one child");
}

}  // namespace
}  // namespace ig::core::rates
