// Why pay moved, as far as it shows: what may be sickness, and what came at the same time last
// year.
#include "core/ledger/causes.hpp"

#include "tests/unit/core/ledger/facts_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::ledger {
namespace {

using ::testing::Contains;
using testing::day;
using ::testing::Not;
using testing::Payments;
using testing::Payroll;
using testing::pence;
using values::Money;
using values::PayFrequency;

/// Monthly pay on the 28th, from April 2025 on.
Payments monthly(const std::vector<std::int64_t>& pay) {
  Payroll payroll;
  Payments out;
  for (std::size_t i = 0; i < pay.size(); ++i) {
    out.push_back(payroll.pay(day(2025, 4, 28).plus_months(static_cast<int>(i)), pay[i]));
  }
  return out;
}

PersonIncome weigh_with(const Payments& payments, values::Date as_of, std::int64_t sick_pay) {
  LedgerPolicy policy;
  policy.sick_pay_weekly = Money::pence(sick_pay);
  return weigh(payments, {}, as_of, policy);
}
PersonIncome weigh_last(const Payments& payments) {
  return weigh_with(payments, payments.back().paid_on, 0);
}

TEST(Causes, AFallFromOneSettledAmountToAnotherIsNotExplained) {
  EXPECT_THAT(weigh_last(monthly({200'000, 200'000, 150'000, 150'000})).notes,
              Contains("FALL_NOT_EXPLAINED"));
  EXPECT_THAT(weigh_last(monthly({200'000, 200'000, 195'000, 195'000})).notes,
              Not(Contains("FALL_NOT_EXPLAINED")));
  EXPECT_THAT(weigh_last(monthly({150'000, 150'000, 200'000, 200'000})).notes,
              Not(Contains("FALL_NOT_EXPLAINED")));
}

TEST(Causes, PayThatGoesBackAfterABonusDidNotFall) {
  EXPECT_THAT(weigh_last(monthly({200'000, 200'000, 900'000, 200'000, 200'000})).notes,
              Not(Contains("FALL_NOT_EXPLAINED")));
}

TEST(Causes, AFallThatTheReportsExplainIsNone) {
  Payments payments = monthly({200'000, 200'000, 150'000, 150'000});
  payments[2].statutory_to_date.smp = Money::pence(150'000);
  payments[3].statutory_to_date.smp = Money::pence(300'000);
  EXPECT_THAT(weigh_last(payments).notes, Not(Contains("FALL_NOT_EXPLAINED")));
}

TEST(Causes, PayThatFellToSickPayIsWatchedForTwentyEightWeeks) {
  const std::vector<std::int64_t> pay = {200'000, 200'000, 51'600, 51'600};  // 118.75 a week
  auto person = weigh_with(monthly(pay), day(2025, 7, 28), 11'875);
  EXPECT_THAT(person.notes, Contains("NEAR_SICK_PAY"));
  EXPECT_EQ(person.confidence, Confidence::low);
  const values::Date since = day(2025, 6, 28);
  std::vector<std::int64_t> longer = pay;
  longer.insert(longer.end(), 6, 51'600);
  const Payments all = monthly(longer);
  person = weigh_with(all, since.plus_days(kSickPayDays - 1), 11'875);
  EXPECT_THAT(person.notes, Contains("NEAR_SICK_PAY"));
  person = weigh_with(all, since.plus_days(kSickPayDays), 11'875);
  EXPECT_THAT(person.notes, Not(Contains("NEAR_SICK_PAY")));
  EXPECT_EQ(person.confidence, Confidence::high);
}

TEST(Causes, SickPayIsNamedOnlyWherePayFellToItsRate) {
  const std::vector<std::int64_t> fell = {200'000, 200'000, 51'600, 51'600};
  EXPECT_THAT(weigh_with(monthly(fell), day(2025, 7, 28), 0).notes, Not(Contains("NEAR_SICK_PAY")));
  EXPECT_THAT(weigh_with(monthly(fell), day(2025, 7, 28), 14'000).notes,
              Not(Contains("NEAR_SICK_PAY")));
  const std::vector<std::int64_t> always = {51'600, 51'600, 51'600, 51'600};
  EXPECT_THAT(weigh_with(monthly(always), day(2025, 7, 28), 11'875).notes,
              Not(Contains("NEAR_SICK_PAY")));
}

/// A year and a half by the month; June to August are paid so much more in the first year.
std::vector<std::int64_t> two_summers(std::int64_t first, std::int64_t second) {
  std::vector<std::int64_t> out(17, 200'000);
  for (const std::size_t month : {2U, 3U, 4U}) out[month] = first;
  for (const std::size_t month : {14U, 15U, 16U}) out[month] = second;
  return out;
}

TEST(Causes, TheSameSummerAsLastYearIsASeason) {
  const auto person = weigh_last(monthly(two_summers(290'000, 300'000)));
  EXPECT_THAT(person.notes, Contains("SEASONAL"));
  EXPECT_EQ(person.confidence, Confidence::low);
}

TEST(Causes, ARiseThatLastYearDidNotHaveIsNoSeason) {
  EXPECT_THAT(weigh_last(monthly(two_summers(200'000, 300'000))).notes, Not(Contains("SEASONAL")));
  EXPECT_THAT(weigh_last(monthly(two_summers(400'000, 300'000))).notes, Not(Contains("SEASONAL")));
  EXPECT_THAT(weigh_last(monthly({200'000, 200'000, 300'000, 300'000})).notes,
              Not(Contains("SEASONAL")));
}

TEST(Causes, PayOfAYearAgoWithoutItsSwingIsNoSeason) {
  // Paid 3,000.00 all of last year until Easter: the rise goes back to that, no summer job.
  std::vector<std::int64_t> pay(12, 300'000);
  pay.insert(pay.end(), {200'000, 200'000, 300'000, 300'000});
  EXPECT_THAT(weigh_last(monthly(pay)).notes, Not(Contains("SEASONAL")));
}

}  // namespace
}  // namespace ig::core::ledger
