// What the totals to date confirm where a report is missing, and what they never do alone.
#include "core/ledger/ledger.hpp"
#include "tests/unit/core/ledger/facts_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::ledger {
namespace {

using ::testing::Contains;
using testing::day;
using testing::month;
using ::testing::Not;
using testing::Payments;
using testing::Payroll;
using testing::pence;
using testing::weigh_on;
using values::Money;

/// Three months at 2,000.00, one nobody reported, one at 2,600.00 whose total shows `missing`.
Payments rise_with_a_report_missing(std::int64_t missing) {
  Payroll payroll;
  Payments out = {payroll.pay(day(2025, 4, 30), 200'000), payroll.pay(day(2025, 5, 30), 200'000),
                  payroll.pay(day(2025, 6, 30), 200'000)};
  payroll.total(600'000 + missing);
  out.push_back(payroll.pay(day(2025, 8, 29), 260'000));
  return out;
}

TEST(Totals, ConfirmAPaydayThatWasNeverReported) {
  const auto person = weigh_on(rise_with_a_report_missing(260'000), day(2025, 9, 1));
  EXPECT_EQ(pence(person), month(260'000));
  EXPECT_EQ(person.employments[0].method, Method::settled_pattern);
  EXPECT_EQ(person.employments[0].level_since, day(2025, 7, 30));
  EXPECT_EQ(person.confidence, Confidence::medium);
  EXPECT_THAT(person.notes, Contains("PAYDAY_BY_TOTAL"));
  EXPECT_THAT(person.notes, Not(Contains("PAYMENT_MISSING")));
  EXPECT_EQ(person.employments[0].window->payments.size(), 1U);
}

TEST(Totals, OfAnotherSumConfirmNothing) {
  for (const std::int64_t missing : {200'000, 520'000, 0}) {
    const auto person = weigh_on(rise_with_a_report_missing(missing), day(2025, 9, 1));
    EXPECT_EQ(person.employments[0].method, Method::average_of_periods) << missing;
    EXPECT_EQ(person.confidence, Confidence::low) << missing;
    EXPECT_THAT(person.notes, Not(Contains("PAYDAY_BY_TOTAL"))) << missing;
  }
}

TEST(Totals, ConfirmTheFirstPaydayOfATaxYear) {
  Payroll payroll;
  payroll.total(2'000'000);
  Payments payments = {payroll.pay(day(2026, 2, 27), 200'000),
                       payroll.pay(day(2026, 3, 31), 200'000)};
  (void)payroll.pay(day(2026, 4, 30), 300'000);
  payments.push_back(payroll.pay(day(2026, 5, 29), 300'000));
  const auto person = weigh_on(payments, day(2026, 6, 1));
  EXPECT_EQ(pence(person), month(300'000));
  EXPECT_THAT(person.notes, Contains("PAYDAY_BY_TOTAL"));
}

TEST(Totals, SayNothingOfAPaydayThatNoReportFollows) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 200'000)};
  facts::Payment correction = payroll.pay(day(2025, 5, 30), 0);
  correction.taxable_pay_to_date = Money::pence(900'000);
  correction.header.received_at = testing::noon(day(2025, 7, 1));
  payments.push_back(correction);
  const auto person = weigh_on(payments, day(2025, 7, 5));
  EXPECT_EQ(pence(person), month(200'000));
}

TEST(Totals, AReportMissingBeforeTheNewLevelCastsNoDoubtOnIt) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 4, 30), 200'000),
                       payroll.pay(day(2025, 5, 30), 201'000),
                       payroll.pay(day(2025, 6, 30), 199'000)};
  (void)payroll.pay(day(2025, 7, 31), 200'000);
  payments.push_back(payroll.pay(day(2025, 8, 29), 120'000));
  payments.push_back(payroll.pay(day(2025, 9, 30), 121'000));
  const auto person = weigh_on(payments, day(2025, 10, 1));
  EXPECT_EQ(pence(person), month(120'500));
  EXPECT_THAT(person.notes, Contains("LEVEL_SHIFTED"));
  EXPECT_THAT(person.notes, Not(Contains("PAYMENT_MISSING")));
}

TEST(Totals, StatutoryPayInEveryPeriodOfALevelIsTheIncome) {
  Payroll payroll;
  Payments payments = {
      payroll.pay(day(2025, 4, 30), 200'000), payroll.pay(day(2025, 5, 30), 201'000),
      payroll.pay(day(2025, 6, 30), 199'000), payroll.pay(day(2025, 7, 31), 81'000),
      payroll.pay(day(2025, 8, 29), 81'500)};
  payments[3].statutory_to_date.smp = Money::pence(81'000);
  auto person = weigh_on({payments.begin(), payments.begin() + 4}, day(2025, 8, 1));
  EXPECT_THAT(person.notes, Contains("STATUTORY_PAY"));
  payments[4].statutory_to_date.smp = Money::pence(162'500);
  person = weigh_on(payments, day(2025, 9, 1));
  EXPECT_EQ(pence(person), month(81'250));
  EXPECT_THAT(person.notes, Contains("STATUTORY_PAY_LASTS"));
  EXPECT_THAT(person.notes, Not(Contains("STATUTORY_PAY")));
}

TEST(Totals, AFirstPartOfAPeriodIsForgottenBesideTwoWholeOnes) {
  Payroll payroll;
  payroll.frequency(values::PayFrequency::W1);
  Payments payments = {payroll.pay(day(2025, 6, 6), 8'000)};
  payments[0].started_on = day(2025, 6, 5);
  payments.push_back(payroll.pay(day(2025, 6, 13), 40'000));
  EXPECT_THAT(weigh_on(payments, day(2025, 6, 14)).notes, Contains("PART_PERIOD"));
  payments.push_back(payroll.pay(day(2025, 6, 20), 43'000));
  const auto person = weigh_on(payments, day(2025, 6, 21));
  EXPECT_THAT(person.notes, Not(Contains("PART_PERIOD")));
  EXPECT_EQ(pence(person), 41'500);
}

TEST(Totals, APensionThatBeginsAfterThePaydayOfItsMonthIsAPartToo) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 11, 15), 11'787)};  // for the 9 days from the 22nd
  payments[0].started_on = day(2025, 11, 22);
  payments.push_back(payroll.pay(day(2025, 12, 15), 39'290));
  const auto person = weigh_on(payments, day(2025, 12, 16));
  EXPECT_EQ(pence(person), month(39'290));
  EXPECT_THAT(person.notes, Contains("PART_PERIOD_AGREES"));
}

}  // namespace
}  // namespace ig::core::ledger
