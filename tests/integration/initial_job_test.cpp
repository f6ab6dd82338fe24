#include "core/jobs/initial.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace ig::core::jobs {
namespace {

using tests::case_of;
using tests::FakeHmrc;
using tests::TempFolder;
using tests::World;
using values::Date;
using values::Money;

/// Real-time pay as a test wants it.
class FakeEarnings final : public ports::CurrentEarnings {
 public:
  ports::FetchResult result = ports::FetchResult::matched;
  std::vector<Money> monthly;  ///< pay of the last months, newest first
  std::uint64_t asked = 0;
  Date from;
  Date to;

  ports::EarningsReply fetch(const ports::EarningsQuestion& question, base::Deadline) override {
    ++asked;
    from = question.from;
    to = question.to;
    ports::EarningsReply out;
    out.fetched.result = result;
    out.fetched.next = ports::NextMove::use;
    out.fetched.interface = "rtii-1.0";
    out.fetched.status = 200;
    out.fetched.calls = 1;
    out.fetched.raw = "pay";
    if (result == ports::FetchResult::not_matched) {
      facts::Answer answer;
      answer.header.fact_id = std::string(32, 'f');
      answer.header.source = {"rtii", {}, {}};
      answer.status = facts::AnswerStatus::not_matched;
      answer.match_pattern = 62;
      out.facts.emplace_back(answer);
    }
    for (std::size_t i = 0; i < monthly.size(); ++i) {
      facts::Payment payment;
      payment.header.fact_id = std::string(31, '0') + std::to_string(i);
      payment.header.source = {"rtii", {}, {}};
      payment.employment = {"120", "XB4471", "E17", 2};
      payment.paid_on = question.to.plus_months(-static_cast<int>(i)).plus_days(-2);
      payment.tax_year = values::TaxYear::of(payment.paid_on);
      payment.frequency = values::PayFrequency::M1;
      payment.taxable_pay = monthly[i];
      payment.payment_id = std::to_string(1000 + i);
      out.facts.emplace_back(payment);
    }
    return out;
  }
};

class InitialJob : public testing::Test {
 protected:
  InitialJob() {
    auto record = case_of("JG103759A", "1");
    record.in_force.reset();
    record.review_date.reset();
    record.initial_effective_date = Date::of(2026, 2, 20);
    world_.add_case(record);
  }
  base::Result<InitialReport> run(Date as_of) {
    const auto context = world_.context();
    const HmrcPorts ports{.yearly = &hmrc_, .earnings = &earnings_};
    return run_initial(context, ports, {"cms", "1", "PP1"}, {.as_of = as_of});
  }

  TempFolder folder_;
  World world_{folder_.file("store.db")};
  FakeHmrc hmrc_;
  FakeEarnings earnings_;
};

TEST_F(InitialJob, GivesTraceYearlyFigureAndRealTimePayInOneAnswer) {
  hmrc_.annual_pence["JG103759"] = 2'600'000;
  earnings_.monthly.assign(5, Money::pence(216'667));
  const auto report = run(Date::of(2026, 2, 10));
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->trace, "MATCHED");
  ASSERT_TRUE(report->yearly.has_value());
  EXPECT_EQ(report->yearly->annual, Money::pence(2'600'000));
  EXPECT_EQ(report->payments, 5u);
  EXPECT_EQ(report->weekly, Money::pence(49'863));
  EXPECT_EQ(report->assessment.action, rules::Action::DETERMINE);
  EXPECT_EQ(report->triggers, 1u);
  ASSERT_EQ(report->clock.size(), 2u);
  EXPECT_EQ(report->clock[0].interface, "rtii-1.0");
  EXPECT_EQ(report->clock[1].interface, "yearly");
}

TEST_F(InitialJob, FlagsPayThatDiffersAndNeverUsesItAsAFigure) {
  hmrc_.annual_pence["JG103759"] = 2'600'000;
  earnings_.monthly.assign(5, Money::pence(350'000));
  const auto report = run(Date::of(2026, 2, 10));
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->assessment.basis, facts::Basis::historic);
  EXPECT_EQ(report->assessment.gross_weekly_income, Money::pence(49'863));
  const auto& flags = report->assessment.flags;
  EXPECT_NE(std::ranges::find(flags, "RTI_DIFFERS"), flags.end());
}

TEST_F(InitialJob, SaysWhatAgreedWhenThePersonDoesNotMatch) {
  earnings_.result = ports::FetchResult::not_matched;
  const auto report = run(Date::of(2026, 2, 10));
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->trace, "NOT_MATCHED");
  EXPECT_EQ(report->match_pattern, 62);
}

TEST_F(InitialJob, AsksNobodyMoreThanThirtyDaysBeforeTheEffectiveDate) {
  const auto early = run(Date::of(2026, 1, 20));
  ASSERT_FALSE(early.has_value());
  EXPECT_EQ(early.error().code, base::ErrorCode::DATE_OUT_OF_RANGE);
  EXPECT_EQ(hmrc_.asked + earnings_.asked, 0u);
  EXPECT_TRUE(run(Date::of(2026, 1, 21)).has_value());
}

TEST_F(InitialJob, AsksNobodyAboutAClosedCase) {
  auto record = case_of("JG103759A", "1");
  record.version = 9;
  record.status = facts::CaseStatus::closed;
  world_.add_case(record);
  const auto refused = run(Date::of(2026, 2, 10));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, base::ErrorCode::NOT_FOUND);
  EXPECT_EQ(hmrc_.asked + earnings_.asked, 0u);
}

TEST_F(InitialJob, AsksForNoMorePayThanTheWindowNeeds) {
  ASSERT_TRUE(run(Date::of(2026, 2, 10)).has_value());
  EXPECT_EQ(earnings_.to, Date::of(2026, 2, 10));
  EXPECT_EQ(earnings_.from, Date::of(2025, 11, 10).plus_days(-35));
}

TEST_F(InitialJob, TriesAgainUntilTheEffectiveDateAndThenTellsAPerson) {
  hmrc_.down = true;
  auto report = run(Date::of(2026, 2, 10));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->assessment.action, rules::Action::RETRY);
  EXPECT_EQ(report->triggers, 0u);
  report = run(Date::of(2026, 2, 20));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->assessment.action, rules::Action::HUMAN_34_2_C);
  EXPECT_EQ(report->triggers, 1u);
}

}  // namespace
}  // namespace ig::core::jobs
