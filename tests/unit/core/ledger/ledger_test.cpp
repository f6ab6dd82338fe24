#include "core/ledger/ledger.hpp"

#include "tests/unit/core/ledger/facts_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ig::core::ledger {
namespace {

using ::testing::Contains;
using testing::day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::noon;
using ::testing::Not;
using testing::Payments;
using testing::Payroll;
using testing::pence;
using testing::three_months;
using testing::weigh_on;
using values::Money;
using values::PayFrequency;

const values::Date kAsOf = day(2026, 2, 10);

TEST(Ledger, WeighsTheExampleOfTheContract) {
  Payments payments = three_months();
  payments[2].payment_id = "4100237781";
  const PersonIncome person = weigh_on(payments, kAsOf);
  ASSERT_EQ(person.employments.size(), 1u);
  const EmploymentIncome& job = person.employments[0];
  EXPECT_EQ(pence(person), 53'173);
  EXPECT_EQ(pence(job), 53'173);
  EXPECT_EQ(job.status, EmploymentStatus::active);
  EXPECT_EQ(job.method, Method::settled_pattern);
  EXPECT_EQ(job.confidence, Confidence::high);
  EXPECT_EQ(person.confidence, Confidence::high);
  EXPECT_EQ(job.window->from, day(2025, 11, 1));
  EXPECT_EQ(job.window->to, day(2026, 1, 31));
  EXPECT_EQ(job.window->payments.size(), 3u);
  EXPECT_EQ(job.window->payments.back(), "4100237781");
  EXPECT_THAT(job.notes, IsEmpty());
  EXPECT_THAT(person.notes, IsEmpty());
  EXPECT_TRUE(person.covers_employment);
  EXPECT_FALSE(person.covers_pension);
  EXPECT_EQ(job.exact_weekly, (values::Fraction{231'050 * 84, 365}));
}

TEST(Ledger, HasNoEmploymentForAPersonNeverPaid) {
  EXPECT_TRUE(weigh_on({}, kAsOf).employments.empty());
}

TEST(Ledger, ExpectsAPaymentDatedAfterTheDay) {
  Payroll payroll;
  const Payments payments = {payroll.pay(day(2026, 2, 11), 200'000)};
  EXPECT_TRUE(weigh_on(payments, kAsOf).employments.empty());
  EXPECT_EQ(weigh_on(payments, day(2026, 2, 11)).employments.size(), 1u);
}

TEST(Ledger, KeepsAnExpectedPaymentOutOfEveryWindow) {
  Payments payments = three_months(200'000);
  Payroll later;
  later.total(2'000'000);
  payments.push_back(later.pay(day(2026, 2, 27), 900'000));
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 46'027);
  EXPECT_EQ(person.employments[0].window->payments.size(), 3u);
}

TEST(Ledger, TakesTheNewAmountAsSoonAsItIsPaidTwice) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 11, 28), 200'000),
                       payroll.pay(day(2025, 12, 31), 260'000),
                       payroll.pay(day(2026, 1, 30), 260'000)};
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 59'836);  // 260000 x 84 / 365 = 59835.6
  EXPECT_EQ(person.employments[0].method, Method::settled_pattern);
  EXPECT_EQ(person.employments[0].window->from, day(2025, 12, 1));
  EXPECT_EQ(person.employments[0].level_since, day(2025, 12, 31));
}

TEST(Ledger, AveragesUnequalMonthsOfTheWindowOnly) {
  Payroll payroll;
  const Payments payments = {
      payroll.pay(day(2025, 10, 31), 900'000), payroll.pay(day(2025, 11, 28), 200'000),
      payroll.pay(day(2025, 12, 31), 210'000), payroll.pay(day(2026, 1, 30), 205'000)};
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 47'178);  // 615000 / 3 x 84 / 365
  EXPECT_EQ(person.employments[0].method, Method::average_of_periods);
  EXPECT_EQ(person.employments[0].confidence, Confidence::medium);
}

TEST(Ledger, AddsActiveJobsExactlyAndRoundsOnce) {
  // A quarter of a penny in each: alone both round down, together they round up.
  Payroll first("A");
  Payroll second("B");
  Payments payments;
  for (const int k : {0, 1}) {
    payments.push_back(first.total(k * 401)
                           .frequency(PayFrequency::W4)
                           .pay(day(2025, 12, 1).plus_days(28 * k), 401));
    payments.push_back(second.total(k * 401)
                           .frequency(PayFrequency::W4)
                           .pay(day(2025, 12, 1).plus_days(28 * k), 401));
  }
  const PersonIncome person = weigh_on(payments, day(2026, 1, 5));
  ASSERT_EQ(person.employments.size(), 2u);
  EXPECT_EQ(pence(person.employments[0]), 100);  // 100.25
  EXPECT_EQ(pence(person.employments[1]), 100);
  EXPECT_EQ(pence(person), 201);  // 200.5
}

TEST(Ledger, GivesNothingForAPersonWhoseJobsHaveEnded) {
  Payments payments = three_months();
  payments[2].left_on = day(2026, 1, 30);
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 0);
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::ended);
  EXPECT_FALSE(person.employments[0].exact_weekly.has_value());
  EXPECT_EQ(person.employments[0].left_on, day(2026, 1, 30));
}

TEST(Ledger, StaysActiveUntilTheLeavingDateComes) {
  Payments payments = three_months();
  payments[2].left_on = day(2026, 2, 28);
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::active);
  EXPECT_EQ(person.employments[0].method, Method::average_of_periods);
  EXPECT_EQ(pence(person), 53'173);
  EXPECT_THAT(person.notes, Contains("LEAVING_ANNOUNCED"));
  EXPECT_EQ(weigh_on(payments, day(2026, 2, 28)).employments[0].status, EmploymentStatus::ended);
}

TEST(Ledger, TakesAnEndFromAListOfEmployments) {
  facts::Employment listed;
  listed.header.fact_id = "e1";
  listed.employment = {"120", "XB4471", "E17", 0};
  listed.left_on = day(2026, 2, 1);
  const std::vector<facts::Employment> employments = {listed};
  const PersonIncome person = weigh(three_months(), employments, kAsOf, LedgerPolicy{});
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::ended);
}

TEST(Ledger, DoesNotKnowTheIncomeOfAJobThatFellSilent) {
  const Payments payments = three_months();
  EXPECT_EQ(weigh_on(payments, day(2026, 5, 2)).employments[0].status, EmploymentStatus::active);
  const PersonIncome person = weigh_on(payments, day(2026, 5, 3));
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::lapsed);
  EXPECT_FALSE(person.employments[0].exact_weekly.has_value());
  EXPECT_FALSE(person.exact_weekly.has_value());
}

TEST(Ledger, SumsTheOthersWhenOneJobLapsed) {
  Payments payments = three_months();
  Payroll old("OLD");
  payments.push_back(old.pay(day(2025, 8, 29), 100'000));
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(person.employments[1].status, EmploymentStatus::lapsed);
  EXPECT_EQ(pence(person), 53'173);
  EXPECT_EQ(person.confidence, Confidence::medium);
}

TEST(Ledger, CountsAnOccupationalPensionAndSaysSo) {
  Payments payments = three_months();
  for (facts::Payment& one : payments) one.occupational_pension = true;
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_TRUE(person.covers_pension);
  EXPECT_FALSE(person.covers_employment);
  EXPECT_EQ(pence(person), 53'173);
}

TEST(Ledger, ReportsReliefAtSourceAndDoesNotTakeItOff) {
  Payments payments = three_months();
  for (facts::Payment& one : payments) {
    one.other_pension = Money::pence(12'025);
    one.net_pay_pension = Money::pence(5'000);
  }
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 53'173);
  EXPECT_EQ(person.employments[0].deductible_weekly, Money::pence(2'767));
  EXPECT_EQ(person.deductible_weekly, Money::pence(2'767));
}

TEST(Ledger, ConvertsEveryRegularFrequency) {
  struct Row {
    PayFrequency frequency;
    std::int64_t pay;
    int step_days;
    std::int64_t weekly;
  };
  const Row rows[] = {
      {PayFrequency::W1, 50'000, 7, 50'000},     {PayFrequency::W2, 50'000, 14, 25'000},
      {PayFrequency::W4, 160'000, 28, 40'000},   {PayFrequency::M1, 200'000, 30, 46'027},
      {PayFrequency::M3, 600'000, 91, 46'027},   {PayFrequency::M6, 1'200'000, 182, 46'027},
      {PayFrequency::MA, 3'000'000, 365, 57'534}};
  for (const Row& row : rows) {
    Payroll payroll;
    payroll.frequency(row.frequency);
    const values::Date last = day(2026, 1, 20);
    const Payments payments = {payroll.pay(last.plus_days(-row.step_days), row.pay),
                               payroll.pay(last, row.pay)};
    const PersonIncome person = weigh_on(payments, day(2026, 1, 25));
    EXPECT_EQ(pence(person), row.weekly) << values::name(row.frequency);
    EXPECT_EQ(person.employments[0].method, Method::settled_pattern) << values::name(row.frequency);
  }
}

TEST(Ledger, AveragesTwelveWeeksOfChangingPay) {
  Payroll payroll;
  payroll.frequency(PayFrequency::W1);
  Payments payments;
  for (int week = 0; week < 20; ++week) {
    payments.push_back(payroll.pay(day(2025, 9, 5).plus_days(7 * week), 40'000 + 100 * week));
  }
  const PersonIncome person = weigh_on(payments, day(2026, 1, 20));
  EXPECT_EQ(person.employments[0].window->payments.size(), 12u);
  EXPECT_EQ(pence(person), 41'350);  // weeks 8 to 19
  EXPECT_EQ(person.employments[0].window->to, day(2026, 1, 16));
  EXPECT_EQ(person.employments[0].window->from, day(2025, 10, 25));
}

TEST(Ledger, AveragesIrregularPayOverTheDaysOfTheLookBack) {
  Payroll payroll;
  payroll.frequency(PayFrequency::IR);
  const Payments payments = {payroll.pay(day(2025, 12, 5), 60'000),
                             payroll.pay(day(2026, 1, 21), 60'000)};
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 10'000);  // 1200.00 in 12 weeks
  EXPECT_EQ(person.confidence, Confidence::low);
  EXPECT_THAT(person.notes, Contains("IRREGULAR_PAY"));
}

TEST(Ledger, IgnoresTestFactsAndPayeesThatAreNoPerson) {
  Payments payments = three_months();
  for (facts::Payment& one : payments) one.header.test = true;
  EXPECT_TRUE(weigh_on(payments, kAsOf).employments.empty());
  payments = three_months();
  for (facts::Payment& one : payments) one.non_individual = true;
  EXPECT_TRUE(weigh_on(payments, kAsOf).employments.empty());
}

TEST(Ledger, LeavesOutWhatWasSupersededOrRetracted) {
  Payments payments = three_months();
  facts::Payment corrected = payments[2];
  corrected.header.fact_id = "v2";
  corrected.header.supersedes = payments[2].header.fact_id;
  corrected.taxable_pay = Money::pence(231'051);
  payments.push_back(corrected);
  EXPECT_EQ(weigh_on(payments, kAsOf).employments[0].method, Method::average_of_periods);
  facts::Payment gone = payments[0];
  gone.header.state = facts::FactState::retracted;
  gone.header.received_at = noon(kAsOf);
  payments.push_back(gone);
  EXPECT_EQ(weigh_on(payments, kAsOf).employments[0].window->payments.size(), 2u);
}

TEST(Ledger, RemovesAPaymentThatIsNoLongerValid) {
  Payments payments = three_months(200'000);
  Payroll other;
  facts::Payment wrong = other.pay(day(2026, 1, 30), 500'000);
  wrong.taxable_pay_to_date = Money::pence(2'500'000);
  wrong.payment_id = "77";
  payments.push_back(wrong);
  EXPECT_GT(pence(weigh_on(payments, kAsOf)), 46'027);
  wrong.no_longer_valid_on = day(2026, 2, 3);
  wrong.header.source.system = "rtii";
  wrong.header.fact_id = "later";
  payments.push_back(wrong);
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 46'027);
  EXPECT_THAT(person.notes, Contains("PAYMENT_WITHDRAWN"));
}

TEST(Ledger, CountsOnePaydayOnceWhateverItsSources) {
  Payments payments = three_months();
  const Payments from_hmrc = three_months();
  for (facts::Payment one : from_hmrc) {
    one.header.source.system = "rtii";
    one.header.fact_id += "r";
    one.employment = {"120", "XB4471", "", 2};
    one.payment_id = "41" + one.header.fact_id;
    payments.push_back(one);
  }
  const PersonIncome person = weigh_on(payments, kAsOf);
  ASSERT_EQ(person.employments.size(), 1u);
  EXPECT_EQ(pence(person), 53'173);
  EXPECT_EQ(person.employments[0].employment, (values::EmploymentKey{"120", "XB4471", "E17", 2}));
  EXPECT_THAT(person.employments[0].notes, ElementsAre("SEEN_TWICE"));
  EXPECT_EQ(person.confidence, Confidence::high);
}

TEST(Ledger, HoldsAPaydayOnWhichSourcesDisagree) {
  Payments payments = three_months();
  facts::Payment other = payments[2];
  other.header.source.system = "rtii";
  other.header.fact_id = "r3";
  other.taxable_pay = Money::pence(300'000);
  payments.push_back(other);
  const PersonIncome person = weigh_on(payments, kAsOf);
  ASSERT_EQ(person.employments.size(), 1u);
  EXPECT_EQ(person.employments[0].window->payments.size(), 2u);
  EXPECT_EQ(pence(person), 53'173);  // November and December stand
  EXPECT_EQ(person.confidence, Confidence::low);
  EXPECT_THAT(person.notes, Contains("SOURCES_DISAGREE"));
}

TEST(Ledger, IsUnsureWhenAnAliasFitsTwoJobs) {
  Payroll first("A");
  Payroll second("B");
  Payments payments;
  for (const auto on : {day(2025, 12, 31), day(2026, 1, 30)}) {
    payments.push_back(first.pay(on, 100'000));
    payments.push_back(second.pay(on, 150'000));
  }
  facts::Payment alias = payments.back();
  alias.header.source.system = "rtii";
  alias.header.fact_id = "r";
  alias.employment = {"120", "XB4471", "", 3};
  alias.taxable_pay = Money::pence(149'999);
  payments.push_back(alias);
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(person.employments.size(), 2u);
  EXPECT_EQ(person.confidence, Confidence::low);
  EXPECT_THAT(person.notes, Contains("ALIAS_AMBIGUOUS"));
}

TEST(Ledger, DropsARetryAndARebuiltFile) {
  Payments payments = three_months();
  for (int i = 0; i < 3; ++i) {
    facts::Payment again = payments[static_cast<std::size_t>(i)];
    payments.push_back(again);
    again.header.fact_id += "b";
    again.header.received_at = noon(kAsOf);
    payments.push_back(again);
  }
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 53'173);
  EXPECT_THAT(person.notes, IsEmpty());
}

TEST(Ledger, TurnsNegativePayIntoNothingNeverLess) {
  Payroll payroll;
  payroll.total(1'200'000);
  const Payments payments = {payroll.pay(day(2026, 1, 30), -45'000)};
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 0);
  EXPECT_THAT(person.notes, Contains("NEGATIVE_PAY"));
}

TEST(Ledger, StartsAnewAfterARehire) {
  Payments payments = three_months(300'000);
  payments[1].left_on = day(2025, 12, 31);
  payments[2].started_on = day(2026, 1, 5);
  Payroll again;
  facts::Payment first = again.pay(day(2026, 1, 30), 180'000);
  first.started_on = day(2026, 1, 1);
  payments[2] = first;
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(person.employments[0].status, EmploymentStatus::active);
  EXPECT_EQ(pence(person), 41'425);  // the new job's month alone
  EXPECT_THAT(person.notes, Contains("REHIRED"));
}

TEST(Ledger, MarksPayThatIsOverdue) {
  const PersonIncome person = weigh_on(three_months(), day(2026, 3, 20));
  EXPECT_EQ(pence(person), 53'173);
  EXPECT_EQ(person.confidence, Confidence::medium);
  EXPECT_THAT(person.notes, Contains("PAY_OVERDUE"));
  EXPECT_THAT(weigh_on(three_months(), kAsOf).notes, Not(Contains("PAY_OVERDUE")));
}

TEST(Ledger, FollowsTheFrequencyThatIsPaidNow) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2025, 11, 28), 200'000),
                       payroll.pay(day(2025, 12, 31), 200'000)};
  payroll.frequency(PayFrequency::W1);
  for (int week = 0; week < 4; ++week) {
    payments.push_back(payroll.pay(day(2026, 1, 16).plus_days(7 * week), 48'000));
  }
  const PersonIncome person = weigh_on(payments, kAsOf);
  EXPECT_EQ(pence(person), 48'000);
  EXPECT_THAT(person.notes, Contains("FREQUENCY_CHANGED"));
}

}  // namespace
}  // namespace ig::core::ledger
