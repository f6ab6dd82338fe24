#include "core/rules/variation.hpp"

#include "core/rules/historic.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using values::Date;
using values::Money;

const Parameters& law() {
  static const Parameters out = *tests::law().on(tests::kDecisionDay, facts::Jurisdiction::gb);
  return out;
}

Money pence(std::int64_t amount) { return Money::pence(amount); }

UnearnedEvidence hmrc_shows(std::int64_t annual) {
  UnearnedEvidence out;
  out.hmrc_annual = pence(annual);
  return out;
}

TEST(UnearnedIncome, IsAGroundFromTwoThousandFiveHundredPoundsAYear) {
  const auto out = unearned_income(hmrc_shows(250'000), law());
  EXPECT_TRUE(out.ground_exists);
  EXPECT_EQ(out.weekly, pence(4'795));
  EXPECT_EQ(out.standing, UnearnedStanding::hmrc_stands);
  EXPECT_FALSE(out.person_decides());
  EXPECT_FALSE(unearned_income(hmrc_shows(249'999), law()).ground_exists);
}

TEST(UnearnedIncome, IsBoundByHmrcsNil) {
  UnearnedEvidence evidence = hmrc_shows(0);
  evidence.other_annual = pence(900'000);
  const auto out = unearned_income(evidence, law());
  EXPECT_EQ(out.standing, UnearnedStanding::hmrc_nil_binds);
  EXPECT_EQ(out.annual, Money());
  EXPECT_FALSE(out.ground_exists);
  EXPECT_FALSE(out.person_decides());
}

TEST(UnearnedIncome, IsOpenToOtherEvidenceThatReg69Paragraph5LetsIn) {
  UnearnedEvidence evidence = hmrc_shows(0);
  evidence.reg69_5_opens = true;
  EXPECT_EQ(unearned_income(evidence, law()).standing, UnearnedStanding::hmrc_nil_binds);
  evidence.other_annual = pence(900'000);
  const auto out = unearned_income(evidence, law());
  EXPECT_EQ(out.standing, UnearnedStanding::other_evidence);
  EXPECT_EQ(out.annual, pence(900'000));
  EXPECT_TRUE(out.ground_exists);
  EXPECT_TRUE(out.person_decides());
  evidence.hmrc_annual.reset();
  EXPECT_EQ(unearned_income(evidence, law()).standing, UnearnedStanding::other_evidence);
}

TEST(UnearnedIncome, StartsFromHmrcsSumWhereBetterEvidenceShowsAnother) {
  UnearnedEvidence evidence = hmrc_shows(300'000);
  evidence.other_annual = pence(900'000);
  const auto out = unearned_income(evidence, law());
  EXPECT_EQ(out.standing, UnearnedStanding::starting_point);
  EXPECT_TRUE(out.person_decides());
  EXPECT_EQ(out.annual, pence(300'000));
  evidence.other_annual = pence(300'000);
  EXPECT_EQ(unearned_income(evidence, law()).standing, UnearnedStanding::hmrc_stands);
}

TEST(UnearnedIncome, IsNotKnownWhileHmrcHasNotSaid) {
  UnearnedEvidence evidence;
  evidence.other_annual = pence(900'000);
  const auto out = unearned_income(evidence, law());
  EXPECT_EQ(out.standing, UnearnedStanding::not_known);
  EXPECT_EQ(out.annual, std::nullopt);
  EXPECT_FALSE(out.ground_exists);
}

TEST(UnearnedIncome, IsNilOnceItsSourceHasEnded) {
  UnearnedEvidence evidence = hmrc_shows(900'000);
  evidence.source_ended = true;
  const auto out = unearned_income(evidence, law());
  EXPECT_EQ(out.standing, UnearnedStanding::ended);
  EXPECT_EQ(out.annual, Money());
  EXPECT_FALSE(out.ground_exists);
}

TEST(AssetsGround, NeedsMoreThanTheEdge) {
  const auto edge = assets_ground(pence(3'125'000), law());
  EXPECT_FALSE(edge.ground_exists);
  EXPECT_EQ(edge.notional_annual, pence(250'000));
  EXPECT_EQ(edge.notional_weekly, pence(4'795));
  EXPECT_TRUE(assets_ground(pence(3'125'001), law()).ground_exists);
}

TEST(AssetsGround, IsNotThereBeforeReg69AWas) {
  const auto before = *tests::law().on(Date::of(2018, 12, 12), facts::Jurisdiction::gb);
  const auto from = *tests::law().on(Date::of(2018, 12, 13), facts::Jurisdiction::gb);
  EXPECT_FALSE(assets_ground(pence(10'000'000), before).ground_exists);
  EXPECT_TRUE(assets_ground(pence(10'000'000), from).ground_exists);
}

TEST(Reg70Ground, NeedsAHundredPoundsAWeekAtTheFlatOrNilRate) {
  EXPECT_TRUE(reg70_ground(pence(10'000), FlatOrNilRate::by_income_or_44_1, law()));
  EXPECT_FALSE(reg70_ground(pence(9'999), FlatOrNilRate::by_income_or_44_1, law()));
  EXPECT_FALSE(reg70_ground(pence(10'000), FlatOrNilRate::by_44_2, law()));
  EXPECT_FALSE(reg70_ground(pence(10'000), FlatOrNilRate::no, law()));
}

TEST(WeeklyTogether, AddsBeforeItConverts) {
  EXPECT_EQ(weekly_together(pence(5'145'000), pence(1'126'200), law()), pence(120'270));
  EXPECT_EQ(to_weekly(pence(5'145'000), law()) + to_weekly(pence(1'126'200), law()),
            pence(120'269));
}

TEST(VariationEffect, IsNoneWhollyAboveTheCap) {
  EXPECT_EQ(variation_effect(pence(350'000), pence(420'000), law()), Effect::none);
  EXPECT_EQ(variation_effect(pence(300'000), pence(420'000), law()), Effect::none);
  EXPECT_EQ(variation_effect(pence(299'999), pence(420'000), law()), Effect::possible);
  EXPECT_EQ(variation_effect(pence(350'000), pence(299'999), law()), Effect::possible);
  EXPECT_EQ(variation_effect(pence(50'000), pence(50'000), law()), Effect::none);
}

}  // namespace
}  // namespace ig::core::rules
