#include "core/jobs/pay_watch.hpp"
#include "core/jobs/watch.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace ig::core::jobs {
namespace {

using tests::case_of;
using tests::TempFolder;
using tests::World;
using values::Date;
using values::Money;

/// Real-time pay of people who are paid on the 28th of each month, as far as it was reported.
class MonthlyPay final : public ports::CurrentEarnings {
 public:
  Date reported_until = Date::of(2026, 2, 28);
  Money pay = Money::pence(216'667);
  ports::FetchResult result = ports::FetchResult::matched;
  ports::NextMove next = ports::NextMove::use;
  std::vector<ports::EarningsQuestion> questions;
  std::function<void()> on_fetch;

  ports::EarningsReply fetch(const ports::EarningsQuestion& question, base::Deadline) override {
    questions.push_back(question);
    if (on_fetch) on_fetch();
    ports::EarningsReply out;
    out.fetched.result = result;
    out.fetched.next = next;
    out.fetched.interface = "rtii-1.0";
    out.fetched.calls = 1;
    if (result != ports::FetchResult::matched) return out;
    const std::string who(question.person.nino->reveal().first_eight());
    out.fetched.raw = who;
    for (Date day = Date::of(2025, 10, 28); day <= std::min(question.to, reported_until);
         day = day.plus_months(1)) {
      if (day < question.from) continue;
      out.facts.emplace_back(payment(who, day));
      out.fetched.raw += day.text();
    }
    return out;
  }

 private:
  static std::string id_of(const std::string& text) {
    return ports::hex(adapters::wire::crypto::make_digest()->sha256(text), 16);
  }
  facts::Payment payment(const std::string& who, Date day) const {
    facts::Payment out;
    out.header.fact_id = id_of(who + day.text());
    out.header.source = {"rtii", {}, {}};
    out.employment = {"120", "XB4471", "E17", 2};
    out.paid_on = day;
    out.tax_year = values::TaxYear::of(day);
    out.frequency = values::PayFrequency::M1;
    out.taxable_pay = pay;
    return out;
  }
};

class PayWatch : public testing::Test {
 protected:
  PayWatch() { world_.add_case(case_of("JG103759A", "1")); }

  std::unique_ptr<PayWatchRun> find(Date as_of) {
    auto found = PayWatchRun::find(world_.context(), as_of, {.after_days = 1});
    base::require(found.has_value(), "what is due can be found");
    return *std::move(found);
  }
  PayWatchSummary run(Date as_of) {
    clock_at(as_of);
    const auto found = find(as_of);
    const auto context = world_.context();
    const auto done = found->work(context, {.earnings = &pay_}, World::review_on(as_of));
    if (!done) ADD_FAILURE() << base::name(done.error().code) << " " << done.error().message;
    const auto out = found->summary();
    EXPECT_TRUE(out.ties());
    return out;
  }
  void clock_at(Date day) {
    const auto at = Instant::parse(day.text() + "T07:00:00Z").value().at();
    if (at > world_.clock().now()) world_.clock().advance(at - world_.clock().now());
  }

  using Instant = values::Instant;
  TempFolder folder_;
  World world_{folder_.file("store.db")};
  MonthlyPay pay_;
};

TEST_F(PayWatch, AsksAboutSomebodyNeverSeenOnceAndThenAfterThePayday) {
  const auto first = run(Date::of(2026, 2, 12));
  EXPECT_EQ(first.asked, 1U);
  EXPECT_EQ(first.with_pay, 1U);
  EXPECT_EQ(run(Date::of(2026, 2, 12)).due, 0U);
  EXPECT_EQ(run(Date::of(2026, 2, 28)).due, 0U) << "the payday itself";
  const auto after = run(Date::of(2026, 3, 1));
  EXPECT_EQ(after.asked, 1U);
  EXPECT_EQ(after.with_pay, 1U);
  EXPECT_EQ(pay_.questions.size(), 2U);
}

TEST_F(PayWatch, AsksForNoMorePayThanTheWindowNeeds) {
  run(Date::of(2026, 2, 12));
  ASSERT_EQ(pay_.questions.size(), 1U);
  EXPECT_EQ(pay_.questions[0].from, Date::of(2025, 10, 8));
  EXPECT_EQ(pay_.questions[0].to, Date::of(2026, 2, 12));
  EXPECT_EQ(pay_.questions[0].purpose, ports::Purpose::watch);
}

TEST_F(PayWatch, LooksAgainForAPaydayThatIsReportedLate) {
  run(Date::of(2026, 2, 12));
  pay_.reported_until = Date::of(2026, 2, 27);
  EXPECT_EQ(run(Date::of(2026, 3, 1)).with_pay, 0U);
  EXPECT_EQ(run(Date::of(2026, 3, 2)).due, 0U);
  EXPECT_EQ(run(Date::of(2026, 3, 3)).due, 0U);
  pay_.reported_until = Date::of(2026, 3, 3);
  EXPECT_EQ(run(Date::of(2026, 3, 4)).with_pay, 1U);
  EXPECT_EQ(run(Date::of(2026, 3, 15)).due, 0U) << "nothing is missing";
}

TEST_F(PayWatch, RaisesWhatTheNewPayShowsInTheSameTransaction) {
  pay_.reported_until = Date::of(2026, 2, 28);
  pay_.pay = Money::pence(400'000);
  const auto done = run(Date::of(2026, 2, 12));
  EXPECT_EQ(done.decided.by_kind.count("IN_YEAR_INCOME"), 1U);
  EXPECT_EQ(run(Date::of(2026, 3, 1)).decided.triggers, 0U) << "told once";
}

TEST_F(PayWatch, DoesNotAskTwiceWhenItIsKilledAfterAnAnswer) {
  world_.add_case(case_of("JG103760A", "2"));
  const Date day = Date::of(2026, 2, 12);
  const auto found = find(day);
  ASSERT_EQ(found->due().size(), 2U);
  auto options = World::review_on(day);
  options.stop = [&] { return !pay_.questions.empty(); };
  ASSERT_TRUE(found->work(world_.context(), {.earnings = &pay_}, options).has_value());
  EXPECT_EQ(found->summary().untouched, 1U);
  EXPECT_EQ(run(day).asked, 1U) << "only the other one";
  EXPECT_EQ(pay_.questions.size(), 2U);
}

TEST_F(PayWatch, EndsWhenHmrcGivesNoAnswerAndGoesOnTheNextDay) {
  for (int i = 2; i < 12; ++i)
    world_.add_case(case_of("JG10376" + std::to_string(i % 10) + "A", std::to_string(i)));
  pay_.result = ports::FetchResult::transient;
  pay_.next = ports::NextMove::retry;
  const auto down = run(Date::of(2026, 2, 12));
  EXPECT_TRUE(down.upstream_down);
  EXPECT_EQ(down.asked, 5U);
  EXPECT_EQ(down.unavailable, 5U);
  EXPECT_GT(down.untouched, 0U);
  pay_.result = ports::FetchResult::matched;
  pay_.next = ports::NextMove::use;
  EXPECT_EQ(run(Date::of(2026, 2, 12)).due, down.untouched) << "nobody twice on one day";
  EXPECT_EQ(run(Date::of(2026, 2, 13)).due, 5U);
}

TEST_F(PayWatch, PassesOverSomebodyWhoseCaseWasClosedMeanwhile) {
  const Date day = Date::of(2026, 2, 12);
  const auto found = find(day);
  auto closed = case_of("JG103759A", "1");
  closed.version = 2;
  closed.status = facts::CaseStatus::closed;
  world_.add_case(closed);
  ASSERT_TRUE(found->work(world_.context(), {.earnings = &pay_}, World::review_on(day)));
  EXPECT_EQ(found->summary().gone, 1U);
  EXPECT_TRUE(pay_.questions.empty()) << "nobody is asked about without an open case";
}

TEST_F(PayWatch, KnowsThePaydaysOfEverybodyForAPlan) {
  run(Date::of(2026, 2, 12));
  const auto found = find(Date::of(2026, 2, 13));
  ASSERT_EQ(found->paydays().size(), 1U);
  EXPECT_EQ(found->paydays()[0].rhythm, values::PayFrequency::M1);
  EXPECT_EQ(found->paydays()[0].next, Date::of(2026, 2, 28));
  EXPECT_EQ(found->paydays()[0].people, 1U);
}

}  // namespace
}  // namespace ig::core::jobs
