#include "core/triggers/raise.hpp"

#include "tests/unit/core/triggers/triggers_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ig::core::triggers {
namespace {

using rules::Action;
using rules::DecisionKind;
using testing::assessed;
using ::testing::Contains;
using testing::day;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::open_case;
using testing::pence;
using testing::person;
using ::testing::SizeIs;

/// Runs the chain from propose on for one case, with the memory kept from run to run.
class Chain {
 public:
  std::vector<Trigger> see(const ledger::PersonIncome& income, const facts::CaseRecord& record) {
    std::vector<Trigger> out;
    const std::vector<facts::CaseRecord> cases = {record};
    for (const Proposal& proposal : propose(income, cases, ProposePolicy{})) {
      auto outcome = raise(assessed(proposal), proposal.context, standing, digest_);
      standing = std::move(outcome.standing);
      for (Trigger& one : outcome.triggers) out.push_back(std::move(one));
    }
    return out;
  }
  std::vector<Raised> standing;

 private:
  testing::TextDigest digest_;
};

TEST(Raise, TellsIncomeThatMeetsTheTest) {
  Chain chain;
  const auto out = chain.see(person(65'000), open_case(50'000));
  ASSERT_THAT(out, SizeIs(1));
  EXPECT_EQ(out[0].kind, Kind::IN_YEAR_INCOME);
  EXPECT_EQ(out[0].direction, Direction::up);
  EXPECT_EQ(out[0].base, pence(50'000));
  EXPECT_EQ(out[0].weekly, pence(65'000));
  EXPECT_EQ(out[0].relation, Relation::fresh);
  EXPECT_EQ(out[0].refers_to, "");
  EXPECT_EQ(out[0].raised_on, day(2026, 2, 10));
  EXPECT_EQ(out[0].effect, rules::Effect::possible);
  EXPECT_THAT(out[0].id, SizeIs(32));
  EXPECT_EQ(out[0].dedupe_key, "cms|100|PP1|IN_YEAR_INCOME||2026-02-10|65000|NEW");
}

TEST(Raise, SaysNothingWhenTheTestIsNotMet) {
  Chain chain;
  EXPECT_THAT(chain.see(person(62'499), open_case(50'000)), IsEmpty());
  EXPECT_THAT(chain.see(person(50'000), open_case(50'000)), IsEmpty());
  EXPECT_THAT(chain.standing, IsEmpty());
}

TEST(Raise, DoesNotRepeatUntilTheIncomeMoves) {
  Chain chain;
  const auto first = chain.see(person(65'000), open_case(50'000));
  EXPECT_THAT(chain.see(person(65'000), open_case(50'000)), IsEmpty());
  const auto moved = chain.see(person(70'000), open_case(50'000));
  ASSERT_THAT(moved, SizeIs(1));
  EXPECT_EQ(moved[0].relation, Relation::replaces);
  EXPECT_EQ(moved[0].refers_to, first[0].id);
  EXPECT_THAT(chain.standing, SizeIs(1));
}

TEST(Raise, WithdrawsWhenTheCauseIsCorrected) {
  Chain chain;
  const auto first = chain.see(person(65'000), open_case(50'000));
  const auto back = chain.see(person(50'500), open_case(50'000));
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(back[0].relation, Relation::withdraws);
  EXPECT_EQ(back[0].refers_to, first[0].id);
  EXPECT_EQ(back[0].weekly, pence(65'000));
  EXPECT_THAT(back[0].reasons, Contains("CAUSE_CORRECTED"));
  EXPECT_NE(back[0].id, first[0].id);
  EXPECT_THAT(chain.standing, IsEmpty());
  EXPECT_THAT(chain.see(person(50'500), open_case(50'000)), IsEmpty());
}

TEST(Raise, WithdrawsOnReturnToExactlyTheFigureInForce) {
  Chain chain;
  static_cast<void>(chain.see(person(65'000), open_case(50'000)));
  const auto back = chain.see(person(50'000), open_case(50'000));
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(back[0].relation, Relation::withdraws);
}

TEST(Raise, ForgetsQuietlyWhenTheFigureInForceTookItUp) {
  Chain chain;
  static_cast<void>(chain.see(person(65'000), open_case(50'000)));
  EXPECT_THAT(chain.see(person(65'000), open_case(65'000)), IsEmpty());
  EXPECT_THAT(chain.standing, IsEmpty());
  const auto next = chain.see(person(90'000), open_case(65'000));
  ASSERT_THAT(next, SizeIs(1));
  EXPECT_EQ(next[0].relation, Relation::fresh);
}

TEST(Raise, StartsAnewAgainstAnotherFigureInForce) {
  Chain chain;
  static_cast<void>(chain.see(person(65'000), open_case(50'000)));
  const auto next = chain.see(person(65'000), open_case(40'000));
  ASSERT_THAT(next, SizeIs(1));
  EXPECT_EQ(next[0].relation, Relation::fresh);
  EXPECT_EQ(next[0].base, pence(40'000));
  EXPECT_THAT(chain.standing, SizeIs(1));
}

TEST(Raise, GivesTheSameIdsAgainOnTheSameDay) {
  Chain first;
  Chain second;
  EXPECT_EQ(first.see(person(65'000), open_case(50'000))[0].id,
            second.see(person(65'000), open_case(50'000))[0].id);
  EXPECT_NE(first.see(person(70'000), open_case(50'000))[0].id,
            second.see(person(71'000), open_case(50'000))[0].id);
}

TEST(Raise, NamesCandidatesAndPicksNone) {
  Chain chain;
  facts::CaseRecord record = open_case(50'000);
  const auto without = chain.see(person(65'000), record);
  ASSERT_THAT(without[0].effective_candidates, SizeIs(1));
  EXPECT_EQ(without[0].effective_candidates[0].date, std::nullopt);
  EXPECT_THAT(without[0].effective_candidates[0].when, HasSubstr("18(6)"));
  record.reg9a_notified_on = day(2025, 12, 3);
  const auto with = chain.see(person(66'000), record);
  ASSERT_THAT(with[0].effective_candidates, SizeIs(2));
  EXPECT_EQ(with[0].effective_candidates[0].date, day(2026, 1, 30));
  EXPECT_THAT(with[0].effective_candidates[0].when, HasSubstr("18(4)"));
}

ledger::PersonIncome with_end(values::Date left_on) {
  ledger::PersonIncome income = person(0);
  income.employments[0].status = ledger::EmploymentStatus::ended;
  income.employments[0].exact_weekly.reset();
  income.employments[0].left_on = left_on;
  return income;
}

TEST(Raise, TellsAnEndFirstAndThenTheIncomeThatIsLeft) {
  Chain chain;
  const auto out = chain.see(with_end(day(2026, 2, 1)), open_case(50'000));
  ASSERT_THAT(out, SizeIs(2));
  EXPECT_EQ(out[0].kind, Kind::EMPLOYMENT_ENDED);
  EXPECT_EQ(out[1].kind, Kind::IN_YEAR_INCOME);
  EXPECT_EQ(out[1].direction, Direction::down);
  EXPECT_THAT(chain.see(with_end(day(2026, 2, 1)), open_case(50'000)), IsEmpty());
}

TEST(Raise, WithdrawsAnEndWhenTheJobIsPaidAgain) {
  Chain chain;
  const auto told = chain.see(with_end(day(2026, 2, 1)), open_case(50'000));
  const auto back = chain.see(person(50'000), open_case(50'000));
  ASSERT_THAT(back, SizeIs(2));
  EXPECT_EQ(back[0].kind, Kind::EMPLOYMENT_ENDED);
  EXPECT_EQ(back[0].relation, Relation::withdraws);
  EXPECT_EQ(back[0].refers_to, told[0].id);
  EXPECT_EQ(back[1].kind, Kind::IN_YEAR_INCOME);
  EXPECT_EQ(back[1].relation, Relation::withdraws);
}

TEST(Raise, TellsAJobOnceUnderEitherOfItsNames) {
  Chain chain;
  ledger::PersonIncome income = person(50'000);
  income.employments[0].started_on = day(2026, 1, 5);
  income.employments[0].employment = {"120", "XB4471", "", 2};
  const auto out = chain.see(income, open_case(50'000));
  ASSERT_THAT(out, SizeIs(1));
  EXPECT_EQ(out[0].kind, Kind::EMPLOYMENT_STARTED);
  EXPECT_THAT(out[0].dedupe_key, HasSubstr("120/XB4471/#2"));
  income.employments[0].employment = {"120", "XB4471", "E17", 2};
  EXPECT_THAT(chain.see(income, open_case(50'000)), IsEmpty());
}

TEST(Raise, DoesNotTellAnEndTwiceAfterASilence) {
  Chain chain;
  ledger::PersonIncome income = person(0);
  income.exact_weekly.reset();
  income.employments[0].status = ledger::EmploymentStatus::lapsed;
  income.employments[0].last_paid_on = day(2025, 11, 1);
  const auto out = chain.see(income, open_case(50'000));
  ASSERT_THAT(out, SizeIs(1));
  EXPECT_EQ(out[0].kind, Kind::EMPLOYMENT_ENDED);
  EXPECT_THAT(out[0].reasons, Contains("JOB_LAPSED"));
  const auto ended = chain.see(with_end(day(2025, 12, 30)), open_case(50'000));
  ASSERT_THAT(ended, SizeIs(1));
  EXPECT_EQ(ended[0].kind, Kind::IN_YEAR_INCOME);
}

TEST(Raise, AsksAPersonWhereTheFigureIsSeenInPartOnly) {
  Chain chain;
  facts::CaseRecord record = open_case(69'808);
  record.in_force->parts = {{"employment", pence(3'250'000)}, {"trading", pence(390'000)}};
  const auto out = chain.see(person(40'000), record);
  ASSERT_THAT(out, SizeIs(1));
  EXPECT_EQ(out[0].kind, Kind::HUMAN_REVIEW);
  EXPECT_THAT(out[0].reasons, Contains("SELF_EMPLOYMENT_NOT_COVERED"));
  EXPECT_THAT(chain.see(person(40'000), record), IsEmpty());
  const auto back = chain.see(person(62'000), record);
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(back[0].relation, Relation::withdraws);
  EXPECT_EQ(back[0].kind, Kind::HUMAN_REVIEW);
}

// ---- annual review ----

Context review_context() {
  Context out;
  out.case_key = {"cms", "100", "PP1"};
  out.as_of = day(2026, 11, 10);
  out.review_date = day(2026, 12, 1);
  out.base = pence(50'000);
  return out;
}

rules::Assessment review(Action action) {
  rules::Assessment out;
  out.kind = DecisionKind::annual_review;
  out.action = action;
  out.explanation = "As it was reviewed.";
  if (action == Action::SUPERSEDE_FROM_REVIEW_DATE) out.gross_weekly_income = pence(60'000);
  if (action == Action::NO_CHANGE) out.gross_weekly_income = pence(50'000);
  return out;
}

RaiseOutcome raise_review(Action action, std::vector<Raised> before = {}) {
  testing::TextDigest digest;
  return raise(review(action), review_context(), before, digest);
}

TEST(Raise, AnswersEachReviewWithItsOutcome) {
  const std::pair<Action, Outcome> rows[] = {
      {Action::SUPERSEDE_FROM_REVIEW_DATE, Outcome::CHANGED},
      {Action::NO_CHANGE, Outcome::UNCHANGED},
      {Action::RECORD_UPDATE, Outcome::RECORD_UPDATE},
      {Action::NEED_CURRENT_INCOME, Outcome::NEED_CURRENT_INCOME},
      {Action::HUMAN_34_2_C, Outcome::UNREACHABLE},
      {Action::HUMAN_UNAVAILABLE, Outcome::UNREACHABLE},
      {Action::REREQUEST_HMRC, Outcome::REREQUESTED},
      {Action::REJECT_RESPONSE, Outcome::REREQUESTED},
      {Action::REJECT_FIGURE_REREQUEST, Outcome::REREQUESTED},
      {Action::REVISION_CANDIDATE, Outcome::REVISION_CANDIDATE}};
  for (const auto& [action, outcome] : rows) {
    const auto out = raise_review(action);
    ASSERT_THAT(out.triggers, SizeIs(1)) << rules::name(action);
    EXPECT_EQ(out.triggers[0].kind, Kind::ANNUAL_REVIEW);
    EXPECT_EQ(out.triggers[0].outcome, outcome) << rules::name(action);
    EXPECT_EQ(out.triggers[0].effective_candidates[0].date, day(2026, 12, 1));
  }
}

TEST(Raise, WaitsWhileHmrcCanStillBeAsked) {
  EXPECT_THAT(raise_review(Action::RETRY).triggers, IsEmpty());
  EXPECT_THAT(raise_review(Action::RETRY_THEN_HUMAN).triggers, IsEmpty());
}

TEST(Raise, AnswersAReviewDateExactlyOnce) {
  const auto first = raise_review(Action::NO_CHANGE);
  EXPECT_THAT(raise_review(Action::SUPERSEDE_FROM_REVIEW_DATE, first.standing).triggers, IsEmpty());
}

TEST(Raise, GivesAReviewOneIdWhateverTheDay) {
  testing::TextDigest digest;
  Context later = review_context();
  later.as_of = day(2026, 11, 20);
  const auto first = raise_review(Action::NO_CHANGE);
  const auto second = raise(review(Action::NO_CHANGE), later, {}, digest);
  EXPECT_EQ(first.triggers[0].id, second.triggers[0].id);
  EXPECT_EQ(first.triggers[0].dedupe_key, "cms|100|PP1|ANNUAL_REVIEW|2026-12-01|||NEW");
}

TEST(Raise, SaysThatAReviewWaitsForAPerson) {
  for (const Action action : {Action::HUMAN_REVIEW, Action::MARGINAL_ROUNDING_HUMAN}) {
    const auto out = raise_review(action);
    ASSERT_THAT(out.triggers, SizeIs(2));
    EXPECT_EQ(out.triggers[0].kind, Kind::HUMAN_REVIEW);
    EXPECT_EQ(out.triggers[1].kind, Kind::ANNUAL_REVIEW);
    EXPECT_EQ(out.triggers[1].outcome, Outcome::UNCHANGED);
    EXPECT_THAT(out.triggers[1].reasons, Contains("HUMAN_REVIEW_PENDING"));
    EXPECT_THAT(out.triggers[0].reasons, Not(Contains("HUMAN_REVIEW_PENDING")));
  }
}

// ---- other kinds ----

TEST(Raise, MapsEveryActionToItsKind) {
  struct Row {
    DecisionKind decision;
    Action action;
    std::optional<Kind> kind;
  };
  const Row rows[] = {
      {DecisionKind::initial, Action::DETERMINE, Kind::INITIAL_FIGURE},
      {DecisionKind::initial, Action::NEED_CURRENT_INCOME, Kind::NEED_CURRENT_INCOME},
      {DecisionKind::initial, Action::HUMAN_34_2_C, Kind::HMRC_UNREACHABLE},
      {DecisionKind::initial, Action::HUMAN_UNAVAILABLE, Kind::HMRC_UNREACHABLE},
      {DecisionKind::initial, Action::MARGINAL_ROUNDING_HUMAN, Kind::HUMAN_REVIEW},
      {DecisionKind::initial, Action::RETRY, std::nullopt},
      {DecisionKind::initial, Action::REJECT_RESPONSE, std::nullopt},
      {DecisionKind::initial, Action::REJECT_FIGURE_REREQUEST, std::nullopt},
      {DecisionKind::in_year_income, Action::SUPERSEDE, Kind::IN_YEAR_INCOME},
      {DecisionKind::in_year_income, Action::DETECT_ONLY_NOT_DECIDE, Kind::IN_YEAR_INCOME},
      {DecisionKind::in_year_income, Action::NO_SUPERSESSION, std::nullopt},
      {DecisionKind::in_year_income, Action::NO_SUPERSESSION_REG23_2, std::nullopt},
      {DecisionKind::in_year_income, Action::HOLD_UNTIL_REVIEW, std::nullopt},
      {DecisionKind::in_year_income, Action::NOT_TESTED_NO_C, std::nullopt},
      {DecisionKind::periodic_current_check, Action::SUPERSEDE, Kind::PERIODIC_CURRENT_CHECK},
      {DecisionKind::periodic_current_check, Action::NEED_CURRENT_INCOME,
       Kind::NEED_CURRENT_INCOME},
      {DecisionKind::revision, Action::REVISION_CANDIDATE, Kind::REVISION},
      {DecisionKind::revision, Action::HUMAN_REVIEW, Kind::HUMAN_REVIEW},
      {DecisionKind::revision, Action::REREQUEST_HMRC, std::nullopt},
      {DecisionKind::revision, Action::HOLD_UNTIL_REVIEW, std::nullopt}};
  testing::TextDigest digest;
  for (const Row& row : rows) {
    rules::Assessment assessment = review(row.action);
    assessment.kind = row.decision;
    const auto out = raise(assessment, review_context(), {}, digest);
    if (!row.kind) {
      EXPECT_THAT(out.triggers, IsEmpty()) << rules::name(row.action);
      continue;
    }
    ASSERT_THAT(out.triggers, SizeIs(1)) << rules::name(row.action);
    EXPECT_EQ(out.triggers[0].kind, *row.kind) << rules::name(row.action);
    EXPECT_THAT(raise(assessment, review_context(), out.standing, digest).triggers, IsEmpty())
        << rules::name(row.action);
  }
}

TEST(Raise, PassesOverWhatStandsForOtherCases) {
  Chain chain;
  static_cast<void>(chain.see(person(65'000), open_case(50'000, "other")));
  EXPECT_THAT(chain.see(person(65'000), open_case(50'000, "100")), SizeIs(1));
  ASSERT_THAT(chain.standing, SizeIs(1));
  EXPECT_EQ(chain.standing[0].case_key.case_id, "100");
}

TEST(Raise, KeepsPartsOfAKeyApart) {
  Trigger one;
  one.case_key = {"a|b", "c", "d"};
  Trigger other;
  other.case_key = {"a", "b|c", "d"};
  EXPECT_NE(dedupe_key(one, {}), dedupe_key(other, {}));
}

// ---- properties ----

RC_GTEST_PROP(RaiseProperty, RaisingTwiceGivesNothingNew, ()) {
  Chain chain;
  for (int i = 0; i < 8; ++i) {
    const auto weekly = *rc::gen::inRange<std::int64_t>(0, 120'000);
    const auto base = *rc::gen::elementOf(std::vector<std::int64_t>{50'000, 60'000});
    static_cast<void>(chain.see(person(weekly), open_case(base)));
    RC_ASSERT(chain.see(person(weekly), open_case(base)).empty());
  }
}

RC_GTEST_PROP(RaiseProperty, WithdrawsOnlyWhatStands, ()) {
  Chain chain;
  for (int i = 0; i < 12; ++i) {
    const auto before = chain.standing;
    const auto out =
        chain.see(person(*rc::gen::inRange<std::int64_t>(30'000, 90'000)), open_case(50'000));
    for (const Trigger& trigger : out) {
      if (trigger.relation == Relation::fresh) continue;
      RC_ASSERT(std::ranges::any_of(before, [&](const Raised& raised) {
        return raised.trigger_id == trigger.refers_to && raised.kind == trigger.kind;
      }));
    }
  }
}

RC_GTEST_PROP(RaiseProperty, WhatStandsIsTheLastWordOnTheIncome, ()) {
  Chain chain;
  std::optional<values::Money> told;
  for (int i = 0; i < 12; ++i) {
    const auto out =
        chain.see(person(*rc::gen::inRange<std::int64_t>(30'000, 90'000)), open_case(50'000));
    for (const Trigger& trigger : out) {
      told = trigger.relation == Relation::withdraws ? std::nullopt : trigger.weekly;
    }
    RC_ASSERT(chain.standing.empty() == !told.has_value());
    if (told) RC_ASSERT(chain.standing[0].weekly == told);
  }
}

}  // namespace
}  // namespace ig::core::triggers
