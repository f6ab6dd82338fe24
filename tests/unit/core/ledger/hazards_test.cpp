// The hazards of real payroll data that a first ledger must survive, each by its number in the
// notes on RTI, with its example.
#include "core/facts/systems.hpp"
#include "core/ledger/ledger.hpp"
#include "tests/unit/core/ledger/facts_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace ig::core::ledger {
namespace {

using ::testing::Contains;
using testing::day;
using testing::month;
using testing::noon;
using ::testing::Not;
using testing::Payments;
using testing::Payroll;
using testing::pence;
using testing::weigh_on;
using values::Money;
using values::PayFrequency;

TEST(Hazard, H1SupplementaryRunAddsToItsMonth) {
  Payroll payroll;
  const Payments payments = {
      payroll.pay(day(2025, 4, 30), 190'000), payroll.pay(day(2025, 5, 30), 190'000),
      payroll.pay(day(2025, 6, 27), 190'000), payroll.pay(day(2025, 6, 30), 12'000)};
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), values::Fraction(582'000 * 28, 365).half_up().in_pence());
  EXPECT_THAT(person.notes, Contains("SUPPLEMENTARY_RUN"));
}

TEST(Hazard, H1SupplementaryRunOnTheSameDayAddsToo) {
  Payroll payroll;
  const Payments payments = {payroll.pay(day(2025, 6, 27), 190'000),
                             payroll.pay(day(2025, 6, 27), 12'000)};
  EXPECT_EQ(pence(weigh_on(payments, day(2025, 7, 1))), month(202'000));
}

TEST(Hazard, H2CorrectionIsADifferenceOnItsOwnPayday) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 31), 200'000)};
  facts::Payment correction = payroll.pay(day(2025, 5, 31), -30'000);
  correction.late_reason = "H";
  correction.header.received_at = noon(day(2025, 6, 4));
  payments.push_back(correction);
  const PersonIncome person = weigh_on(payments, day(2025, 6, 10));
  EXPECT_EQ(pence(person), month(185'000));  // (2,000 + 1,700) / 2
  EXPECT_THAT(person.notes, Contains("CORRECTED"));
}

TEST(Hazard, H2CorrectionReceivedAfterTheNextPaydayStaysWithItsOwn) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 200'000),
                       payroll.pay(day(2025, 6, 30), 200'000)};
  facts::Payment correction = payroll.pay(day(2025, 4, 30), -50'000);
  correction.late_reason = "H";
  correction.header.received_at = noon(day(2025, 7, 3));
  payments.push_back(correction);
  const PersonIncome person = weigh_on(payments, day(2025, 7, 10));
  EXPECT_EQ(pence(person), month(200'000));  // May and June are the settled pattern
  EXPECT_THAT(person.notes, Not(Contains("PAYMENT_MISSING")));
}

TEST(Hazard, H3SilentCorrectionIsParkedNotPaid) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 200'000)};
  payroll.total(370'000);
  payments.push_back(payroll.pay(day(2025, 6, 30), 200'000));
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Contains("TOTAL_CORRECTED"));
  EXPECT_EQ(person.confidence, Confidence::medium);
}

TEST(Hazard, H5RebuiltDuplicateIsDropped) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 200'000),
                       payroll.pay(day(2025, 6, 30), 200'000)};
  facts::Payment again = payments[1];
  again.header.fact_id = "other";
  again.header.source.document = "sha256:other";
  payments.push_back(again);
  EXPECT_EQ(pence(weigh_on(payments, day(2025, 7, 1))), month(200'000));
}

TEST(Hazard, H6MissingReportIsNotANilMonth) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000)};
  payroll.total(350'000);
  payments.push_back(payroll.pay(day(2025, 6, 30), 200'000));
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Contains("PAYMENT_MISSING"));
  EXPECT_THAT(person.notes, Contains("PERIOD_NOT_SEEN"));
}

TEST(Hazard, H6AMonthThatTheTotalsShowUnpaidIsNil) {
  Payroll payroll;
  const Payments payments = {payroll.pay(day(2025, 4, 30), 210'000),
                             payroll.pay(day(2025, 6, 30), 210'000)};
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(140'000));
  EXPECT_THAT(person.notes, Contains("NIL_PERIOD"));
}

/// What an Earlier Year Update of 2025-26 says.
facts::Payment year_update(const facts::Payment& of, std::int64_t pence) {
  facts::Payment out = of;
  out.header.source.system = facts::kEarlierYearUpdate;
  out.header.fact_id.clear();
  out.tax_year = values::TaxYear::starting(2025);
  out.paid_on = out.tax_year.last_day();
  out.frequency.reset();
  out.month.reset();
  out.taxable_pay = Money::pence(pence);
  out.taxable_pay_to_date.reset();
  return out;
}

TEST(Hazard, H51AnEarlierYearUpdateIsNoPaydayAndChangesNoWeeklyPay) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2026, 1, 30), 200'000),
                       payroll.pay(day(2026, 2, 27), 200'000),
                       payroll.pay(day(2026, 3, 31), 200'000)};
  const PersonIncome before = weigh_on(payments, day(2026, 4, 20));
  payments.push_back(year_update(payments.front(), -4'000));
  const PersonIncome after = weigh_on(payments, day(2026, 4, 20));
  EXPECT_EQ(pence(after), pence(before));
  EXPECT_EQ(after.notes, before.notes);
  ASSERT_EQ(after.employments.size(), 1U);
  EXPECT_EQ(after.employments[0].last_paid_on, day(2026, 3, 31));
  EXPECT_TRUE(weigh_on({payments.back()}, day(2026, 4, 20)).employments.empty())
      << "an update alone is no job";
}

TEST(Hazard, H51TwoEarlierYearUpdatesOfAYearAddTogether) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2026, 2, 27), 200'000),
                       payroll.pay(day(2026, 3, 31), 200'000)};
  const std::int64_t total = payments.back().taxable_pay_to_date->in_pence();
  payments.push_back(year_update(payments.front(), -4'000));
  payments.push_back(year_update(payments.front(), -4'000));
  facts::Payment carried = payroll.pay(day(2026, 4, 30), 200'000);
  carried.taxable_pay_to_date = Money::pence(total - 8'000 + 200'000);
  payments.push_back(carried);
  EXPECT_THAT(weigh_on(payments, day(2026, 5, 4)).notes, Contains("TOTAL_CARRIED_OVER"))
      << "the total that goes on is the corrected one";
}

TEST(Hazard, H7LateReportIsNotADrop) {
  Payroll payroll;
  const Payments payments = {payroll.pay(day(2025, 12, 31), 200'000),
                             payroll.pay(day(2026, 1, 30), 200'000)};
  const PersonIncome person = weigh_on(payments, day(2026, 3, 15));
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Contains("PAY_OVERDUE"));
}

TEST(Hazard, H9TwoPaydaysInThirtyDaysAreTwoMonths) {
  Payroll payroll;
  const Payments payments = {payroll.pay(day(2025, 10, 31), 200'000),
                             payroll.pay(day(2025, 11, 28), 200'000),
                             payroll.pay(day(2025, 12, 19), 200'000)};
  for (const auto as_of : {day(2025, 12, 20), day(2026, 1, 30)}) {
    EXPECT_EQ(pence(weigh_on(payments, as_of)), month(200'000));
  }
}

TEST(Hazard, H11PaydayMovedInsideOneTaxMonthIsNoBonus) {
  Payroll payroll;
  const Payments payments = {payroll.pay(day(2025, 6, 6), 200'000),
                             payroll.pay(day(2025, 7, 7), 200'000),
                             payroll.pay(day(2025, 7, 31), 200'000)};
  const PersonIncome person = weigh_on(payments, day(2025, 8, 1));
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Contains("PAYDAY_MOVED"));
}

TEST(Hazard, H12PaydayWinsOverAWrongLabel) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 200'000)};
  payments[0].month = 2;
  payments[1].month = 2;
  const PersonIncome person = weigh_on(payments, day(2025, 6, 1));
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Contains("PERIOD_LABEL_DIFFERS"));
}

TEST(Hazard, H13ExtraPaydayOfTheYearChangesNothing) {
  Payroll payroll;
  payroll.frequency(PayFrequency::W1);
  Payments payments;
  for (int week = 0; week < 54; ++week) {
    payments.push_back(payroll.pay(day(2025, 4, 6).plus_days(7 * week), 50'000));
  }
  for (const auto as_of : {day(2026, 4, 4), day(2026, 4, 5), day(2026, 4, 12)}) {
    EXPECT_EQ(pence(weigh_on(payments, as_of)), 50'000) << as_of.text();
  }
}

TEST(Hazard, H14FourWeeklyIsNotMonthly) {
  Payroll payroll;
  payroll.frequency(PayFrequency::W4);
  const Payments payments = {payroll.pay(day(2025, 5, 2), 160'000),
                             payroll.pay(day(2025, 5, 30), 160'000)};
  EXPECT_EQ(pence(weigh_on(payments, day(2025, 6, 1))), 40'000);
}

TEST(Hazard, H15SeveralPeriodsInOnePayment) {
  Payroll payroll;
  payroll.frequency(PayFrequency::W1);
  Payments payments = {payroll.pay(day(2025, 6, 6), 30'000), payroll.pay(day(2025, 6, 13), 90'000)};
  payments[1].periods_covered = 3;
  const PersonIncome person = weigh_on(payments, day(2025, 6, 20));
  EXPECT_EQ(pence(person), 30'000);
  EXPECT_EQ(person.employments[0].method, Method::settled_pattern);
}

TEST(Hazard, H16UndeclaredChangeOfPayrollIdIsOneJob) {
  Payroll old_id("10");
  old_id.total(750'000);
  Payments payments = {old_id.pay(day(2025, 8, 29), 75'000), old_id.pay(day(2025, 9, 30), 75'000)};
  Payroll new_id("010");
  new_id.total(900'000);
  payments.push_back(new_id.pay(day(2025, 10, 31), 75'000));
  const PersonIncome person = weigh_on(payments, day(2025, 11, 1));
  ASSERT_EQ(person.employments.size(), 1u);
  EXPECT_EQ(person.employments[0].employment.payroll_id, "010");
  EXPECT_EQ(pence(person), month(75'000));
  EXPECT_THAT(person.notes, Contains("PAYROLL_ID_CHANGED"));
}

TEST(Hazard, H16ADeclaredChangeAcrossTheYearEndIsOneJobToo) {
  Payroll old_id("10");
  Payments payments = {old_id.pay(day(2026, 2, 27), 75'000), old_id.pay(day(2026, 3, 31), 75'000)};
  Payroll new_id("11");
  facts::Payment first = new_id.pay(day(2026, 4, 30), 75'000);
  first.payroll_id_changed_from = "10";
  payments.push_back(first);
  EXPECT_EQ(weigh_on(payments, day(2026, 5, 1)).employments.size(), 1u);
}

TEST(Hazard, H19SeveralJobsInOneSchemeAreSummed) {
  Payroll first("A");
  Payroll second("B");
  Payments payments;
  for (const auto on : {day(2025, 5, 30), day(2025, 6, 30)}) {
    payments.push_back(first.pay(on, 80'000));
    payments.push_back(second.pay(on, 45'000));
  }
  EXPECT_EQ(pence(weigh_on(payments, day(2025, 7, 1))), month(125'000));
}

TEST(Hazard, H21SeveralSchemesAreSummed) {
  Payroll first("1", "120", "XB4471");
  Payroll second("1", "951", "AZ9");
  Payments payments;
  for (const auto on : {day(2025, 5, 30), day(2025, 6, 30)}) {
    payments.push_back(first.pay(on, 80'000));
    payments.push_back(second.pay(on, 45'000));
  }
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(person.employments.size(), 2u);
  EXPECT_EQ(pence(person), month(125'000));
}

TEST(Hazard, H22FinalPayAfterTheLeavingDateIsNormal) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 31), 120'000)};
  payments[1].left_on = day(2025, 5, 17);
  const PersonIncome person = weigh_on(payments, day(2025, 6, 1));
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::ended);
  EXPECT_EQ(pence(person), 0);
}

TEST(Hazard, H23PaymentAfterLeavingIsNoNewIncome) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 200'000),
                       payroll.pay(day(2025, 7, 31), 64'000)};
  payments[0].left_on = day(2025, 5, 30);
  payments[1].after_leaving = true;
  payments[1].left_on = day(2025, 5, 30);
  const PersonIncome person = weigh_on(payments, day(2025, 8, 1));
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::ended);
  EXPECT_EQ(pence(person), 0);
}

TEST(Hazard, H24SilenceEndsAJobAfterAboutThreeMonths) {
  Payroll payroll;
  const Payments payments = {payroll.pay(day(2025, 5, 30), 200'000)};
  EXPECT_EQ(weigh_on(payments, day(2025, 8, 15)).employments[0].status, EmploymentStatus::active);
  EXPECT_EQ(weigh_on(payments, day(2025, 9, 15)).employments[0].status, EmploymentStatus::lapsed);
}

TEST(Hazard, H25IrregularEmploymentStaysOpenForFourteenWeeks) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 200'000)};
  payments[0].irregular = true;
  const PersonIncome person = weigh_on(payments, day(2025, 5, 30).plus_days(98));
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::active);
}

TEST(Hazard, H26StarterIsProRatedUntilAFullPeriodComes) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 6, 30), 56'000)};
  payments[0].started_on = day(2025, 6, 22);
  PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), 43'556);  // 560.00 for 9 days
  EXPECT_EQ(person.confidence, Confidence::low);
  EXPECT_THAT(person.notes, Contains("PART_PERIOD"));
  payments.push_back(payroll.pay(day(2025, 7, 31), 190'000));
  person = weigh_on(payments, day(2025, 8, 1));
  EXPECT_EQ(pence(person), month(190'000));
}

TEST(Hazard, H27TerminationAwardIsNoWeeklyRate) {
  Payroll payroll;
  facts::Payment last = payroll.pay(day(2025, 6, 30), 2'690'000);
  last.benefits_via_payroll = Money::pence(20'000);
  last.nic_gross = Money::pence(170'000);
  last.left_on = day(2025, 7, 15);
  const PersonIncome person = weigh_on({last}, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(170'000));
  EXPECT_THAT(person.notes, Contains("TERMINATION_PAY_EXCLUDED"));
}

TEST(Hazard, H28BonusMonthIsAveragedNeverSettled) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2026, 1, 30), 200'000),
                       payroll.pay(day(2026, 2, 27), 200'000),
                       payroll.pay(day(2026, 3, 31), 900'000)};
  PersonIncome person = weigh_on(payments, day(2026, 4, 1));
  EXPECT_EQ(person.employments[0].method, Method::average_of_periods);
  EXPECT_EQ(pence(person), 99'726);  // 13,000 / 3
  EXPECT_EQ(person.confidence, Confidence::low);
  EXPECT_THAT(person.notes, Contains("BONUS_PERIOD"));
  payments.push_back(payroll.pay(day(2026, 4, 30), 200'000));
  EXPECT_THAT(weigh_on(payments, day(2026, 5, 1)).notes, Contains("BONUS_PERIOD"));
  payments.push_back(payroll.pay(day(2026, 5, 29), 200'000));
  person = weigh_on(payments, day(2026, 6, 1));
  EXPECT_EQ(person.employments[0].method, Method::settled_pattern);
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Not(Contains("BONUS_PERIOD")));
}

TEST(Hazard, H29PayrolledCarIsHeldApart) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 220'000),
                       payroll.pay(day(2025, 6, 30), 220'000)};
  for (facts::Payment& one : payments) one.benefits_via_payroll = Money::pence(20'000);
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Contains("BENEFITS_EXCLUDED"));
}

TEST(Hazard, H30ALargerPensionContributionExplainsAFall) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 285'000),
                       payroll.pay(day(2025, 5, 30), 180'000),
                       payroll.pay(day(2025, 6, 30), 180'000)};
  payments[0].net_pay_pension = Money::pence(15'000);
  payments[1].net_pay_pension = Money::pence(120'000);
  payments[2].net_pay_pension = Money::pence(120'000);
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(180'000));
  EXPECT_THAT(person.notes, Contains("NET_PAY_PENSION_CHANGED"));
}

TEST(Hazard, H32StatutoryPayExplainsADip) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 200'000),
                       payroll.pay(day(2025, 6, 30), 81'200)};
  payments[2].statutory_to_date.smp = Money::pence(81'200);
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(person.confidence, Confidence::low);
  EXPECT_THAT(person.notes, Contains("STATUTORY_PAY"));
}

TEST(Hazard, H34StrikeIsTemporary) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 90'000),
                       payroll.pay(day(2025, 6, 30), 90'000)};
  payments[1].on_strike = true;
  payments[2].on_strike = true;
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(person.employments[0].method, Method::average_of_periods);
  EXPECT_EQ(person.confidence, Confidence::low);
  EXPECT_THAT(person.notes, Contains("ON_STRIKE"));
}

TEST(Hazard, H35DirectorIsFlagged) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 75'800),
                       payroll.pay(day(2025, 6, 30), 75'800)};
  for (facts::Payment& one : payments) one.director = "AN";
  EXPECT_THAT(weigh_on(payments, day(2025, 7, 1)).notes, Contains("DIRECTOR"));
}

TEST(Hazard, H43AJobFoundByNameIsAtMostOfMediumConfidence) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 75'800),
                       payroll.pay(day(2025, 6, 30), 75'800)};
  payments[1].header.matched_by = facts::MatchedBy::name;
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(person.confidence, Confidence::medium);
  EXPECT_THAT(person.notes, Contains("MATCHED_BY_NAME"));
}

TEST(Hazard, H36AnnualPayIsSpreadOverItsYear) {
  Payroll payroll;
  payroll.frequency(PayFrequency::MA);
  const Payments payments = {payroll.pay(day(2025, 3, 31), 3'000'000)};
  EXPECT_EQ(pence(weigh_on(payments, day(2025, 9, 1))), 57'534);
  EXPECT_EQ(pence(weigh_on(payments, day(2026, 5, 1))), 57'534);
}

TEST(Hazard, H38PensionLumpSumIsNoSecondPension) {
  Payroll pension("P1");
  Payroll lump("P2");
  lump.frequency(PayFrequency::IO);
  Payments payments = {pension.pay(day(2025, 5, 30), 65'000), pension.pay(day(2025, 6, 30), 65'000),
                       lump.pay(day(2025, 6, 30), 1'500'000)};
  for (facts::Payment& one : payments) one.occupational_pension = true;
  payments[2].lump_sum_kind = "FLEXIBLE_DRAWDOWN";
  payments[2].lump_sum_taxable = Money::pence(1'500'000);
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(65'000));
  EXPECT_THAT(person.notes, Contains("ONE_OFF_PAYMENT"));
}

TEST(Hazard, H39TrivialCommutationIsOneOff) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 40'000), payroll.pay(day(2025, 5, 30), 40'000),
                       payroll.pay(day(2025, 6, 30), 602'500)};
  payments[2].lump_sum_kind = "TRIVIAL_COMMUTATION_B";
  payments[2].lump_sum_taxable = Money::pence(562'500);
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(40'000));
  EXPECT_THAT(person.notes, Contains("LUMP_SUM_EXCLUDED"));
}

TEST(Hazard, H40ShareAwardIsNotional) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 200'000),
                       payroll.pay(day(2025, 6, 30), 200'000),
                       payroll.pay(day(2025, 6, 30), 1'800'000)};
  payments[2].late_reason = "B";
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Contains("NOTIONAL_PAY_EXCLUDED"));
}

TEST(Hazard, H42NegativeRunIsAveragedIn) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 200'000),
                       payroll.pay(day(2025, 6, 30), -45'000)};
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), values::Fraction(355'000 * 28, 365).half_up().in_pence());
  EXPECT_THAT(person.notes, Contains("NEGATIVE_PAY"));
}

TEST(Hazard, H46ASuffixIsNoMatterOfTheLedger) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 200'000),
                       payroll.pay(day(2025, 6, 30), 200'000)};
  payments[0].header.subject.nino.emplace(*values::Nino::parse("AB654321"));
  payments[1].header.subject.nino.emplace(*values::Nino::parse("AB654321C"));
  EXPECT_EQ(weigh_on(payments, day(2025, 7, 1)).employments.size(), 1u);
}

TEST(Hazard, H48PayToAnEstateIsNotThePersons) {
  Payroll payroll;
  facts::Payment one = payroll.pay(day(2025, 6, 30), 200'000);
  one.non_individual = true;
  EXPECT_TRUE(weigh_on({one}, day(2025, 7, 1)).employments.empty());
}

TEST(Hazard, H49TotalCarriedOverTheYearEndIsHeld) {
  Payroll payroll;
  payroll.total(4'800'000);
  Payments payments = {payroll.pay(day(2026, 2, 27), 200'000),
                       payroll.pay(day(2026, 3, 31), 200'000)};
  facts::Payment first = payroll.pay(day(2026, 4, 10), 200'000);
  first.taxable_pay_to_date = Money::pence(5'400'000);
  payments.push_back(first);
  const PersonIncome person = weigh_on(payments, day(2026, 4, 11));
  EXPECT_THAT(person.notes, Contains("TOTAL_CARRIED_OVER"));
  EXPECT_EQ(person.employments[0].window->payments.size(), 2u);
}

TEST(Hazard, H50PriorYearReportInJuneIsNoPresentRise) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 200'000)};
  Payroll last_year;
  last_year.total(2'200'000);
  facts::Payment late = last_year.pay(day(2025, 3, 31), 900'000);
  late.header.received_at = noon(day(2025, 6, 5));
  payments.push_back(late);
  EXPECT_EQ(pence(weigh_on(payments, day(2025, 6, 10))), month(200'000));
}

TEST(Hazard, H52TestMessageIsNoPay) {
  Payroll payroll;
  facts::Payment one = payroll.pay(day(2025, 6, 30), 200'000);
  one.header.test = true;
  EXPECT_TRUE(weigh_on({one}, day(2025, 7, 1)).employments.empty());
}

TEST(Hazard, ReRunThatDidNotAdvanceTheTotalIsHeld) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 5, 30), 200'000),
                       payroll.pay(day(2025, 6, 27), 200'000)};
  facts::Payment again = payments[1];
  again.header.fact_id = "again";
  again.paid_on = day(2025, 6, 30);
  again.header.received_at = noon(day(2025, 6, 30));
  payments.push_back(again);
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(pence(person), month(200'000));
  EXPECT_THAT(person.notes, Contains("TOTAL_NOT_ADVANCED"));
}

TEST(Hazard, ReportingOnWithdrawsALeavingDate) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 200'000)};
  payments[0].left_on = day(2025, 4, 30);
  EXPECT_EQ(weigh_on(payments, day(2025, 6, 1)).employments[0].status, EmploymentStatus::ended);
  payments.push_back(payroll.pay(day(2025, 6, 30), 200'000));
  const PersonIncome person = weigh_on(payments, day(2025, 7, 1));
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::active);
  EXPECT_THAT(person.notes, Contains("LEAVING_WITHDRAWN"));
}

}  // namespace
}  // namespace ig::core::ledger
