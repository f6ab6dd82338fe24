#include "core/rules/benefit_status.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using facts::Benefit;
using facts::Jurisdiction;
using values::Date;
using Route = FlatRateRoute;

constexpr Date kStart = Date::of(2026, 1, 1);
constexpr Date kDay = Date::of(2026, 6, 1);

Parameters law_of_day(Date day = kDay) { return *tests::law().on(day, Jurisdiction::gb); }

Award award(Benefit benefit, Holder holder = Holder::paying_parent,
            Earnings earnings = Earnings::unknown) {
  Award out;
  out.benefit = benefit;
  out.holder = holder;
  out.earnings = earnings;
  out.from = kStart;
  return out;
}

Award between(Award out, Date from, std::optional<Date> stops_on = std::nullopt) {
  out.from = from;
  out.stops_on = stops_on;
  return out;
}

Award credit(Earnings earnings, Date from, std::optional<Date> stops_on = std::nullopt) {
  return between(award(Benefit::UC, Holder::paying_parent, earnings), from, stops_on);
}

FlatRateStatus status(const std::vector<Award>& awards) {
  return status_on(awards, kDay, law_of_day());
}

StatusHistory history(const std::vector<Award>& awards, Date until, int settle_days = 0,
                      Date after = kStart) {
  return *status_changes(awards, {after, until},
                         tests::law_with("uc.toggle_settle", std::int64_t{settle_days}),
                         Jurisdiction::gb);
}

StatusChange change(Date date, Route from, Route to, bool by_earnings = false) {
  return {date, from, to, by_earnings};
}

TEST(Awards, AreHeldFromTheFirstDayUntilTheDayTheyStop) {
  const Award held = between(award(Benefit::PC), Date::of(2026, 5, 11), Date::of(2026, 7, 3));
  EXPECT_FALSE(held_on(held, Date::of(2026, 5, 10)));
  EXPECT_TRUE(held_on(held, Date::of(2026, 5, 11)));
  EXPECT_TRUE(held_on(held, Date::of(2026, 7, 2)));
  EXPECT_FALSE(held_on(held, Date::of(2026, 7, 3)));
  EXPECT_TRUE(held_on(award(Benefit::PC), Date::of(2090, 1, 1)));
}

TEST(BenefitStatus, IsNoneWithoutAnAwardOrWithOneThatDoesNotCount) {
  EXPECT_EQ(status({}).route(), Route::none);
  EXPECT_EQ(status({}).benefit(), std::nullopt);
  EXPECT_EQ(status({award(Benefit::PIP), award(Benefit::HB)}).route(), Route::none);
  EXPECT_EQ(status({between(award(Benefit::CA), Date::of(2026, 6, 2))}).route(), Route::none);
}

TEST(BenefitStatus, TakesABenefitOfReg44_1FromThePayingParentOnly) {
  EXPECT_EQ(status({award(Benefit::CA)}).route(), Route::reg44_1);
  EXPECT_EQ(status({award(Benefit::CA)}).benefit(), Benefit::CA);
  EXPECT_EQ(status({award(Benefit::CA, Holder::partner)}).route(), Route::none);
}

TEST(BenefitStatus, TakesABenefitOfReg44_2FromEither) {
  EXPECT_EQ(status({award(Benefit::PC)}).route(), Route::reg44_2);
  EXPECT_EQ(status({award(Benefit::PC, Holder::partner)}).route(), Route::reg44_2);
  EXPECT_EQ(status({award(Benefit::PC), award(Benefit::IS)}).benefit(), Benefit::PC);
}

TEST(BenefitStatus, TakesUniversalCreditOnlyWithoutEarnings) {
  EXPECT_EQ(status({credit(Earnings::none, kStart)}).route(), Route::reg44_2);
  EXPECT_EQ(status({credit(Earnings::some, kStart)}).route(), Route::none);
  const auto unknown = status({credit(Earnings::unknown, kStart)});
  EXPECT_EQ(unknown.route(), Route::needs_decision);
  EXPECT_EQ(unknown.benefit(), Benefit::UC);
}

TEST(BenefitStatus, LeavesABenefitWhoseListingIsOpenToAPerson) {
  for (const Benefit benefit : {Benefit::NSP, Benefit::BSP, Benefit::CSP}) {
    EXPECT_EQ(status({award(benefit)}).route(), Route::needs_decision);
    EXPECT_EQ(status({award(benefit)}).benefit(), benefit);
    EXPECT_EQ(status({award(benefit, Holder::partner)}).route(), Route::none);
  }
}

TEST(BenefitStatus, TakesWhatIsSettledBeforeWhatIsNotAndReg44_1First) {
  const auto all = status({award(Benefit::NSP), award(Benefit::IS), award(Benefit::SP)});
  EXPECT_EQ(all.route(), Route::reg44_1);
  EXPECT_EQ(all.benefit(), Benefit::SP);
  const auto two = status({award(Benefit::NSP), award(Benefit::IS)});
  EXPECT_EQ(two.route(), Route::reg44_2);
  EXPECT_EQ(two.benefit(), Benefit::IS);
}

TEST(BenefitStatus, FollowsTheLawOfTheDay) {
  const std::vector<Award> bereaved = {
      between(award(Benefit::BA), Date::of(2013, 1, 1), std::nullopt)};
  const auto on = [&](Date day) { return status_on(bereaved, day, law_of_day(day)).route(); };
  EXPECT_EQ(on(Date::of(2017, 4, 5)), Route::reg44_1);
  EXPECT_EQ(on(Date::of(2017, 4, 6)), Route::none);
}

TEST(BenefitStatus, IsSettledWhereTheOpenQuestionIsAnswered) {
  auto rows = tests::law_rows();
  for (auto& row : rows) {
    auto* codes = std::get_if<std::vector<std::string>>(&row.value);
    if (row.name == "benefit.needs_decision") *codes = {"BSP", "CSP"};
    if (row.name == "benefit.reg44_1") codes->emplace_back("NSP");
  }
  const auto listed = *ParameterSet::make(std::move(rows), "sha256:law");
  const std::vector<Award> pension = {award(Benefit::NSP)};
  EXPECT_EQ(status_on(pension, kDay, *listed.on(kDay, Jurisdiction::gb)).route(), Route::reg44_1);
}

TEST(BenefitStatus, CitesTheLimbAndTheTwinsNumber) {
  const auto gb = law_of_day();
  const auto ni = *tests::law().on(kDay, Jurisdiction::ni);
  EXPECT_EQ(citation(Route::none, gb), "");
  EXPECT_EQ(citation(Route::reg44_1, gb), "para 4(1)(b), reg 44(1)");
  EXPECT_EQ(citation(Route::reg44_2, gb), "para 4(1)(c), reg 44(2)");
  EXPECT_EQ(citation(Route::needs_decision, gb), "reg 44");
  EXPECT_EQ(citation(Route::reg44_2, ni), "para 4(1)(c), reg 43(2)");
}

TEST(BenefitStatus, HasAName) {
  EXPECT_EQ(name(Route::none), "none");
  EXPECT_EQ(name(Route::needs_decision), "needs_decision");
  EXPECT_EQ(name(NilRateKind::child), "child");
  EXPECT_EQ(name(NilRateKind::care_home_resident), "care_home_resident");
}

TEST(PartnersAward, IsAskedForOnlyWhileThePayingParentsOwnSettleNothing) {
  const auto asked = [](const std::vector<Award>& own) {
    return asks_for_partner(own, kDay, law_of_day());
  };
  EXPECT_TRUE(asked({}));
  EXPECT_TRUE(asked({award(Benefit::PIP)}));
  EXPECT_TRUE(asked({award(Benefit::NSP)}));
  EXPECT_TRUE(asked({credit(Earnings::some, kStart)}));
  EXPECT_FALSE(asked({award(Benefit::CA)}));
  EXPECT_FALSE(asked({award(Benefit::IS)}));
  EXPECT_TRUE(asked({award(Benefit::IS, Holder::partner)}));
}

TEST(AdditionalIncome, IsShutOutByABenefitOfReg44_2Only) {
  EXPECT_EQ(additional_income_variation_possible(status({award(Benefit::CA)})), true);
  EXPECT_EQ(additional_income_variation_possible(status({})), true);
  EXPECT_EQ(additional_income_variation_possible(status({award(Benefit::NSP)})), true);
  EXPECT_EQ(additional_income_variation_possible(status({credit(Earnings::none, kStart)})), false);
  EXPECT_EQ(additional_income_variation_possible(status({award(Benefit::CA), award(Benefit::IS)})),
            false);
  EXPECT_EQ(additional_income_variation_possible(status({credit(Earnings::unknown, kStart)})),
            std::nullopt);
}

TEST(StatusChanges, DifferInAnyOfTheirParts) {
  const auto base = change(kDay, Route::none, Route::reg44_1);
  EXPECT_NE(base, change(kStart, Route::none, Route::reg44_1));
  EXPECT_NE(base, change(kDay, Route::reg44_2, Route::reg44_1));
  EXPECT_NE(base, change(kDay, Route::none, Route::reg44_2));
  EXPECT_NE(base, change(kDay, Route::none, Route::reg44_1, true));
}

TEST(StatusChanges, TakeEffectOnTheDayABenefitStarts) {
  const Date start = Date::of(2026, 5, 11);
  const auto out = history({between(award(Benefit::ESA_NS), start)}, Date::of(2026, 6, 2));
  EXPECT_EQ(out.told, std::vector{change(start, Route::none, Route::reg44_1)});
  EXPECT_FALSE(out.settling.has_value());
}

TEST(StatusChanges, TakeEffectOnTheDayAPartnersBenefitStops) {
  const Date stop = Date::of(2026, 7, 3);
  const auto out =
      history({between(award(Benefit::PC, Holder::partner), Date::of(2020, 1, 1), stop)}, stop);
  EXPECT_EQ(out.told, std::vector{change(stop, Route::reg44_2, Route::none)});
}

TEST(StatusChanges, FollowEarningsThatComeInAnAward) {
  const Date start = Date::of(2026, 5, 11);
  const Date earns = Date::of(2026, 7, 11);
  const auto out =
      history({credit(Earnings::some, earns), credit(Earnings::none, start, earns)}, earns);
  EXPECT_EQ(out.told, (std::vector{change(start, Route::none, Route::reg44_2),
                                   change(earns, Route::reg44_2, Route::none, true)}));
}

TEST(StatusChanges, LieAfterTheFirstDayOfTheWatchAndNotPastItsLast) {
  const Date start = Date::of(2026, 5, 11);
  const std::vector<Award> awards = {between(award(Benefit::CA), start)};
  EXPECT_TRUE(history(awards, kDay, 0, start).told.empty());
  EXPECT_EQ(history(awards, start, 0, start.plus_days(-1)).told.size(), 1U);
  EXPECT_TRUE(history(awards, start.plus_days(-1)).told.empty());
}

TEST(StatusChanges, AreNotMadeByAnAwardThatLeavesTheRouteAsItIs) {
  const Date second = Date::of(2026, 4, 1);
  const auto out = history({award(Benefit::CA), between(award(Benefit::SP), second),
                            between(award(Benefit::IS), second, Date::of(2026, 5, 1))},
                           kDay);
  EXPECT_TRUE(out.told.empty());
}

TEST(StatusChanges, AreNotMadeByAChangeOfTheLaw) {
  const Date start = Date::of(2017, 3, 1);
  const Date stop = Date::of(2018, 1, 1);
  const auto out = history({between(award(Benefit::BA), start, stop)}, kDay, 0, kFirstDay);
  EXPECT_EQ(out.told, std::vector{change(start, Route::none, Route::reg44_1)});
}

TEST(StatusChanges, OfEarningsWaitUntilTheyHaveLasted) {
  const Date earns = Date::of(2026, 7, 11);
  const std::vector<Award> awards = {credit(Earnings::none, Date::of(2025, 1, 1), earns),
                                     credit(Earnings::some, earns)};
  const auto expected = change(earns, Route::reg44_2, Route::none, true);
  const auto young = history(awards, Date::of(2026, 7, 13), 3);
  EXPECT_TRUE(young.told.empty());
  EXPECT_EQ(young.settling, expected);
  const auto lasted = history(awards, Date::of(2026, 7, 14), 3);
  EXPECT_EQ(lasted.told, std::vector{expected});
  EXPECT_FALSE(lasted.settling.has_value());
}

TEST(StatusChanges, OfEarningsThatAreReversedAreNotToldAtAll) {
  const Date earns = Date::of(2026, 7, 11);
  const Date again = Date::of(2026, 7, 13);
  const std::vector<Award> awards = {credit(Earnings::none, Date::of(2025, 1, 1), earns),
                                     credit(Earnings::some, earns, again),
                                     credit(Earnings::none, again)};
  const auto settled = history(awards, again, 3);
  EXPECT_TRUE(settled.told.empty());
  EXPECT_FALSE(settled.settling.has_value());
  const auto each = history(awards, again, 0);
  EXPECT_EQ(each.told, (std::vector{change(earns, Route::reg44_2, Route::none, true),
                                    change(again, Route::none, Route::reg44_2, true)}));
}

TEST(StatusChanges, JoinAroundOneThatDidNotLast) {
  const Date earns = Date::of(2026, 7, 11);
  const Date carer = Date::of(2026, 7, 13);
  const auto out = history({credit(Earnings::none, Date::of(2025, 1, 1), earns),
                            credit(Earnings::some, earns), between(award(Benefit::CA), carer)},
                           Date::of(2026, 8, 1), 3);
  EXPECT_EQ(out.told, std::vector{change(carer, Route::reg44_2, Route::reg44_1)});
}

TEST(StatusChanges, OfAnAwardItselfDoNotWait) {
  const Date start = Date::of(2026, 7, 11);
  const auto out = history({credit(Earnings::none, start)}, start, 3);
  EXPECT_EQ(out.told, std::vector{change(start, Route::none, Route::reg44_2)});
}

TEST(StatusChanges, DoNotWaitWhereAnotherAwardChangesOnTheSameDay) {
  const Date day = Date::of(2026, 7, 11);
  const auto out = history({credit(Earnings::none, Date::of(2025, 1, 1), day),
                            credit(Earnings::some, day), between(award(Benefit::PIP), day)},
                           day, 3);
  EXPECT_EQ(out.told, std::vector{change(day, Route::reg44_2, Route::none)});
}

TEST(StatusChanges, AreNotSoughtBeforeTheScheme) {
  const auto out =
      status_changes({}, {kFirstDay.plus_days(-1), kDay}, tests::law(), Jurisdiction::gb);
  ASSERT_FALSE(out.has_value());
  EXPECT_EQ(out.error().code, base::ErrorCode::PARAMETER_MISSING);
}

std::optional<NilRateKind> kind(const NilRateFacts& person, const std::vector<Award>& awards = {}) {
  return nil_rate_kind(person, awards, kDay, law_of_day());
}

TEST(NilRatePersons, AreOfFiveKinds) {
  EXPECT_EQ(kind({}), std::nullopt);
  EXPECT_EQ(kind({.child = true}), NilRateKind::child);
  EXPECT_EQ(kind({.prisoner = true}), NilRateKind::prisoner);
  EXPECT_EQ(kind({.youth_trainee = true}), NilRateKind::youth_trainee);
  EXPECT_EQ(kind({.care_home_resident = true}), NilRateKind::care_home_resident);
}

TEST(NilRatePersons, OfSixteenOrSeventeenHoldAnIncomeRelatedBenefit) {
  const NilRateFacts young{.aged_16_or_17 = true};
  EXPECT_EQ(kind(young), std::nullopt);
  for (const Benefit benefit : {Benefit::IS, Benefit::JSA_IB, Benefit::ESA_IR}) {
    EXPECT_EQ(kind(young, {award(benefit)}), NilRateKind::young_on_benefit);
    EXPECT_EQ(kind(young, {award(benefit, Holder::partner)}), NilRateKind::young_on_benefit);
    EXPECT_EQ(kind({}, {award(benefit)}), std::nullopt);
  }
  EXPECT_EQ(kind(young, {credit(Earnings::none, kStart)}), NilRateKind::young_on_benefit);
  EXPECT_EQ(kind(young, {credit(Earnings::some, kStart)}), std::nullopt);
  EXPECT_EQ(kind(young, {credit(Earnings::none, kDay.plus_days(1))}), std::nullopt);
  EXPECT_EQ(kind(young, {award(Benefit::PC, Holder::partner)}), std::nullopt);
  EXPECT_EQ(kind(young, {award(Benefit::CA, Holder::partner, Earnings::none)}), std::nullopt);
}

}  // namespace
}  // namespace ig::core::rules
