#include "core/verify/verify.hpp"

#include "tests/unit/core/ledger/facts_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::verify {
namespace {

using ledger::testing::day;
using ledger::testing::Payments;
using ledger::testing::Payroll;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using values::Date;
using values::Money;

/// Monthly pay on the 28th: 2,000.00 to the end of March 2026, then `then`, to the end of `until`.
Payments a_change(std::int64_t then, unsigned until) {
  Payroll payroll;
  payroll.total(1'400'000);
  Payments out;
  for (unsigned month = 1; month <= until; ++month) {
    out.push_back(payroll.pay(day(2026, month, 28), month < 4 ? 200'000 : then));
    out.back().employer = "Harbour Tools Ltd";
  }
  return out;
}

Claim income(std::int64_t weekly, Date from) {
  Claim out;
  out.from = from;
  out.weekly = Money::pence(weekly);
  return out;
}

Claim job(ClaimKind kind, Date from) {
  Claim out;
  out.kind = kind;
  out.from = from;
  return out;
}

Finding found(const Claim& claim, const Payments& payments, Date as_of) {
  return verify(claim, payments, as_of, VerifyPolicy{});
}

// 140,000 a month is 32,219 a week (x 84 / 365), 200,000 is 46,027.

TEST(Verify, SupportsASumThatTwoWholePeriodsShow) {
  const auto out = found(income(32'300, day(2026, 3, 29)), a_change(140'000, 6), day(2026, 6, 30));
  EXPECT_EQ(out.verdict, Verdict::supported);
  EXPECT_EQ(out.weekly, Money::pence(32'219));
  EXPECT_THAT(out.payments, SizeIs(3));
  EXPECT_THAT(out.reasons, ElementsAre("PAY_AGREES"));
  EXPECT_FALSE(out.ask_again_on.has_value());
}

TEST(Verify, OnePeriodPointsThatWayOnlyAndSaysWhenToAskAgain) {
  const auto out = found(income(32'300, day(2026, 3, 29)), a_change(140'000, 4), day(2026, 5, 2));
  EXPECT_EQ(out.verdict, Verdict::partly);
  EXPECT_THAT(out.reasons, ElementsAre("ONE_PERIOD_ONLY", "PAY_AGREES"));
  EXPECT_EQ(out.ask_again_on, day(2026, 5, 29));
}

TEST(Verify, IsTooEarlyUntilAWholePeriodIsPaid) {
  // The pay of 28 April is of a month that began before the change on 15 April.
  const auto out = found(income(32'300, day(2026, 4, 15)), a_change(140'000, 4), day(2026, 5, 2));
  EXPECT_EQ(out.verdict, Verdict::too_early);
  EXPECT_EQ(out.ask_again_on, day(2026, 5, 29));
  EXPECT_THAT(out.payments, IsEmpty());
}

TEST(Verify, ContradictsASumThatPayDoesNotMoveTo) {
  const auto out = found(income(20'000, day(2026, 3, 29)), a_change(200'000, 6), day(2026, 6, 30));
  EXPECT_EQ(out.verdict, Verdict::contradicted);
  EXPECT_EQ(out.weekly, Money::pence(46'027));
  EXPECT_THAT(out.reasons, ElementsAre("PAY_DIFFERS"));
}

TEST(Verify, ContradictsASumThatPayMovesAwayFrom) {
  const auto out = found(income(20'000, day(2026, 3, 29)), a_change(260'000, 6), day(2026, 6, 30));
  EXPECT_EQ(out.verdict, Verdict::contradicted);
}

TEST(Verify, PayThatMovedOnlySomeOfTheWayIsPartly) {
  const auto out = found(income(20'000, day(2026, 3, 29)), a_change(140'000, 6), day(2026, 6, 30));
  EXPECT_EQ(out.verdict, Verdict::partly);
  EXPECT_THAT(out.reasons, ElementsAre("PAY_DIFFERS", "PAY_MOVED_THAT_WAY"));
}

TEST(Verify, CoversNobodyWhoWasNeverPaid) {
  const auto out = found(income(20'000, day(2026, 3, 29)), {}, day(2026, 6, 30));
  EXPECT_EQ(out.verdict, Verdict::not_covered);
  EXPECT_THAT(out.reasons, ElementsAre("NO_PAY_EVER_SEEN"));
}

TEST(Verify, LooksAtTheNamedEmployerAlone) {
  Payments payments = a_change(140'000, 6);
  Payroll other("Z9", "846", "T1");
  for (unsigned month = 1; month <= 6; ++month) {
    payments.push_back(other.pay(day(2026, month, 20), 500'000));
    payments.back().employer = "Mill & Co";
  }
  Claim claim = income(32'300, day(2026, 3, 29));
  EXPECT_EQ(found(claim, payments, day(2026, 6, 30)).verdict, Verdict::partly);
  claim.employer = "harbour tools LTD.";
  EXPECT_EQ(found(claim, payments, day(2026, 6, 30)).verdict, Verdict::supported);
  claim.employer.clear();
  claim.office = "120";
  claim.reference = "XB4471";
  EXPECT_EQ(found(claim, payments, day(2026, 6, 30)).verdict, Verdict::supported);
  claim.reference = "XB4472";
  EXPECT_THAT(found(claim, payments, day(2026, 6, 30)).reasons,
              ElementsAre("NO_SUCH_EMPLOYER_SEEN"));
}

TEST(Verify, NothingAnyMoreIsSupportedByALeavingDate) {
  Payments payments = a_change(140'000, 4);
  payments.back().left_on = day(2026, 4, 28);
  const auto out = found(income(0, day(2026, 4, 28)), payments, day(2026, 6, 30));
  EXPECT_EQ(out.verdict, Verdict::supported);
  EXPECT_EQ(out.weekly, Money());
}

TEST(Verify, NothingAnyMoreIsOnlyPartlyShownByLongSilence) {
  const auto out = found(income(0, day(2026, 4, 28)), a_change(140'000, 4), day(2026, 9, 30));
  EXPECT_EQ(out.verdict, Verdict::partly);
  EXPECT_THAT(out.reasons, ElementsAre("SILENT_SINCE"));
}

TEST(Verify, ALeavingDateNearTheClaimedDaySupportsTheEndOfAJob) {
  Payments payments = a_change(140'000, 4);
  payments.back().left_on = day(2026, 4, 24);
  const auto claim = job(ClaimKind::job_ended, day(2026, 4, 30));
  EXPECT_EQ(found(claim, payments, day(2026, 5, 10)).verdict, Verdict::supported);
  const auto far = job(ClaimKind::job_ended, day(2026, 1, 10));
  EXPECT_EQ(found(far, payments, day(2026, 5, 10)).verdict, Verdict::partly);
}

TEST(Verify, PayThatGoesOnContradictsTheEndOfAJob) {
  const auto claim = job(ClaimKind::job_ended, day(2026, 3, 31));
  const auto out = found(claim, a_change(200'000, 6), day(2026, 6, 30));
  EXPECT_EQ(out.verdict, Verdict::contradicted);
  EXPECT_THAT(out.reasons, ElementsAre("STILL_PAID"));
}

TEST(Verify, TheEndOfAJobIsTooEarlyToSeeUntilPayIsMissed) {
  const auto claim = job(ClaimKind::job_ended, day(2026, 6, 29));
  const auto out = found(claim, a_change(200'000, 6), day(2026, 7, 5));
  EXPECT_EQ(out.verdict, Verdict::too_early);
  ASSERT_TRUE(out.ask_again_on.has_value());
  EXPECT_GT(*out.ask_again_on, day(2026, 7, 5));
  EXPECT_EQ(found(claim, a_change(200'000, 6), day(2026, 11, 1)).verdict, Verdict::partly);
}

TEST(Verify, AStartDateSupportsTheStartOfAJob) {
  Payments payments = a_change(200'000, 6);
  Payroll other("Z9", "846", "T1");
  payments.push_back(other.pay(day(2026, 6, 20), 90'000));
  payments.back().started_on = day(2026, 6, 1);
  const auto claim = job(ClaimKind::job_started, day(2026, 6, 3));
  EXPECT_EQ(found(claim, payments, day(2026, 6, 30)).verdict, Verdict::supported);
  payments.back().started_on.reset();
  const auto out = found(claim, payments, day(2026, 6, 30));
  EXPECT_EQ(out.verdict, Verdict::partly);
  EXPECT_THAT(out.reasons, ElementsAre("FIRST_PAY_SEEN"));
}

TEST(Verify, AJobThatNeverShowsInPayIsContradictedInTheEnd) {
  const auto claim = job(ClaimKind::job_started, day(2026, 6, 10));
  const Payments payments = a_change(200'000, 6);
  const auto early = found(claim, payments, day(2026, 6, 30));
  EXPECT_EQ(early.verdict, Verdict::too_early);
  EXPECT_EQ(early.ask_again_on, day(2026, 7, 25));
  EXPECT_EQ(found(claim, payments, day(2026, 7, 25)).verdict, Verdict::contradicted);
  EXPECT_THAT(found(claim, payments, day(2026, 7, 25)).reasons, Contains("NO_NEW_JOB_SEEN"));
}

}  // namespace
}  // namespace ig::core::verify
