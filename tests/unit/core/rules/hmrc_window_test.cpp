#include "core/rules/hmrc_window.hpp"

#include "tests/support/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using facts::FigureStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using values::Date;
using values::Instant;
using values::Money;
using values::TaxYear;

const Date kDay = Date::of(2026, 11, 10);

const Parameters& law() {
  static const Parameters out = *tests::law().on(kDay, facts::Jurisdiction::gb);
  return out;
}

Parameters law_with(std::string_view name, const ParameterValue& value) {
  return *tests::law_with(name, value).on(kDay, facts::Jurisdiction::gb);
}

TaxYear year(int start) { return TaxYear::starting(start); }

HeldYear paye(int start) { return {year(start), FigureSource::paye, std::nullopt}; }

HeldYear sa(int start) { return {year(start), FigureSource::sa, std::nullopt}; }

// ---- tax years ----

TEST(HmrcWindow, IsTheSixTaxYearsThatEndedBeforeTheRequest) {
  const auto six =
      ElementsAre(year(2025), year(2024), year(2023), year(2022), year(2021), year(2020));
  EXPECT_THAT(relevant_tax_years(kDay, law()), six);
  EXPECT_THAT(relevant_tax_years(Date::of(2026, 4, 6), law()), six);
}

TEST(HmrcWindow, LeavesOutTheYearThatStillRuns) {
  const auto years = relevant_tax_years(Date::of(2026, 4, 5), law());
  EXPECT_EQ(years.front(), year(2024));
  EXPECT_EQ(years.back(), year(2019));
}

TEST(HmrcWindow, HasAsManyYearsAsTheLawSays) {
  EXPECT_THAT(relevant_tax_years(kDay, law_with("hmrc.window_years", std::int64_t{2})),
              ElementsAre(year(2025), year(2024)));
}

TEST(HmrcWindow, KnowsItsEdges) {
  EXPECT_FALSE(is_relevant(year(2026), kDay, law()));
  EXPECT_TRUE(is_relevant(year(2025), kDay, law()));
  EXPECT_TRUE(is_relevant(year(2020), kDay, law()));
  EXPECT_FALSE(is_relevant(year(2019), kDay, law()));
}

TEST(LatestYear, IsTheNewestHeldOfTheWindow) {
  const HeldYear held[] = {paye(2023), paye(2025), paye(2024)};
  const auto out = latest_available(held, std::nullopt, kDay, law());
  EXPECT_EQ(out.status, FigureStatus::available);
  EXPECT_EQ(out.used, paye(2025));
  EXPECT_FALSE(out.stale);
}

TEST(LatestYear, OfFiveYearsAgoIsLawfulAndStale) {
  const HeldYear held[] = {paye(2020)};
  const auto out = latest_available(held, std::nullopt, kDay, law());
  EXPECT_EQ(out.used, paye(2020));
  EXPECT_TRUE(out.stale);
}

TEST(LatestYear, IsNoDataWhereNothingOfTheWindowIsHeld) {
  const HeldYear held[] = {paye(2019), paye(2026)};
  for (const auto& out : {latest_available(held, std::nullopt, kDay, law()),
                          latest_available({}, std::nullopt, kDay, law()),
                          latest_available({}, sa(2019), kDay, law())}) {
    EXPECT_EQ(out.status, FigureStatus::no_data);
    EXPECT_EQ(out.used, std::nullopt);
    EXPECT_FALSE(out.stale);
  }
}

TEST(LatestYear, TakesTheReturnBeforePayeOfTheSameYear) {
  HeldYear from_return = sa(2025);
  from_return.annual = Money::pence(3'410'000);
  HeldYear from_pay = paye(2025);
  from_pay.annual = Money::pence(3'655'000);
  const HeldYear held[] = {from_pay, from_return};
  const HeldYear reversed[] = {from_return, from_pay};
  EXPECT_EQ(latest_available(held, std::nullopt, kDay, law()).used, from_return);
  EXPECT_EQ(latest_available(reversed, std::nullopt, kDay, law()).used, from_return);
  EXPECT_EQ(latest_available(held, paye(2025), kDay, law()).used, from_return);
}

TEST(LatestYear, TakesTheLaterYearWhateverItsSourceWhereHmrcNamesNone) {
  const HeldYear held[] = {sa(2024), paye(2025)};
  EXPECT_EQ(latest_available(held, std::nullopt, kDay, law()).used, paye(2025));
}

TEST(LatestYear, KeepsToTheYearHmrcAsserts) {
  const HeldYear held[] = {sa(2024), paye(2025)};
  const auto out = latest_available(held, sa(2024), kDay, law());
  EXPECT_EQ(out.used, sa(2024));
  EXPECT_TRUE(out.stale);
}

TEST(LatestYear, LetsLaterPayGoBeforeAReturnWhereTheSwitchSaysSo) {
  const auto other = law_with("hmrc.latest_year_policy", std::string("LATER_PAYE_BEATS_SA"));
  const HeldYear held[] = {paye(2023), sa(2024), paye(2025)};
  EXPECT_EQ(latest_available(held, sa(2024), kDay, other).used, paye(2025));
  EXPECT_EQ(latest_available(held, paye(2023), kDay, other).used, paye(2023));
  const HeldYear returns[] = {sa(2023), sa(2025)};
  EXPECT_EQ(latest_available(returns, sa(2023), kDay, other).used, sa(2023));
}

TEST(LatestYear, PassesOverAnAssertedYearOutsideTheWindow) {
  const HeldYear held[] = {paye(2024)};
  EXPECT_EQ(latest_available(held, sa(2019), kDay, law()).used, paye(2024));
}

TEST(FigureSource, HasHmrcsName) {
  EXPECT_EQ(name(FigureSource::sa), "SA");
  EXPECT_EQ(name(FigureSource::paye), "PAYE");
}

// ---- the day of the request ----

TEST(RequestTiming, TakesDayThirtyAndNotDayThirtyOne) {
  const Date review = Date::of(2026, 12, 1);
  const auto first = request_timing(Date::of(2026, 11, 1), review, law());
  EXPECT_EQ(first.days_before, 30);
  EXPECT_TRUE(first.in_window);
  const auto early = request_timing(Date::of(2026, 10, 31), review, law());
  EXPECT_EQ(early.days_before, 31);
  EXPECT_FALSE(early.in_window);
  EXPECT_TRUE(request_timing(Date::of(2026, 2, 13), Date::of(2026, 3, 15), law()).in_window);
}

TEST(RequestTiming, AllowsALateRequestUnlessTheSwitchRefusesIt) {
  const auto refused = law_with("request.after_anchor", std::string("REFUSED"));
  const Date review = Date::of(2026, 12, 1);
  const auto on_the_day = request_timing(review, review, refused);
  EXPECT_EQ(on_the_day.days_before, 0);
  EXPECT_FALSE(on_the_day.after_anchor);
  EXPECT_TRUE(on_the_day.in_window);
  const auto late = request_timing(review.plus_days(1), review, law());
  EXPECT_EQ(late.days_before, -1);
  EXPECT_TRUE(late.after_anchor);
  EXPECT_TRUE(late.in_window);
  EXPECT_FALSE(request_timing(review.plus_days(1), review, refused).in_window);
}

TEST(AskDates, AreTheFirstDayOfTheWindow) {
  EXPECT_EQ(earliest_request(Date::of(2026, 12, 1), law()), Date::of(2026, 11, 1));
  EXPECT_THAT(ask_dates(Date::of(2026, 12, 1), law()), ElementsAre(Date::of(2026, 11, 1)));
}

TEST(AskDates, ComeAgainWithTheNewTaxYearForReviewsDueFrom6AprilTo5May) {
  const Date april = Date::of(2026, 4, 6);
  EXPECT_THAT(ask_dates(Date::of(2026, 4, 5), law()), ElementsAre(Date::of(2026, 3, 6)));
  EXPECT_THAT(ask_dates(april, law()), ElementsAre(Date::of(2026, 3, 7), april));
  EXPECT_THAT(ask_dates(Date::of(2026, 5, 5), law()), ElementsAre(Date::of(2026, 4, 5), april));
  EXPECT_THAT(ask_dates(Date::of(2026, 5, 6), law()), ElementsAre(april));
}

TEST(AskDates, DoNotComeAgainWhereTheFirstReplyStands) {
  const auto other = law_with("hmrc.april_straddle", std::string("FIRST_STANDS"));
  EXPECT_THAT(ask_dates(Date::of(2026, 4, 20), other), ElementsAre(Date::of(2026, 3, 21)));
}

TEST(RequestsAtReview, AskForUnearnedIncomeOnlyWhereAVariationUnderReg69IsInForce) {
  EXPECT_THAT(requests_at_review(false), ElementsAre(RequestType::yearly_figure));
  EXPECT_THAT(requests_at_review(true),
              ElementsAre(RequestType::yearly_figure, RequestType::unearned_income));
}

// ---- several replies ----

ReplyMark reply(std::string id, int requested, int received) {
  return {std::move(id), Instant::of_millis(requested), Instant::of_millis(received)};
}

TEST(StandingReply, IsTheOneToTheLastRequestHoweverLateAnotherComes) {
  const ReplyMark replies[] = {reply("new", 20, 25), reply("old", 10, 30)};
  EXPECT_EQ(standing_reply(replies), 0U);
  EXPECT_THAT(first_replies(replies), ElementsAre(1U, 0U));
}

TEST(StandingReply, IsNothingWithoutReplies) {
  EXPECT_EQ(standing_reply({}), std::nullopt);
  EXPECT_THAT(first_replies({}), IsEmpty());
}

TEST(StandingReply, IsTheFirstReceivedOfOneRequest) {
  const ReplyMark replies[] = {reply("same", 10, 30), reply("same", 10, 20), reply("same", 10, 20)};
  EXPECT_THAT(first_replies(replies), ElementsAre(1U));
  EXPECT_EQ(standing_reply(replies), 1U);
}

TEST(StandingReply, IsTheLastReceivedOfTwoRequestsMadeAtOnce) {
  const ReplyMark replies[] = {reply("b", 10, 30), reply("a", 10, 20)};
  EXPECT_EQ(standing_reply(replies), 0U);
}

}  // namespace
}  // namespace ig::core::rules
