#include "adapters/sandbox/hmrc_world.hpp"

#include "adapters/sandbox/population.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace ig::adapters::sandbox {
namespace {

const Day kAsOf = parse_day("2026-02-10").value();
const Day kYearBegins = parse_day("2025-04-06").value();

class SandboxHmrcWorld : public ::testing::Test {
 protected:
  std::size_t index(std::string_view archetype) const {
    for (std::size_t i = 0; i < population.people.size(); ++i) {
      if (population.people[i].archetype == archetype) return i;
    }
    throw std::out_of_range("no such archetype");
  }
  std::vector<PaidRow> rows(std::string_view archetype, const ActiveFault& fault = {}) const {
    return world.rows(index(archetype), kYearBegins, kAsOf, fault);
  }

  Population population = make_population(5, 540, kAsOf).value();
  HmrcWorld world{population};
};

TEST_F(SandboxHmrcWorld, AddsUpToTheSumsToDateOfEveryJob) {
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    std::map<int, std::int64_t> paid;
    Day before = kYearBegins;
    for (const PaidRow& row : world.rows(i, kYearBegins, kAsOf, {})) {
      EXPECT_LE(before, row.paid_on);
      before = row.paid_on;
      paid[row.sequence] += row.pay;
      EXPECT_EQ(row.pay_to_date, paid[row.sequence]) << population.people[i].archetype;
    }
  }
}

TEST_F(SandboxHmrcWorld, HoldsAPaymentForEachPeriodOfTheYear) {
  EXPECT_EQ(rows("steady_monthly").size(), 10U) << "April to January";
  EXPECT_EQ(rows("steady_weekly").size(), 44U);
  EXPECT_EQ(rows("steady_four_weekly").size(), 11U);
  EXPECT_TRUE(rows("never_paid").empty());
  const auto started = rows("big_second_job");
  EXPECT_EQ(std::count_if(started.begin(), started.end(),
                          [](const PaidRow& row) { return row.sequence == 2; }),
            2);
}

TEST_F(SandboxHmrcWorld, GivesEachPaymentAnIdOfItsOwnSomeOf38Digits) {
  std::set<std::string> ids;
  std::size_t all = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    for (const PaidRow& row : world.rows(i, kYearBegins, kAsOf, {})) {
      ++all;
      ids.insert(row.id);
      EXPECT_NE(row.id.front(), '0');
      longest += row.id.size() == 38 ? 1 : 0;
    }
  }
  EXPECT_EQ(ids.size(), all);
  EXPECT_GT(longest, all / 20);
  EXPECT_LT(longest, all / 4);
}

TEST_F(SandboxHmrcWorld, KnowsThoseThePopulationSaysItDoes) {
  const auto& known = population.people[0].person.nino;
  EXPECT_EQ(world.find(known), 0U);
  EXPECT_EQ(world.find(known.substr(0, 8) + " "), 0U) << "the suffix does not count";
  EXPECT_FALSE(world.find("JG999999A"));
  EXPECT_FALSE(world.find(population.people[index("review_unknown_person")].person.nino));
}

TEST_F(SandboxHmrcWorld, SpoilsTheLastPaymentByFault) {
  const auto plain = rows("steady_monthly");
  const auto twice = rows("steady_monthly", {Fault::DUPLICATE_PAYMENT, "4"});
  ASSERT_EQ(twice.size(), plain.size() + 4);
  EXPECT_EQ(twice.back().id, plain.back().id);
  const auto twin = rows("steady_monthly", {Fault::TWIN_PAYMENT});
  ASSERT_EQ(twin.size(), plain.size() + 1);
  EXPECT_NE(twin.back().id, plain.back().id);
  EXPECT_EQ(twin.back().pay, plain.back().pay);
  const auto corrected = rows("steady_monthly", {Fault::CORRECTION});
  ASSERT_EQ(corrected.size(), plain.size() + 1);
  EXPECT_TRUE(corrected[plain.size() - 1].no_longer_valid);
  EXPECT_EQ(corrected.back().late_reason, "H");
  EXPECT_LT(corrected.back().pay, plain.back().pay);
  const auto falls = rows("steady_monthly", {Fault::YEAR_TO_DATE, "500"});
  EXPECT_EQ(falls.back().pay_to_date, plain.back().pay_to_date - 500);
  EXPECT_TRUE(rows("never_paid", {Fault::TWIN_PAYMENT}).empty());
}

TEST_F(SandboxHmrcWorld, PoisonsOneDayForGood) {
  const auto who = index("steady_monthly");
  const auto all = rows("steady_monthly");
  const Day day = all[all.size() / 2].paid_on;
  const ActiveFault poison{Fault::POISON_ROW};
  using std::chrono::days;
  EXPECT_TRUE(world.poisoned(who, kYearBegins, kAsOf, poison));
  EXPECT_TRUE(world.poisoned(who, day, day, poison));
  EXPECT_FALSE(world.poisoned(who, kYearBegins, day - days{1}, poison));
  EXPECT_FALSE(world.poisoned(who, day + days{1}, kAsOf, poison));
  EXPECT_FALSE(world.poisoned(who, kYearBegins, kAsOf, {}));
  EXPECT_TRUE(world.poisoned(who, kYearBegins, kAsOf, {Fault::POISON_ROW, text(kAsOf)}));
  EXPECT_FALSE(world.poisoned(index("never_paid"), kYearBegins, kAsOf, poison));
}

TEST_F(SandboxHmrcWorld, FilesReturnsThatAgreeWithTheYearlyFigure) {
  int with_returns = 0;
  int amended = 0;
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    const auto returns = world.returns(i);
    const Member& member = population.people[i];
    if (member.yearly.source == "SA" && member.yearly.status == YearlyTruth::Status::available) {
      EXPECT_FALSE(returns.empty()) << member.archetype;
    }
    if (returns.empty()) continue;
    ++with_returns;
    amended += returns.size() == 3 ? 1 : 0;
    const SaReturn& last = returns.back();
    EXPECT_EQ(last.year, member.yearly.tax_year);
    EXPECT_EQ(last.employment + last.trade, member.yearly.annual) << member.archetype;
    EXPECT_EQ(last.utr.size(), 10U);
    EXPECT_EQ(returns.front().year, last.year - 1);
  }
  EXPECT_GT(with_returns, 50);
  EXPECT_GT(amended, 3);
  EXPECT_GT(world.returns(index("trading_fall")).back().trade, 0);
  EXPECT_TRUE(world.returns(index("review_no_data")).empty());
}

TEST_F(SandboxHmrcWorld, HoldsEmploymentsThatOverlap) {
  const auto who = index("small_job_lost");
  const auto all = world.employments(who, kYearBegins, kAsOf);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].ended_on, population.people[who].jobs[1].left_on);
  const auto after = *all[1].ended_on + std::chrono::days{1};
  EXPECT_EQ(world.employments(who, after, kAsOf + std::chrono::days{9}).size(), 1U);
  EXPECT_TRUE(
      world.employments(who, parse_day("2014-01-01").value(), parse_day("2015-01-01").value())
          .empty());
}

}  // namespace
}  // namespace ig::adapters::sandbox
