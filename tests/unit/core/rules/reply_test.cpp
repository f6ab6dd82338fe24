#include "core/rules/reply.hpp"

#include "tests/support/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using ::testing::HasSubstr;
using values::Date;
using values::Instant;
using values::Money;
using values::TaxYear;

const Date kAsked = Date::of(2026, 11, 10);

const Parameters& law() {
  static const Parameters out = *tests::law().on(kAsked, facts::Jurisdiction::gb);
  return out;
}

ReplyContext review() { return {Date::of(2026, 12, 1), std::nullopt}; }

Reply whole() {
  Reply out;
  out.request_id = "r1";
  out.requested_on = kAsked;
  out.received_at = Instant::of_millis(1);
  out.subject_matches = true;
  out.tax_year = TaxYear::starting(2025);
  out.annual = Money::pence(3'000'000);
  out.source = FigureSource::paye;
  return out;
}

void expect(const Reply& reply, ReplyFault fault, Action action,
            const ReplyContext& context = review()) {
  const auto out = judge(reply, context, law());
  EXPECT_EQ(out.fault, fault);
  EXPECT_EQ(out.action, action);
  EXPECT_FALSE(out.usable());
  EXPECT_FALSE(out.says.empty());
}

TEST(Reply, ThatIsWholeIsUsable) {
  const auto out = judge(whole(), review(), law());
  EXPECT_TRUE(out.usable());
  EXPECT_EQ(out.fault, ReplyFault::none);
  EXPECT_TRUE(out.says.empty());
  Reply nil = whole();
  nil.annual = Money();
  EXPECT_TRUE(judge(nil, review(), law()).usable());
}

TEST(Reply, WithoutATaxYearIsRejected) {
  Reply reply = whole();
  reply.tax_year.reset();
  expect(reply, ReplyFault::no_tax_year, Action::REJECT_RESPONSE);
}

TEST(Reply, ForAYearOutsideTheWindowIsRejected) {
  Reply reply = whole();
  for (const int year : {2019, 2026}) {
    reply.tax_year = TaxYear::starting(year);
    expect(reply, ReplyFault::year_outside_window, Action::REJECT_RESPONSE);
  }
  reply.tax_year = TaxYear::starting(2020);
  EXPECT_TRUE(judge(reply, review(), law()).usable());
}

TEST(Reply, ToARequestOutsideTheWindowIsKeptAndNotUsed) {
  Reply reply = whole();
  reply.requested_on = Date::of(2026, 10, 31);
  expect(reply, ReplyFault::asked_outside_window, Action::REJECT_RESPONSE);
  reply.requested_on = Date::of(2026, 11, 1);
  EXPECT_TRUE(judge(reply, review(), law()).usable());
}

TEST(Reply, AboutAnotherPersonIsRejected) {
  Reply reply = whole();
  reply.subject_matches = false;
  expect(reply, ReplyFault::other_person, Action::REJECT_RESPONSE);
}

TEST(Reply, ThatCannotBeTracedIsRejected) {
  Reply without_id = whole();
  without_id.request_id.clear();
  expect(without_id, ReplyFault::request_unknown, Action::REJECT_RESPONSE);
  Reply without_day = whole();
  without_day.requested_on.reset();
  expect(without_day, ReplyFault::request_unknown, Action::REJECT_RESPONSE);
  Reply without_receipt = whole();
  without_receipt.received_at.reset();
  expect(without_receipt, ReplyFault::request_unknown, Action::REJECT_RESPONSE);
}

TEST(Reply, WithoutSourceOrSumIsRejected) {
  Reply reply = whole();
  reply.annual.reset();
  expect(reply, ReplyFault::no_sum, Action::REJECT_RESPONSE);
  reply.annual = Money::pence(-1);
  expect(reply, ReplyFault::no_sum, Action::REJECT_RESPONSE);
  reply.source.reset();
  expect(reply, ReplyFault::no_source, Action::REJECT_RESPONSE);
}

TEST(Reply, NetOfThePersonalAllowanceIsAskedForAgain) {
  Reply reply = whole();
  reply.annual = Money::pence(3'478'100);
  reply.stage = FigureStage::after_personal_allowance;
  expect(reply, ReplyFault::after_allowance, Action::REJECT_FIGURE_REREQUEST);
  EXPECT_THAT(std::string(judge(reply, review(), law()).says),
              HasSubstr("net of the personal allowance"));
}

TEST(Reply, ForAnOlderYearThanIsEvidencedIsAskedForAgain) {
  const auto early = *tests::law().on(Date::of(2014, 11, 10), facts::Jurisdiction::gb);
  Reply reply = whole();
  reply.requested_on = Date::of(2014, 11, 10);
  reply.tax_year = TaxYear::starting(2008);
  reply.annual = Money::pence(3'400'000);
  const ReplyContext context{Date::of(2014, 12, 1), TaxYear::starting(2013)};
  const auto out = judge(reply, context, early);
  EXPECT_EQ(out.action, Action::REREQUEST_HMRC);
  EXPECT_EQ(out.fault, ReplyFault::newer_year_evidenced);
}

TEST(Reply, IsNotAskedForAgainForAYearThatMayNotBeUsed) {
  ReplyContext context = review();
  context.evidenced_year = TaxYear::starting(2026);
  EXPECT_TRUE(judge(whole(), context, law()).usable());
  context.evidenced_year = TaxYear::starting(2025);
  EXPECT_TRUE(judge(whole(), context, law()).usable());
  context.evidenced_year = TaxYear::starting(2024);
  EXPECT_TRUE(judge(whole(), context, law()).usable());
}

TEST(Reply, ThatHmrcHoldsNothingNeedsNoYearAndNoSum) {
  Reply reply;
  reply.request_id = "r1";
  reply.requested_on = kAsked;
  reply.received_at = Instant::of_millis(1);
  reply.subject_matches = true;
  reply.holds_figure = false;
  EXPECT_TRUE(judge(reply, review(), law()).usable());
  reply.subject_matches = false;
  expect(reply, ReplyFault::other_person, Action::REJECT_RESPONSE);
}

TEST(Action, HasANameForAFigureThatIsRefused) {
  EXPECT_EQ(name(Action::REJECT_FIGURE_REREQUEST), "REJECT_FIGURE_REREQUEST");
}

}  // namespace
}  // namespace ig::core::rules
