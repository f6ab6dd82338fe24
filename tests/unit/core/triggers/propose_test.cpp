#include "core/triggers/propose.hpp"

#include "tests/unit/core/triggers/triggers_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::triggers {
namespace {

using ::testing::Contains;
using testing::day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::job;
using ::testing::Not;
using testing::open_case;
using testing::pence;
using testing::person;

std::vector<Proposal> propose_for(const ledger::PersonIncome& income, facts::CaseRecord record,
                                  ProposePolicy policy = {}) {
  const std::vector<facts::CaseRecord> cases = {std::move(record)};
  return propose(income, cases, policy);
}

std::vector<std::string> codes(const Context& context) {
  std::vector<std::string> out;
  out.reserve(context.signals.size());
  for (const Signal& signal : context.signals) out.push_back(signal.code);
  return out;
}

TEST(Propose, MakesOneRequestForEachOpenCase) {
  facts::CaseRecord closed = open_case(50'000, "closed");
  closed.status = facts::CaseStatus::closed;
  const std::vector<facts::CaseRecord> cases = {open_case(50'000, "a"), closed,
                                                open_case(60'000, "b")};
  const auto out = propose(person(80'000), cases, ProposePolicy{});
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(out[0].context.case_key.case_id, "a");
  EXPECT_EQ(out[1].context.case_key.case_id, "b");
}

TEST(Propose, AsksAsTheContractSays) {
  const auto out = propose_for(person(80'000), open_case(50'000));
  ASSERT_EQ(out.size(), 1u);
  const rules::Request& request = out[0].request;
  EXPECT_EQ(request.kind, rules::DecisionKind::in_year_income);
  EXPECT_EQ(request.effective_date, day(2026, 2, 10));
  EXPECT_EQ(request.historic.status, facts::FigureStatus::not_asked);
  ASSERT_TRUE(request.current.has_value());
  EXPECT_EQ(request.current->evidence, rules::Evidence::detected);
  EXPECT_EQ(request.current->weekly, pence(80'000));
  EXPECT_EQ(request.current->exact_weekly, values::Fraction::whole(pence(80'000)));
  EXPECT_EQ(request.in_force->weekly, pence(50'000));
  EXPECT_EQ(request.in_force->review_date, day(2026, 12, 1));
  const Context& context = out[0].context;
  EXPECT_TRUE(context.test_called_for);
  EXPECT_EQ(context.base, pence(50'000));
  EXPECT_EQ(context.weekly, pence(80'000));
  EXPECT_EQ(context.change_on, day(2026, 1, 30));
  EXPECT_THAT(context.reasons, ElementsAre("INCOME_UP"));
  EXPECT_THAT(context.payments, ElementsAre("41"));
}

TEST(Propose, LeavesATestThatClearlyFailsToAssess) {
  EXPECT_EQ(propose_for(person(50'001), open_case(50'000)).size(), 1u);
  EXPECT_EQ(propose_for(person(50'000), open_case(50'000)).size(), 1u);
}

TEST(Propose, HasNothingForAPersonNeverPaid) {
  EXPECT_THAT(propose_for(ledger::PersonIncome{}, open_case(50'000)), IsEmpty());
}

TEST(Propose, DoesNotProposeWhatIsExplained) {
  ledger::PersonIncome income = person(99'726);
  income.confidence = ledger::Confidence::low;
  income.employments[0].confidence = ledger::Confidence::low;
  EXPECT_EQ(propose_for(income, open_case(46'027)).size(), 1u);  // unsure, but not explained
  income.employments[0].notes = {"BONUS_PERIOD"};
  EXPECT_THAT(propose_for(income, open_case(46'027)), IsEmpty());
}

TEST(Propose, IsExplainedOnlyWhenEveryUnsureJobIs) {
  ledger::PersonIncome income = person(99'726);
  income.confidence = ledger::Confidence::low;
  income.employments[0].confidence = ledger::Confidence::low;
  income.employments[0].notes = {"BONUS_PERIOD"};
  income.employments.push_back(job(10'000, "B"));
  income.employments[1].confidence = ledger::Confidence::low;
  EXPECT_EQ(propose_for(income, open_case(46'027)).size(), 1u);
}

TEST(Propose, ALumpSumCastsNoDoubtOnAnotherJobAndAloneIsExplained) {
  ledger::PersonIncome income = person(80'000);
  ledger::EmploymentIncome lump = job(0, "P2");
  lump.confidence = ledger::Confidence::low;
  lump.window.reset();
  lump.notes = {"ONE_OFF_PAYMENT"};
  income.confidence = ledger::Confidence::low;
  income.employments.push_back(lump);
  EXPECT_EQ(propose_for(income, open_case(50'000)).size(), 1U);
  income.exact_weekly = values::Fraction{};
  income.employments.erase(income.employments.begin());
  EXPECT_THAT(propose_for(income, open_case(50'000)), IsEmpty());
}

TEST(Propose, WatchesAChangeThatIsTooYoung) {
  ProposePolicy policy;
  policy.settle_days = 12;  // the change showed on 30 January, eleven days ago
  EXPECT_THAT(propose_for(person(80'000), open_case(50'000), policy), IsEmpty());
  policy.settle_days = 11;
  EXPECT_EQ(propose_for(person(80'000), open_case(50'000), policy).size(), 1u);
}

/// One weekly job at a settled level since a payday.
ledger::PersonIncome weekly_since(values::Date first, values::Date last) {
  ledger::PersonIncome income = person(80'000);
  ledger::EmploymentIncome& job = income.employments[0];
  job.frequency = values::PayFrequency::W1;
  job.method = ledger::Method::settled_pattern;
  job.level_since = first;
  job.last_paid_on = last;
  return income;
}

TEST(Propose, WatchesALevelOfWeeklyPayUntilFourWeeksOfItArePaid) {
  const values::Date first = day(2026, 1, 9);
  EXPECT_THAT(propose_for(weekly_since(first, day(2026, 1, 23)), open_case(50'000)), IsEmpty());
  EXPECT_EQ(propose_for(weekly_since(first, day(2026, 1, 30)), open_case(50'000)).size(), 1U);
  ProposePolicy at_once;
  at_once.level_days = 0;
  EXPECT_EQ(propose_for(weekly_since(first, day(2026, 1, 16)), open_case(50'000), at_once).size(),
            1U);
}

TEST(Propose, WatchesAFallOfWeeklyPayThatNoReportExplainsForSixWeeks) {
  const values::Date first = day(2025, 12, 26);
  ledger::PersonIncome income = weekly_since(first, day(2026, 1, 23));  // five weeks
  EXPECT_EQ(propose_for(income, open_case(200'000)).size(), 1U);
  income.employments[0].notes = {"FALL_NOT_EXPLAINED"};
  EXPECT_THAT(propose_for(income, open_case(200'000)), IsEmpty());
  income.employments[0].last_paid_on = day(2026, 1, 30);
  EXPECT_EQ(propose_for(income, open_case(200'000)).size(), 1U);
}

TEST(Propose, WatchesANewJobByTheWeekUntilFourWeeksOfItArePaid) {
  ledger::PersonIncome income = person(80'000);
  ledger::EmploymentIncome& job = income.employments[0];
  job.frequency = values::PayFrequency::W1;
  job.method = ledger::Method::average_of_periods;
  job.started_on = day(2026, 1, 10);
  job.window = ledger::Window{day(2026, 1, 10), day(2026, 1, 30), {"1", "2", "3"}};
  const auto out = propose_for(income, open_case(50'000));
  ASSERT_EQ(out.size(), 1U);
  EXPECT_FALSE(out[0].context.test_called_for);
  EXPECT_THAT(out[0].context.reasons, Contains("LEVEL_TOO_SHORT"));
  job.window->to = day(2026, 2, 6);
  EXPECT_TRUE(propose_for(income, open_case(50'000)).at(0).context.test_called_for);
}

TEST(Propose, WatchesARiseBesideAJobThatMissedItsPayday) {
  ledger::PersonIncome income = person(80'000);
  income.employments.push_back(job(30'000, "B"));
  income.employments[1].notes = {"PAY_OVERDUE"};
  income.employments[0].started_on = day(2026, 1, 5);
  auto out = propose_for(income, open_case(50'000));
  ASSERT_EQ(out.size(), 1U);
  EXPECT_FALSE(out[0].context.test_called_for);
  EXPECT_THAT(out[0].context.reasons, Contains("JOB_OVERDUE"));
  out = propose_for(income, open_case(120'000));  // a fall is told all the same
  EXPECT_TRUE(out.at(0).context.test_called_for);
  income.employments.erase(income.employments.begin());
  out = propose_for(income, open_case(50'000));  // the only job: its pay stands until it lapses
  EXPECT_TRUE(out.at(0).context.test_called_for);
}

TEST(Propose, CountsTheDaysAfterAJobFromItsFinalPay) {
  ledger::PersonIncome income = person(0);
  income.employments[0].status = ledger::EmploymentStatus::ended;
  income.employments[0].left_on = day(2026, 1, 20);
  income.employments[0].last_paid_on = day(2026, 2, 1);
  ProposePolicy policy;
  policy.leaver_days = 10;
  EXPECT_FALSE(propose_for(income, open_case(50'000), policy).at(0).context.test_called_for);
  const std::vector<facts::CaseRecord> cases = {open_case(50'000)};
  EXPECT_EQ(look_again_on(income, cases, policy), day(2026, 2, 11));
  income.as_of = day(2026, 2, 11);
  EXPECT_TRUE(propose_for(income, open_case(50'000), policy).at(0).context.test_called_for);
}

TEST(Propose, TellsTheFallOnceTheNextJobHasShown) {
  ledger::PersonIncome income = person(20'000);
  income.employments[0].started_on = day(2026, 1, 25);
  income.employments.push_back(job(50'000, "B"));
  income.employments[1].status = ledger::EmploymentStatus::ended;
  income.employments[1].left_on = day(2026, 1, 24);
  ProposePolicy policy;
  policy.leaver_days = 42;
  EXPECT_TRUE(propose_for(income, open_case(50'000), policy).at(0).context.test_called_for);
  income.employments[0].started_on = day(2020, 1, 25);  // it was there before: no next job yet
  EXPECT_FALSE(propose_for(income, open_case(50'000), policy).at(0).context.test_called_for);
}

TEST(Propose, WatchesAFallByAJobThatJustEndedAndTellsTheEndAtOnce) {
  ledger::PersonIncome income = person(0);
  income.employments[0].status = ledger::EmploymentStatus::ended;
  income.employments[0].left_on = day(2026, 2, 1);
  ProposePolicy policy;
  policy.leaver_days = 10;  // nine days ago on the day of the ledger
  auto out = propose_for(income, open_case(50'000), policy);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_FALSE(out[0].context.test_called_for);
  EXPECT_THAT(out[0].context.reasons, Contains("JOB_JUST_ENDED"));
  EXPECT_THAT(codes(out[0].context), ElementsAre("JOB_ENDED"));
  const std::vector<facts::CaseRecord> cases = {open_case(50'000)};
  EXPECT_EQ(look_again_on(income, cases, policy), day(2026, 2, 11));
  policy.leaver_days = 9;
  out = propose_for(income, open_case(50'000), policy);
  EXPECT_TRUE(out.at(0).context.test_called_for);
}

TEST(Propose, WhatMayBeTheSpreadOfVaryingPayIsWatched) {
  ledger::PersonIncome income = person(74'999);
  EXPECT_EQ(propose_for(income, open_case(50'000)).size(), 1U);
  income.employments[0].notes = {"PAY_VARIES"};
  EXPECT_THAT(propose_for(income, open_case(50'000)), IsEmpty());
  income.exact_weekly = values::Fraction::whole(pence(75'000));
  EXPECT_EQ(propose_for(income, open_case(50'000)).size(), 1U);
}

TEST(Propose, NeverTestsACaseWithoutAFigureOfIncome) {
  for (const auto basis : {facts::Basis::default_rate, facts::Basis::not_income_based}) {
    facts::CaseRecord record = open_case(50'000);
    record.in_force->basis = basis;
    EXPECT_THAT(propose_for(person(80'000), record), IsEmpty());
  }
  facts::CaseRecord record = open_case(50'000);
  record.in_force.reset();
  EXPECT_THAT(propose_for(person(80'000), record), IsEmpty());
}

TEST(Propose, TellsAJobWithoutATestWhereNoneIsCalledFor) {
  facts::CaseRecord record = open_case(0);
  record.in_force->basis = facts::Basis::not_income_based;
  ledger::PersonIncome income = person(80'000);
  income.employments[0].started_on = day(2026, 1, 5);
  const auto out = propose_for(income, record);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_FALSE(out[0].context.test_called_for);
  EXPECT_FALSE(out[0].request.current.has_value());
  EXPECT_FALSE(out[0].request.in_force.has_value());
  EXPECT_THAT(codes(out[0].context), ElementsAre("JOB_STARTED"));
  EXPECT_THAT(out[0].context.reasons, ElementsAre("JOB_STARTED", "NO_INCOME_TEST"));
}

TEST(Propose, TellsASecondJob) {
  ledger::PersonIncome income = person(80'000);
  income.employments.push_back(job(20'000, "B"));
  income.employments[1].started_on = day(2026, 1, 5);
  const auto out = propose_for(income, open_case(80'000));
  EXPECT_THAT(codes(out[0].context), ElementsAre("JOB_STARTED", "SECOND_JOB"));
}

TEST(Propose, DoesNotTellAJobTheFigureInForceKnows) {
  ledger::PersonIncome income = person(80'000);
  income.employments[0].started_on = day(2024, 5, 13);
  EXPECT_THAT(codes(propose_for(income, open_case(80'000))[0].context), IsEmpty());
}

TEST(Propose, DoesNotTakeANewPayrollIdForANewJob) {
  ledger::PersonIncome income = person(80'000);
  income.employments[0].started_on = day(2026, 1, 5);
  income.employments[0].notes = {"PAYROLL_ID_CHANGED"};
  EXPECT_THAT(codes(propose_for(income, open_case(80'000))[0].context), IsEmpty());
}

TEST(Propose, TestsTheIncomeThatIsLeftWhenAJobEnds) {
  ledger::PersonIncome income = person(0);
  income.employments[0].status = ledger::EmploymentStatus::ended;
  income.employments[0].exact_weekly.reset();
  income.employments[0].left_on = day(2026, 2, 1);
  const auto out = propose_for(income, open_case(50'000));
  ASSERT_EQ(out.size(), 1u);
  EXPECT_THAT(codes(out[0].context), ElementsAre("JOB_ENDED"));
  EXPECT_EQ(out[0].context.signals[0].on, day(2026, 2, 1));
  EXPECT_EQ(out[0].context.change_on, day(2026, 2, 1));
  EXPECT_EQ(out[0].request.current->weekly, pence(0));
}

TEST(Propose, DoesNotTestIncomeThatIsNotKnown) {
  ledger::PersonIncome income = person(0);
  income.exact_weekly.reset();
  income.employments[0].status = ledger::EmploymentStatus::lapsed;
  income.employments[0].exact_weekly.reset();
  income.employments[0].last_paid_on = day(2025, 11, 1);
  const auto out = propose_for(income, open_case(50'000));
  ASSERT_EQ(out.size(), 1u);
  EXPECT_FALSE(out[0].context.test_called_for);
  EXPECT_FALSE(out[0].request.current.has_value());
  EXPECT_THAT(codes(out[0].context), ElementsAre("JOB_LAPSED"));
  EXPECT_THAT(out[0].context.reasons, Contains("INCOME_NOT_KNOWN"));
}

facts::CaseRecord partly_seen() {
  // 36,400 a year, of which real-time income sees 32,500: 623.29 of 698.08 a week.
  facts::CaseRecord record = open_case(69'808);
  record.in_force->parts = {{"employment", pence(2'850'000)},
                            {"pension", pence(400'000)},
                            {"taxable_benefits", pence(90'000)},
                            {"trading", pence(300'000)}};
  return record;
}

TEST(Propose, NeverProposesAFallFromAFigureItSeesInPartOnly) {
  const auto out = propose_for(person(40'000), partly_seen());
  ASSERT_EQ(out.size(), 1u);
  EXPECT_FALSE(out[0].request.current.has_value());
  EXPECT_FALSE(out[0].context.test_called_for);
  EXPECT_EQ(out[0].context.human_review, "SELF_EMPLOYMENT_NOT_COVERED");
  EXPECT_THAT(out[0].context.reasons, Contains("SELF_EMPLOYMENT_NOT_COVERED"));
}

TEST(Propose, ComparesLikeWithLike) {
  const auto same = propose_for(person(62'329), partly_seen());
  ASSERT_EQ(same.size(), 1u);
  EXPECT_EQ(same[0].context.human_review, "");
  EXPECT_FALSE(same[0].request.current.has_value());
  const auto edge = propose_for(person(46'747), partly_seen());  // 467.46 is a quarter less
  EXPECT_EQ(edge[0].context.human_review, "");
  const auto below = propose_for(person(46'746), partly_seen());
  EXPECT_EQ(below[0].context.human_review, "SELF_EMPLOYMENT_NOT_COVERED");
}

TEST(Propose, TestsARiseAboveTheWholeEvenWhereItSeesAPart) {
  const auto out = propose_for(person(90'000), partly_seen());
  EXPECT_TRUE(out[0].context.test_called_for);
  EXPECT_EQ(out[0].request.current->weekly, pence(90'000));
}

TEST(Propose, GivesAFallByPensionToAPerson) {
  ledger::PersonIncome income = person(30'000);
  income.notes = {"NET_PAY_PENSION_CHANGED"};
  const auto out = propose_for(income, open_case(50'000));
  ASSERT_EQ(out.size(), 1u);
  EXPECT_FALSE(out[0].context.test_called_for);
  EXPECT_EQ(out[0].context.human_review, "NET_PAY_PENSION_CHANGED");
}

TEST(Propose, KeepsThePersonOpaque) {
  facts::CaseRecord record = open_case(50'000);
  record.person.person = values::PersonId{17};
  const auto out = propose_for(person(80'000), record);
  EXPECT_EQ(out[0].context.person, "p-000000017");
}

TEST(Propose, NamesTheChangeOnlyWhenItCameAfterTheFigureInForce) {
  ledger::PersonIncome income = person(80'000);
  income.employments[0].level_since = day(2025, 10, 31);
  EXPECT_EQ(propose_for(income, open_case(50'000))[0].context.change_on, std::nullopt);
}

}  // namespace
}  // namespace ig::core::triggers
