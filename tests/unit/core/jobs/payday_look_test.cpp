#include "core/jobs/payday_look.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace ig::core::jobs {
namespace {

using values::Date;
using values::PayFrequency;

ledger::EmploymentIncome job(PayFrequency frequency, Date last_paid_on) {
  ledger::EmploymentIncome out;
  out.frequency = frequency;
  out.last_paid_on = last_paid_on;
  return out;
}

ledger::PersonIncome person(Date as_of, std::vector<ledger::EmploymentIncome> jobs) {
  ledger::PersonIncome out;
  out.as_of = as_of;
  out.employments = std::move(jobs);
  return out;
}

ports::Pull asked(Date on, std::uint32_t attempts) {
  ports::Pull out;
  out.last_on = on;
  out.attempts = attempts;
  return out;
}

TEST(PaydayLook, FollowsTheRhythmAndStaysWithTheEndOfTheMonth) {
  EXPECT_EQ(payday_after(Date::of(2026, 1, 30), PayFrequency::W1), Date::of(2026, 2, 6));
  EXPECT_EQ(payday_after(Date::of(2026, 1, 30), PayFrequency::W4), Date::of(2026, 2, 27));
  EXPECT_EQ(payday_after(Date::of(2026, 1, 15), PayFrequency::M1), Date::of(2026, 2, 15));
  EXPECT_EQ(payday_after(Date::of(2026, 1, 30), PayFrequency::M1), Date::of(2026, 2, 28));
  EXPECT_EQ(payday_after(Date::of(2026, 2, 27), PayFrequency::M1), Date::of(2026, 3, 31))
      << "the last banking day of a short month";
  EXPECT_EQ(payday_after(Date::of(2026, 1, 15), PayFrequency::MA), Date::of(2027, 1, 15));
}

TEST(PaydayLook, LooksOnTheDayAfterTheNextPayday) {
  const auto looks =
      expected_looks(person(Date::of(2026, 2, 10), {job(PayFrequency::M1, Date::of(2026, 1, 30))}),
                     {7}, {.after_days = 1});
  ASSERT_EQ(looks.size(), 1U);
  EXPECT_EQ(looks[0].anchor, Date::of(2026, 2, 28));
  EXPECT_EQ(looks[0].on, Date::of(2026, 3, 1));
  EXPECT_FALSE(is_look_due(looks[0], std::nullopt, Date::of(2026, 2, 28)));
  EXPECT_TRUE(is_look_due(looks[0], std::nullopt, Date::of(2026, 3, 1)));
}

TEST(PaydayLook, WaitsForTheLatestPaydayOfASilentJob) {
  const auto looks =
      expected_looks(person(Date::of(2026, 2, 10), {job(PayFrequency::W1, Date::of(2026, 1, 16))}),
                     {7}, {.after_days = 1});
  ASSERT_EQ(looks.size(), 1U);
  EXPECT_EQ(looks[0].anchor, Date::of(2026, 2, 6)) << "not the one of 23 January";
}

TEST(PaydayLook, TakesEachJobAndCountsOnePaydayOnce) {
  const Date as_of = Date::of(2026, 2, 10);
  auto ended = job(PayFrequency::M1, Date::of(2026, 1, 20));
  ended.status = ledger::EmploymentStatus::ended;
  const auto looks =
      expected_looks(person(as_of, {job(PayFrequency::W1, Date::of(2026, 2, 6)),
                                    job(PayFrequency::W2, Date::of(2026, 1, 30)),
                                    job(PayFrequency::M1, Date::of(2026, 1, 15)), ended}),
                     {7}, {.after_days = 1});
  ASSERT_EQ(looks.size(), 2U);
  EXPECT_EQ(looks[0].anchor, Date::of(2026, 2, 13)) << "of the weekly and the fortnightly job";
  EXPECT_EQ(looks[1].anchor, Date::of(2026, 2, 15));
}

TEST(PaydayLook, GivesPeopleWithoutExpectedPayATurnEveryFourWeeks) {
  const Date as_of = Date::of(2026, 2, 10);
  for (const std::int64_t number : {1, 2, 27, 28, 29, 1'000'003}) {
    const values::PersonId who{number};
    const auto today = expected_looks(person(as_of, {}), who, {});
    ASSERT_EQ(today.size(), 1U);
    EXPECT_FALSE(today[0].rhythm.has_value());
    EXPECT_LE(today[0].on, as_of);
    EXPECT_LT(values::days_between(today[0].on, as_of), kLookAnyway);
    const auto later = expected_looks(person(today[0].on.plus_days(kLookAnyway), {}), who, {});
    EXPECT_EQ(later[0].on, today[0].on.plus_days(kLookAnyway));
    const auto before = expected_looks(person(later[0].on.plus_days(-1), {}), who, {});
    EXPECT_EQ(before[0].anchor, today[0].anchor) << "one turn, not two";
  }
}

TEST(PaydayLook, AsksAgainAfterThreeSevenAndFourteenDaysAndThenWaitsForTheNextPayday) {
  const ExpectedLook look{Date::of(2026, 1, 30), Date::of(2026, 1, 31), PayFrequency::M1};
  const Date first = Date::of(2026, 1, 31);
  EXPECT_FALSE(is_look_due(look, asked(first, 1), first));
  EXPECT_FALSE(is_look_due(look, asked(first, 1), first.plus_days(2)));
  EXPECT_TRUE(is_look_due(look, asked(first, 1), first.plus_days(3)));
  const Date second = first.plus_days(3);
  EXPECT_FALSE(is_look_due(look, asked(second, 2), second.plus_days(6)));
  EXPECT_TRUE(is_look_due(look, asked(second, 2), second.plus_days(7)));
  const Date third = second.plus_days(7);
  EXPECT_TRUE(is_look_due(look, asked(third, 3), third.plus_days(14)));
  EXPECT_FALSE(is_look_due(look, asked(third.plus_days(14), 4), third.plus_days(100)));
}

TEST(PaydayLook, AsksAgainOnTheNextDayWhenHmrcCouldNotSay) {
  const ExpectedLook look{Date::of(2026, 1, 30), Date::of(2026, 1, 31), PayFrequency::M1};
  const Date first = Date::of(2026, 1, 31);
  EXPECT_FALSE(is_look_due(look, asked(first, 0), first));
  EXPECT_TRUE(is_look_due(look, asked(first, 0), first.plus_days(1)));
}

TEST(PaydayLook, IsOverForATurnThatWasAnswered) {
  const ExpectedLook look{Date::of(2026, 1, 20), Date::of(2026, 1, 20), std::nullopt};
  auto pull = asked(Date::of(2026, 1, 21), 1);
  pull.answered = true;
  EXPECT_FALSE(is_look_due(look, pull, Date::of(2026, 2, 10)));
}

}  // namespace
}  // namespace ig::core::jobs
