#include "core/ledger/level.hpp"

#include "core/ledger/notes.hpp"
#include "tests/unit/core/ledger/facts_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace ig::core::ledger {
namespace {

using ::testing::Contains;
using testing::day;
using ::testing::Not;
using testing::Payments;
using testing::Payroll;
using testing::pence;
using testing::weigh_on;
using values::PayFrequency;

/// One job paid so from the first Friday of 2026 on.
Payments weekly(const std::vector<std::int64_t>& pay) {
  Payroll payroll;
  payroll.frequency(PayFrequency::W1).total(900'000);
  Payments out;
  for (std::size_t i = 0; i < pay.size(); ++i) {
    out.push_back(payroll.pay(day(2026, 1, 2).plus_days(7 * static_cast<int>(i)), pay[i]));
  }
  return out;
}

EmploymentIncome job_of(const Payments& payments) {
  return weigh_on(payments, payments.back().paid_on).employments.at(0);
}

/// Ten weeks about 500.00 and never twice the same.
const std::vector<std::int64_t> kTenWeeks = {50'000, 53'100, 47'200, 51'300, 45'400,
                                             52'500, 49'600, 48'700, 54'800, 47'900};

std::vector<std::int64_t> then(std::vector<std::int64_t> pay,
                               const std::vector<std::int64_t>& more) {
  pay.insert(pay.end(), more.begin(), more.end());
  return pay;
}

TEST(Level, AfterARealChangeOnlyPayAtTheNewLevelIsAveraged) {
  const auto job = job_of(weekly(then(kTenWeeks, {69'000, 73'000, 71'000, 67'000})));
  EXPECT_EQ(pence(job), 70'000);
  EXPECT_EQ(job.method, Method::average_of_periods);
  EXPECT_EQ(job.level_since, day(2026, 3, 13));
  EXPECT_EQ(job.window->payments.size(), 4U);
  EXPECT_THAT(job.notes, Contains("LEVEL_SHIFTED"));
}

TEST(Level, ACutIsFoundAsARiseIs) {
  const auto job = job_of(weekly(then(kTenWeeks, {29'000, 33'000, 31'000, 27'000})));
  EXPECT_EQ(pence(job), 30'000);
  EXPECT_THAT(job.notes, Contains("LEVEL_SHIFTED"));
}

TEST(Level, ThreeWeeksAreTooFewAndAreExplained) {
  const auto job = job_of(weekly(then(kTenWeeks, {79'000, 83'000, 81'000})));
  EXPECT_THAT(job.notes, Contains("LEVEL_MOVING"));
  EXPECT_THAT(job.notes, Not(Contains("LEVEL_SHIFTED")));
  EXPECT_EQ(job.confidence, Confidence::low);
}

TEST(Level, OrdinarySpreadIsNoShift) {
  const auto job = job_of(weekly(then(kTenWeeks, {51'000, 55'000, 50'500, 53'000})));
  EXPECT_THAT(job.notes, Not(Contains("LEVEL_SHIFTED")));
  EXPECT_THAT(job.notes, Not(Contains("LEVEL_MOVING")));
  EXPECT_THAT(job.notes, Not(Contains("PAY_VARIES")));
}

TEST(Level, OneBonusAmongVaryingWeeksIsNotedAndIsNoLevel) {
  const auto job = job_of(weekly(then(kTenWeeks, {51'000, 250'000, 50'500, 53'000})));
  EXPECT_THAT(job.notes, Contains("BONUS_PERIOD"));
  EXPECT_THAT(job.notes, Not(Contains("LEVEL_SHIFTED")));
  EXPECT_EQ(job.confidence, Confidence::low);
}

TEST(Level, TwoUnequalMonthsAtANewLevelAreEnough) {
  Payroll payroll;
  Payments payments;
  const std::int64_t pay[] = {200'000, 203'000, 198'000, 201'000, 280'000, 284'000};
  for (unsigned month = 0; month < 6; ++month) {
    payments.push_back(
        payroll.pay(day(2026, 4, 28).plus_months(static_cast<int>(month)), pay[month]));
  }
  const auto job = job_of(payments);
  EXPECT_EQ(job.exact_weekly, (values::Fraction{282'000 * 84, 365}));
  EXPECT_THAT(job.notes, Contains("LEVEL_SHIFTED"));
}

/// Monthly pay from April 2026 on.
EmploymentIncome months(const std::vector<std::int64_t>& pay) {
  Payroll payroll;
  Payments payments;
  for (std::size_t i = 0; i < pay.size(); ++i) {
    payments.push_back(payroll.pay(day(2026, 4, 28).plus_months(static_cast<int>(i)), pay[i]));
  }
  return job_of(payments);
}

TEST(Level, TwoUnequalLowerMonthsAfterSteadyPayMayBeSicknessAndAreExplained) {
  const auto job = months({200'000, 200'000, 200'000, 200'000, 120'000, 100'000});
  EXPECT_THAT(job.notes, Contains("LEVEL_MOVING"));
  EXPECT_THAT(job.notes, Not(Contains("LEVEL_SHIFTED")));
  EXPECT_EQ(job.confidence, Confidence::low);
}

TEST(Level, FourUnequalLowerMonthsAreWhatIsPaid) {
  const auto job = months({200'000, 200'000, 200'000, 120'000, 100'000, 110'000, 90'000});
  EXPECT_THAT(job.notes, Not(Contains("LEVEL_MOVING")));
  EXPECT_EQ(job.exact_weekly, (values::Fraction{100'000 * 84, 365}));
}

TEST(Level, TwoUnequalHigherMonthsAreALevel) {
  const auto job = months({200'000, 200'000, 200'000, 200'000, 300'000, 320'000});
  EXPECT_THAT(job.notes, Contains("LEVEL_SHIFTED"));
  EXPECT_EQ(job.exact_weekly, (values::Fraction{310'000 * 84, 365}));
}

TEST(Level, AMoveWithinTheUsualStepsOfAYearIsNoLevel) {
  // Half a year is quiet by chance; the year before it says how far this pay usually moves.
  const auto job = months({150'000, 240'000, 160'000, 250'000, 140'000, 230'000, 190'000, 191'000,
                           189'000, 190'000, 250'000, 251'000});
  EXPECT_THAT(job.notes, Not(Contains("LEVEL_SHIFTED")));
}

TEST(Level, ZeroHoursPayVaries) {
  const auto job = job_of(weekly({10'000, 60'000, 35'000, 80'000, 5'000, 45'000, 20'000, 70'000,
                                  15'000, 55'000, 30'000, 65'000}));
  EXPECT_THAT(job.notes, Contains("PAY_VARIES"));
}

TEST(Level, AFirstPartOfAPeriodAtTheSameRateCountsAsASecondPayment) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2026, 4, 28), 100'000),
                       payroll.pay(day(2026, 5, 28), 200'000)};
  for (auto& payment : payments) payment.started_on = day(2026, 4, 16);  // 15 of 30 days
  const auto job = job_of(payments);
  EXPECT_EQ(job.exact_weekly, (values::Fraction{200'000 * 84, 365}));
  EXPECT_EQ(job.window->payments.size(), 2U);
  EXPECT_THAT(job.notes, Contains("PART_PERIOD_AGREES"));
  EXPECT_THAT(job.notes, Not(Contains("PART_PERIOD")));
}

TEST(Level, AFirstPartAtAnotherRateIsLeftOut) {
  Payroll payroll;
  Payments payments = {payroll.pay(day(2026, 4, 28), 40'000),
                       payroll.pay(day(2026, 5, 28), 200'000)};
  for (auto& payment : payments) payment.started_on = day(2026, 4, 16);
  const auto job = job_of(payments);
  EXPECT_EQ(job.window->payments.size(), 1U);
  EXPECT_THAT(job.notes, Contains("PART_PERIOD"));
}

/// Monthly pay of 2,000.00 under two payroll ids.
PersonIncome renumbered(values::Date first_on, std::int64_t total_before, std::int64_t pay,
                        std::optional<values::Date> started_on = {}) {
  Payroll old_id("E17");
  Payroll new_id("N99");
  Payments payments = {old_id.total(600'000).pay(day(2026, 1, 28), 200'000),
                       old_id.pay(day(2026, 2, 27), 200'000)};
  payments.push_back(new_id.total(total_before).pay(first_on, pay));
  payments.back().started_on = started_on;
  return weigh_on(payments, first_on);
}

TEST(Level, ANewPayrollIdBeyondTheOldTotalIsTheSameJobWithAReportMissing) {
  // The total was 10,000.00; 2,000.00 more were paid in a report we never had.
  EXPECT_EQ(renumbered(day(2026, 4, 3), 1'200'000, 200'000).employments.size(), 1U);
  EXPECT_EQ(renumbered(day(2026, 4, 3), 0, 200'000).employments.size(), 2U);
}

TEST(Level, ANewPayrollIdWithTheNewTaxYearIsTheSameJobWhenNothingStarts) {
  EXPECT_EQ(renumbered(day(2026, 4, 28), 0, 205'000).employments.size(), 1U);
  EXPECT_EQ(renumbered(day(2026, 4, 28), 0, 90'000).employments.size(), 2U);
  EXPECT_EQ(renumbered(day(2026, 4, 28), 0, 205'000, day(2026, 4, 1)).employments.size(), 2U);
}

}  // namespace
}  // namespace ig::core::ledger
