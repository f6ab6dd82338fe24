#include "core/rules/deduction.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using facts::Benefit;
using facts::Jurisdiction;
using values::Date;
using values::Money;
using Reason = DeductionReason;

constexpr Date kDay = Date::of(2026, 6, 1);
constexpr Date kLastOldDay = Date::of(2019, 7, 3);
constexpr Date kFirstNewDay = Date::of(2019, 7, 4);
constexpr Liability kByCouple = Liability::flat_by_couple_benefit;

Parameters law_of_day(Date day = kDay) { return *tests::law().on(day, Jurisdiction::gb); }

Parameters law_with(std::string_view name, const ParameterValue& value) {
  return *tests::law_with(name, value).on(kDay, Jurisdiction::gb);
}

Parameters part_law() { return law_with("dfb.partial", std::string("PART")); }

DeductionSource source(Benefit benefit, std::optional<std::int64_t> payable = std::nullopt,
                       Earnings earnings = Earnings::none) {
  DeductionSource out;
  out.benefit = benefit;
  if (payable) out.payable = Money::pence(*payable);
  out.earnings = earnings;
  return out;
}

Deduction ongoing(Liability liability, const DeductionSource& from, Date day = kDay) {
  return ongoing_deduction(liability, from, law_of_day(day));
}

Deduction arrears(std::int64_t owed, Liability liability, const DeductionSource& from,
                  Date day = kDay) {
  return arrears_deduction(Money::pence(owed), liability, from, law_of_day(day));
}

TEST(OngoingDeduction, IsTheFlatRateAndTheFee) {
  const auto out = ongoing(Liability::flat_by_own_benefit, source(Benefit::ESA_NS));
  EXPECT_EQ(out.kind, DeductionKind::ongoing);
  EXPECT_TRUE(out.is_allowed());
  EXPECT_EQ(out.route, DeductionRoute::schedule_7);
  EXPECT_EQ(out.maintenance, Money::pence(700));
  EXPECT_EQ(out.fee, Money::pence(140));
  EXPECT_EQ(out.weekly, Money::pence(840));
  EXPECT_EQ(out.wanted, Money::pence(840));
  EXPECT_EQ(out.taken, Money::pence(840));
  EXPECT_FALSE(out.left.has_value());
}

TEST(OngoingDeduction, FollowsTheFlatRateAndTheFeeOfTheDay) {
  const auto weekly = [](Date day) {
    return ongoing(Liability::flat_by_own_benefit, source(Benefit::CA), day).weekly.in_pence();
  };
  EXPECT_EQ(weekly(Date::of(2013, 11, 24)), 500);
  EXPECT_EQ(weekly(Date::of(2013, 11, 25)), 700);
  EXPECT_EQ(weekly(Date::of(2014, 8, 11)), 700);
  EXPECT_EQ(weekly(Date::of(2014, 8, 12)), 840);
}

TEST(OngoingDeduction, IsAMonthOfUniversalCredit) {
  EXPECT_EQ(ongoing(kByCouple, source(Benefit::UC)).wanted, Money::pence(3'640));
  const auto by_days = law_with("dfb.uc_month", Ratio{365, 84});
  EXPECT_EQ(ongoing_deduction(kByCouple, source(Benefit::UC), by_days).wanted, Money::pence(3'650));
}

TEST(OngoingDeduction, LeavesTheLeastSum) {
  const auto reason = [](Benefit benefit, std::int64_t payable) {
    return ongoing(kByCouple, source(benefit, payable)).reason;
  };
  EXPECT_EQ(reason(Benefit::ESA_NS, 850), Reason::allowed);
  EXPECT_EQ(reason(Benefit::ESA_NS, 849), Reason::would_leave_too_little);
  EXPECT_EQ(reason(Benefit::IS, 850), Reason::allowed);
  EXPECT_EQ(reason(Benefit::IS, 849), Reason::would_leave_too_little);
  EXPECT_EQ(reason(Benefit::UC, 3'641), Reason::allowed);
  EXPECT_EQ(reason(Benefit::UC, 3'640), Reason::would_leave_too_little);
}

TEST(OngoingDeduction, TakesTheFloorOfItsBenefit) {
  auto law = law_of_day();
  law.deduction.floor_jsa_esa = Money::pence(1);
  law.deduction.floor_other = Money::pence(2);
  law.deduction.floor_uc = Money::pence(3);
  law.deduction.whole_or_nothing = false;
  const auto left = [&](Benefit benefit) {
    return ongoing_deduction(kByCouple, source(benefit, 800), law).left;
  };
  EXPECT_EQ(left(Benefit::ESA_NS), Money::pence(1));
  EXPECT_EQ(left(Benefit::IS), Money::pence(2));
  EXPECT_EQ(left(Benefit::UC), Money::pence(3));
}

TEST(OngoingDeduction, SaysWhatIsTakenAndLeft) {
  const auto out = ongoing(kByCouple, source(Benefit::ESA_NS, 850));
  EXPECT_EQ(out.taken, Money::pence(840));
  EXPECT_EQ(out.left, Money::pence(10));
  const auto nothing = ongoing(kByCouple, source(Benefit::ESA_NS, 849));
  EXPECT_FALSE(nothing.is_allowed());
  EXPECT_EQ(nothing.weekly, Money::pence(840));
  EXPECT_EQ(nothing.taken, Money());
  EXPECT_EQ(nothing.left, Money::pence(849));
  EXPECT_EQ(ongoing(kByCouple, source(Benefit::UC, 3'641)).left, Money::pence(1));
}

TEST(OngoingDeduction, IsAPartWhereTheSwitchSaysSo) {
  const auto law = part_law();
  const auto part = ongoing_deduction(kByCouple, source(Benefit::ESA_NS, 849), law);
  EXPECT_EQ(part.reason, Reason::part_only);
  EXPECT_TRUE(part.is_allowed());
  EXPECT_EQ(part.taken, Money::pence(839));
  EXPECT_EQ(part.left, Money::pence(10));
  const auto none = ongoing_deduction(kByCouple, source(Benefit::ESA_NS, 10), law);
  EXPECT_EQ(none.reason, Reason::would_leave_too_little);
  EXPECT_EQ(none.left, Money::pence(10));
  EXPECT_EQ(ongoing_deduction(kByCouple, source(Benefit::ESA_NS, 11), law).taken, Money::pence(1));
}

TEST(OngoingDeduction, NeedsALiabilityAtTheFlatRate) {
  const auto reason = [](Liability liability) {
    return ongoing(liability, source(Benefit::UC)).reason;
  };
  EXPECT_EQ(reason(Liability::none), Reason::nothing_due);
  EXPECT_EQ(reason(Liability::nil_rate), Reason::nothing_due);
  EXPECT_EQ(reason(Liability::other_rate), Reason::not_flat_rate);
  EXPECT_EQ(reason(Liability::half_flat), Reason::allowed);
}

TEST(OngoingDeduction, ReachesTheFlatRateByIncomeSince2019UnderSchedule7) {
  const auto reason = [](Benefit benefit, Date day) {
    return ongoing(Liability::flat_by_income, source(benefit), day).reason;
  };
  EXPECT_EQ(reason(Benefit::ESA_NS, kLastOldDay), Reason::flat_by_income_not_reached);
  EXPECT_EQ(reason(Benefit::ESA_NS, kFirstNewDay), Reason::allowed);
  EXPECT_EQ(reason(Benefit::PC, kLastOldDay), Reason::flat_by_income_not_reached);
  EXPECT_EQ(reason(Benefit::PC, kFirstNewDay), Reason::flat_by_income_schedule_7_only);
}

TEST(OngoingDeduction, ReachesUniversalCreditWithEarningsSince2019) {
  const auto reason = [](Earnings earnings, Benefit benefit, Date day) {
    return ongoing(Liability::flat_by_own_benefit, source(benefit, 10'000, earnings), day).reason;
  };
  EXPECT_EQ(reason(Earnings::some, Benefit::UC, kLastOldDay), Reason::uc_with_earnings);
  EXPECT_EQ(reason(Earnings::some, Benefit::UC, kFirstNewDay), Reason::allowed);
  EXPECT_EQ(reason(Earnings::none, Benefit::UC, kLastOldDay), Reason::allowed);
  EXPECT_EQ(reason(Earnings::some, Benefit::ESA_NS, kLastOldDay), Reason::allowed);
  EXPECT_EQ(ongoing(Liability::flat_by_income, source(Benefit::UC, 10'000, Earnings::some)).taken,
            Money::pence(3'640));
}

TEST(Deductions, SayWhyABenefitCannotBeReached) {
  const auto law = law_of_day();
  for (const Benefit benefit : {Benefit::PIP, Benefit::DLA, Benefit::AA, Benefit::CHB, Benefit::HB,
                                Benefit::TC, Benefit::BA}) {
    EXPECT_EQ(unreachable_because(benefit, law), Reason::no_power) << facts::code(benefit);
  }
  for (const Benefit benefit : {Benefit::CSP, Benefit::ADP, Benefit::SCP, Benefit::FOREIGN}) {
    EXPECT_EQ(unreachable_because(benefit, law), Reason::paid_by_another_government)
        << facts::code(benefit);
  }
  EXPECT_EQ(unreachable_because(Benefit::NSP, law), Reason::listing_not_settled);
  EXPECT_EQ(unreachable_because(Benefit::BSP, law), Reason::listing_not_settled);
  EXPECT_EQ(unreachable_because(Benefit::TRAIN, law), Reason::not_a_specified_benefit);
  EXPECT_EQ(unreachable_because(Benefit::AFCS_GIP, law), Reason::not_a_specified_benefit);
  EXPECT_EQ(unreachable_because(Benefit::CA, law), std::nullopt);
  EXPECT_EQ(unreachable_because(Benefit::UC, law), std::nullopt);
  const auto out = ongoing(kByCouple, source(Benefit::PIP, 5'000));
  EXPECT_EQ(out.reason, Reason::no_power);
  EXPECT_EQ(out.weekly, Money());
  EXPECT_EQ(out.left, Money::pence(5'000));
  EXPECT_EQ(arrears(50'000, Liability::none, source(Benefit::PIP)).reason, Reason::no_power);
}

TEST(ArrearsDeduction, IsOneSumAWeekSince2019) {
  const auto out = arrears(50'000, Liability::none, source(Benefit::UC));
  EXPECT_EQ(out.kind, DeductionKind::arrears);
  EXPECT_EQ(out.reason, Reason::allowed);
  EXPECT_EQ(out.weekly, Money::pence(840));
  EXPECT_EQ(out.wanted, Money::pence(3'640));
  EXPECT_EQ(out.maintenance, Money());
  EXPECT_EQ(out.fee, Money());
}

TEST(ArrearsDeduction, WasSmallerAndNotOfUniversalCreditBefore2019) {
  const auto old = arrears(50'000, Liability::none, source(Benefit::ESA_NS), kLastOldDay);
  EXPECT_EQ(old.weekly, Money::pence(120));
  EXPECT_EQ(arrears(50'000, Liability::none, source(Benefit::ESA_NS), kFirstNewDay).weekly,
            Money::pence(840));
  EXPECT_EQ(arrears(50'000, Liability::none, source(Benefit::UC), kLastOldDay).reason,
            Reason::arrears_not_from_uc);
}

TEST(ArrearsDeduction, LeavesTheLeastSumToo) {
  EXPECT_EQ(arrears(50'000, Liability::none, source(Benefit::ESA_NS, 849)).reason,
            Reason::would_leave_too_little);
  EXPECT_EQ(arrears(50'000, Liability::none, source(Benefit::ESA_NS, 850)).left, Money::pence(10));
}

TEST(ArrearsDeduction, TakesNoMoreThanIsOwed) {
  EXPECT_EQ(arrears(500, Liability::none, source(Benefit::ESA_NS)).taken, Money::pence(500));
  EXPECT_EQ(arrears(0, Liability::none, source(Benefit::ESA_NS)).reason, Reason::nothing_due);
}

TEST(ArrearsDeduction, IsBarredByAnyLiabilityOrByTheFlatRateOnly) {
  const auto flat_only = law_with("dfb.arrears_bar", std::string("FLAT_RATE_ONLY"));
  const auto reason = [](Liability liability, const Parameters& law) {
    return arrears_deduction(Money::pence(50'000), liability, source(Benefit::UC), law).reason;
  };
  for (const auto& law : {law_of_day(), flat_only}) {
    EXPECT_EQ(reason(Liability::none, law), Reason::allowed);
    EXPECT_EQ(reason(Liability::nil_rate, law), Reason::allowed);
    EXPECT_EQ(reason(Liability::flat_by_income, law), Reason::liable_for_ongoing);
    EXPECT_EQ(reason(Liability::half_flat, law), Reason::liable_for_ongoing);
  }
  EXPECT_EQ(reason(Liability::other_rate, law_of_day()), Reason::liable_for_ongoing);
  EXPECT_EQ(reason(Liability::other_rate, flat_only), Reason::allowed);
}

TEST(CoupleDeductions, AreHalfAFlatRateAndItsFeeEach) {
  const auto [first, second] = couple_deductions(source(Benefit::PC), law_of_day());
  EXPECT_EQ(first.weekly, Money::pence(420));
  EXPECT_EQ(second.weekly, Money::pence(420));
  const auto month = couple_deductions(source(Benefit::UC, 3'641), law_of_day());
  EXPECT_EQ(month[0].taken, Money::pence(1'820));
  EXPECT_EQ(month[1].taken, Money::pence(1'820));
  EXPECT_EQ(month[1].left, Money::pence(1));
}

TEST(CoupleDeductions, TakeTheSecondOutOfWhatTheFirstLeaves) {
  const auto out = couple_deductions(source(Benefit::UC, 3'640), law_of_day());
  EXPECT_EQ(out[0].reason, Reason::allowed);
  EXPECT_EQ(out[1].reason, Reason::would_leave_too_little);
  EXPECT_EQ(out[1].left, Money::pence(1'820));
}

SourceChoice choice(const std::vector<DeductionSource>& sources,
                    const Parameters& law = law_of_day(), Liability liability = kByCouple,
                    std::int64_t owed = 0) {
  return choose_source(liability, Money::pence(owed), sources, law);
}

TEST(OneBenefit, IsTheSourceOfAPeriod) {
  const auto out = choice({source(Benefit::UC), source(Benefit::ESA_NS)});
  EXPECT_EQ(out.chosen, 1U);
  EXPECT_EQ(out.why, SourceReason::outside_uc_order);
  EXPECT_EQ(out.each[0].reason, Reason::one_benefit_only);
  EXPECT_EQ(out.each[0].taken, Money());
  EXPECT_EQ(out.each[1].taken, Money::pence(840));
}

TEST(OneBenefit, IsTheFirstGivenWhereNothingTellsThemApart) {
  const auto out = choice({source(Benefit::IS), source(Benefit::ESA_NS)});
  EXPECT_EQ(out.chosen, 0U);
  EXPECT_EQ(out.why, SourceReason::given_first);
  const auto credits = choice({source(Benefit::UC), source(Benefit::UC)});
  EXPECT_EQ(credits.chosen, 0U);
  EXPECT_EQ(credits.why, SourceReason::given_first);
}

TEST(OneBenefit, IsTheOnlyOneThatCan) {
  const auto out =
      choice({source(Benefit::PIP), source(Benefit::ESA_NS, 849), source(Benefit::UC)});
  EXPECT_EQ(out.chosen, 2U);
  EXPECT_EQ(out.why, SourceReason::only_one_can);
  EXPECT_EQ(out.each[0].reason, Reason::no_power);
  EXPECT_EQ(out.each[1].reason, Reason::would_leave_too_little);
}

TEST(OneBenefit, IsTheOneThatCarriesTheWholeSum) {
  const auto law = part_law();
  const auto out = choice({source(Benefit::ESA_NS, 849), source(Benefit::UC, 3'641)}, law);
  EXPECT_EQ(out.chosen, 1U);
  EXPECT_EQ(out.why, SourceReason::carries_whole_sum);
  const auto parts = choice({source(Benefit::UC, 3'000), source(Benefit::ESA_NS, 849)}, law);
  EXPECT_EQ(parts.chosen, 1U);
  EXPECT_EQ(parts.why, SourceReason::outside_uc_order);
}

TEST(OneBenefit, IsNoneWhereNoneCan) {
  EXPECT_EQ(choice({}).why, SourceReason::none_can);
  const auto out = choice({source(Benefit::PIP)});
  EXPECT_EQ(out.chosen, std::nullopt);
  EXPECT_EQ(out.why, SourceReason::none_can);
}

TEST(OneBenefit, CarriesTheOngoingSumOrArrearsButNotBoth) {
  const std::vector<DeductionSource> credit = {source(Benefit::UC)};
  const auto law = law_of_day();
  const auto kind = [&](Liability liability, std::int64_t owed) {
    return choice(credit, law, liability, owed).each[0].kind;
  };
  EXPECT_EQ(kind(kByCouple, 50'000), DeductionKind::ongoing);
  EXPECT_EQ(kind(Liability::none, 50'000), DeductionKind::arrears);
  EXPECT_EQ(choice(credit, law, Liability::none, 50'000).chosen, 0U);
  EXPECT_EQ(kind(Liability::none, 0), DeductionKind::ongoing);
  EXPECT_EQ(choice(credit, law, Liability::other_rate, 0).each[0].reason, Reason::not_flat_rate);
}

UcLimits limits(std::int64_t other, std::int64_t maintenance, Date day) {
  return uc_limits(Money::pence(40'014), Money::pence(other), Money::pence(maintenance),
                   law_of_day(day));
}

TEST(UcLimits, LetMaintenanceGoOverTheWorkingCap) {
  const auto out = limits(5'000, 3'640, Date::of(2025, 5, 10));
  EXPECT_EQ(out.cap, Money::pence(6'002));
  EXPECT_EQ(out.ceiling, Money::pence(16'006));
  EXPECT_EQ(out.total, Money::pence(8'640));
  EXPECT_TRUE(out.exceeds_cap);
  EXPECT_FALSE(out.exceeds_ceiling);
  EXPECT_TRUE(out.maintenance_taken);
}

TEST(UcLimits, AreReachedButNotExceededAtTheirSum) {
  const auto out = limits(2'362, 3'640, Date::of(2025, 5, 10));
  EXPECT_FALSE(out.exceeds_cap);
  EXPECT_FALSE(limits(12'366, 3'640, Date::of(2025, 5, 10)).exceeds_ceiling);
}

TEST(UcLimits, FollowTheFirstDayOfTheAssessmentPeriod) {
  EXPECT_EQ(limits(0, 3'640, Date::of(2025, 4, 29)).cap, Money::pence(10'004));
  EXPECT_EQ(limits(0, 3'640, Date::of(2025, 4, 30)).cap, Money::pence(6'002));
}

TEST(UcLimits, PutMaintenanceInFrontForAYear) {
  const auto front = limits(12'367, 3'640, Date::of(2026, 4, 30));
  EXPECT_EQ(front.place, UcPlace::front);
  EXPECT_TRUE(front.exceeds_ceiling);
  EXPECT_TRUE(front.maintenance_taken);
  const auto after = limits(12'367, 3'640, Date::of(2026, 5, 1));
  EXPECT_EQ(after.place, UcPlace::schedule_6_paragraph_5);
  EXPECT_TRUE(after.exceeds_ceiling);
  EXPECT_FALSE(after.maintenance_taken);
  EXPECT_FALSE(limits(0, 16'007, Date::of(2026, 4, 30)).maintenance_taken);
}

TEST(UcLimits, KeepTheFrontPlaceInTheOtherReading) {
  const auto law = law_with("uc.priority_table", std::string("FRONT"));
  EXPECT_EQ(uc_limits(Money::pence(40'014), Money(), Money::pence(3'640), law).place,
            UcPlace::front);
}

TEST(Deductions, HaveNames) {
  EXPECT_EQ(name(Reason::allowed), "allowed");
  EXPECT_EQ(name(Reason::listing_not_settled), "listing_not_settled");
  EXPECT_EQ(name(SourceReason::none_can), "none_can");
  EXPECT_EQ(name(SourceReason::given_first), "given_first");
}

}  // namespace
}  // namespace ig::core::rules
