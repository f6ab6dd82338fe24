#include "core/backtest/replay.hpp"

#include "core/rules/assess.hpp"
#include "core/triggers/raise.hpp"
#include "tests/support/greenwich.hpp"
#include "tests/support/law.hpp"
#include "tests/support/messy_pay.hpp"
#include "tests/unit/core/triggers/triggers_for_tests.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace ig::core::backtest {
namespace {

using ig::tests::Greenwich;
using ledger::testing::noon;
using ledger::testing::Payments;
using ledger::testing::Payroll;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using triggers::Kind;
using triggers::testing::day;
using triggers::testing::TextDigest;
using values::Date;

const rules::ParameterSet& law() {
  static const rules::ParameterSet set = ig::tests::law();
  return set;
}

Span span_of(Date from, Date to, const rules::ParameterSet& parameters = law()) {
  auto out = Span::make(from, to, parameters, Greenwich());
  base::require(out.has_value(), "the days of the test make a span");
  return *std::move(out);
}

std::string said(const triggers::Trigger& trigger) {
  std::string out =
      fmt::format("{} {} {} {} {} {}", trigger.raised_on.text(), trigger.case_key.case_id,
                  name(trigger.kind), name(trigger.relation), trigger.id, trigger.explanation);
  for (const std::string& reason : trigger.reasons) out += " " + reason;
  for (const auto& one : trigger.effective_candidates) {
    out += " " + (one.date ? one.date->text() : "-");
  }
  return out;
}

std::vector<std::string> said(const std::vector<triggers::Trigger>& all) {
  std::vector<std::string> out;
  for (const triggers::Trigger& trigger : all) out.push_back(said(trigger));
  return out;
}

/// The chain of contracts.md run on each single day, by nothing but the pure functions.
std::vector<triggers::Trigger> day_by_day(const History& history, const Span& span,
                                          Feedback feedback) {
  TextDigest digest;
  std::vector<triggers::Trigger> out;
  std::vector<facts::CaseRecord> cases = history.cases;
  std::map<values::CaseKey, std::vector<triggers::Raised>> standing;
  for (const Day& today : span.days()) {
    Payments known;
    std::ranges::copy_if(history.payments, std::back_inserter(known), [&](const auto& payment) {
      return payment.header.received_at < today.known_before;
    });
    const auto income = ledger::weigh(known, {}, today.date, today.ledger);
    for (const auto& proposal : triggers::propose(income, cases, today.propose)) {
      const auto assessment = rules::assess(proposal.request, span.parameters());
      auto& before = standing[proposal.context.case_key];
      auto raised = triggers::raise(*assessment, proposal.context, before, digest);
      before = raised.standing;
      for (const triggers::Trigger& trigger : raised.triggers) {
        out.push_back(trigger);
        const bool taken_up = feedback == Feedback::applied &&
                              trigger.kind == Kind::IN_YEAR_INCOME &&
                              trigger.relation != triggers::Relation::withdraws;
        if (!taken_up) continue;
        facts::InForce figure;
        figure.basis = facts::Basis::current;
        figure.weekly = trigger.weekly;
        figure.effective_date = figure.since = today.date;
        std::ranges::find(cases, trigger.case_key, &facts::CaseRecord::key)->in_force = figure;
      }
    }
  }
  return out;
}

facts::CaseRecord case_on(std::int64_t weekly, const std::string& id = "100") {
  auto out = triggers::testing::open_case(weekly, id);
  out.review_date = day(2026, 6, 1);
  return out;
}

Replayed replayed(const History& history, const Span& span, Feedback feedback) {
  TextDigest digest;
  auto out = replay(history, span, feedback, digest);
  base::require(out.has_value(), "the rules take the cases of the test");
  return *std::move(out);
}

TEST(Replay, RaisesWhatTheChainRaisesOnEachSingleDay) {
  const Span span = span_of(day(2025, 6, 1), day(2026, 7, 15));
  std::size_t triggers = 0;
  std::uint64_t looks = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    base::SeededRandom random(seed);
    History history;
    history.payments = ig::tests::messy_pay(random);
    history.cases = {case_on(10'000 + 500 * ig::tests::below(random, 100)), case_on(30'000, "200")};
    for (const Feedback feedback : {Feedback::applied, Feedback::none}) {
      const Replayed fast = replayed(history, span, feedback);
      ASSERT_EQ(said(fast.triggers), said(day_by_day(history, span, feedback)))
          << "seed " << seed << (feedback == Feedback::none ? " none" : " applied");
      triggers += fast.triggers.size();
      looks += fast.looks;
    }
  }
  EXPECT_GT(triggers, 100U);                   // the histories do raise something,
  EXPECT_LT(looks, 48U * span.days().size());  // and not every day was looked at
}

TEST(Replay, FollowsASettleTimeAndParametersThatChange) {
  auto rows = ig::tests::law_rows();
  for (auto& row : rows) {
    if (row.name != "propose.settle_days") continue;
    auto later = row;
    row.until = day(2025, 12, 31);
    later.from = day(2026, 1, 1);
    later.value = std::int64_t{20};
    rows.push_back(later);
    break;
  }
  const auto changed = rules::ParameterSet::make(std::move(rows), "sha256:changed");
  ASSERT_TRUE(changed.has_value()) << changed.error().message;
  const Span span = span_of(day(2025, 6, 1), day(2026, 7, 15), *changed);
  ASSERT_THAT(span.law_changes(), ::testing::Not(IsEmpty()));
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    base::SeededRandom random(seed);
    History history;
    history.payments = ig::tests::messy_pay(random);
    history.cases = {case_on(20'000)};
    ASSERT_EQ(said(replayed(history, span, Feedback::applied).triggers),
              said(day_by_day(history, span, Feedback::applied)))
        << "seed " << seed;
  }
}

/// Half the year at one pay, then 40 per cent more.
History a_rise() {
  History out;
  Payroll payroll;
  payroll.total(200'000);
  for (unsigned month = 1; month <= 6; ++month) {
    out.payments.push_back(payroll.pay(day(2026, month, 28), month < 4 ? 200'000 : 280'000));
  }
  out.cases = {case_on(46'027)};
  return out;
}

TEST(Replay, ARiseThatIsTakenUpIsRaisedOnce) {
  const Span span = span_of(day(2026, 1, 1), day(2026, 5, 31));
  const auto out = replayed(a_rise(), span, Feedback::applied);
  ASSERT_EQ(out.triggers.size(), 1U);
  EXPECT_EQ(out.triggers[0].kind, Kind::IN_YEAR_INCOME);
  EXPECT_EQ(out.triggers[0].direction, triggers::Direction::up);
  EXPECT_EQ(out.case_days, 151U);
  EXPECT_EQ(out.facts_known, 5U);
}

TEST(Replay, HoldsWhatIsSeenAfterTheReviewDate) {
  History history = a_rise();
  history.cases[0].review_date = day(2026, 4, 1);
  const Span span = span_of(day(2026, 1, 1), day(2026, 5, 31));
  EXPECT_THAT(replayed(history, span, Feedback::none).triggers, IsEmpty());
}

TEST(Replay, ALaterLineOfTheCaseCountsFromTheDayItWasSent) {
  History history = a_rise();
  auto closed = history.cases[0];
  closed.version = 2;
  closed.sent_at = noon(day(2026, 3, 1));
  closed.status = facts::CaseStatus::closed;
  history.cases.push_back(closed);
  const Span span = span_of(day(2026, 1, 1), day(2026, 5, 31));
  const auto out = replayed(history, span, Feedback::none);
  EXPECT_THAT(out.triggers, IsEmpty());
  EXPECT_EQ(out.case_days, 59U);
}

TEST(Replay, AnOlderVersionSentLaterDoesNotCount) {
  History history = a_rise();
  history.cases[0].version = 3;
  auto old = history.cases[0];
  old.version = 2;
  old.status = facts::CaseStatus::closed;
  old.sent_at = noon(day(2025, 12, 1));
  history.cases[0].sent_at = noon(day(2025, 11, 1));
  history.cases.push_back(old);
  const Span span = span_of(day(2026, 1, 1), day(2026, 5, 31));
  EXPECT_EQ(replayed(history, span, Feedback::none).triggers.size(), 1U);
}

TEST(Span, KnowsFromWhichDayAFactIsKnown) {
  const Span span = span_of(day(2026, 1, 1), day(2026, 1, 10));
  EXPECT_EQ(span.days().size(), 10U);
  EXPECT_EQ(span.known_from(noon(day(2025, 12, 1))), 0U);
  EXPECT_EQ(span.known_from(noon(day(2026, 1, 3))), 2U);
  EXPECT_EQ(span.known_from(Greenwich().start_of(day(2026, 1, 4))), 3U);
  EXPECT_EQ(span.known_from(noon(day(2026, 1, 11))), 10U);
  EXPECT_EQ(span.place_of(day(2025, 12, 31)), 0U);
  EXPECT_EQ(span.place_of(day(2026, 1, 10)), 9U);
  EXPECT_EQ(span.place_of(day(2026, 1, 11)), 10U);
}

TEST(Span, RefusesDaysTheWrongWayRoundAndAgesLong) {
  EXPECT_EQ(Span::make(day(2026, 1, 2), day(2026, 1, 1), law(), Greenwich()).error().code,
            base::ErrorCode::USAGE);
  EXPECT_EQ(Span::make(day(2013, 1, 1), day(2039, 1, 1), law(), Greenwich()).error().code,
            base::ErrorCode::USAGE);
  EXPECT_EQ(Span::make(day(2010, 1, 1), day(2011, 1, 1), law(), Greenwich()).error().code,
            base::ErrorCode::PARAMETER_MISSING);
}

}  // namespace
}  // namespace ig::core::backtest
