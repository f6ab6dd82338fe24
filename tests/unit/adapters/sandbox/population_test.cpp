#include "adapters/sandbox/population.hpp"

#include "adapters/sandbox/fps_files.hpp"
#include "adapters/sandbox/truth_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <sstream>

namespace ig::adapters::sandbox {
namespace {

using nlohmann::json;

const Day kAsOf = parse_day("2026-02-10").value();

Population population(std::uint64_t seed = 7, int people = 135) {
  return make_population(seed, people, kAsOf).value();
}

std::set<std::string> kinds(const std::vector<Expected>& list) {
  std::set<std::string> out;
  for (const Expected& one : list) out.insert(one.kind);
  return out;
}

TEST(SandboxPopulation, IsTheSameFromTheSameSeedAndAnotherFromAnother) {
  const auto one = population(7);
  const auto again = population(7);
  const auto other = population(8);
  EXPECT_EQ(population_json(one), population_json(again));
  EXPECT_EQ(cases_ndjson(one), cases_ndjson(again));
  EXPECT_NE(cases_ndjson(one), cases_ndjson(other));
  const auto files = make_fps_files(one);
  const auto same = make_fps_files(again);
  ASSERT_EQ(files.size(), same.size());
  for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(files[i].text, same[i].text);
}

TEST(SandboxPopulation, DealsEachArchetypeInTurn) {
  const auto names = population_kinds();
  const auto all = population(1, static_cast<int>(names.size()));
  ASSERT_EQ(all.people.size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(all.people[i].archetype, names[i]);
  EXPECT_EQ(all.cases.size(), names.size() + 1) << "one person has a case in both systems";
}

TEST(SandboxPopulation, GivesEachPersonANumberOfTheirOwnThatIsNoFiller) {
  const auto all = population(3, 2'000);
  std::set<std::string> numbers;
  for (const Member& member : all.people) {
    const std::string& nino = member.person.nino;
    ASSERT_EQ(nino.size(), 9U);
    EXPECT_EQ(nino.substr(0, 2), "RN");
    EXPECT_NE(std::string("ABCD").find(nino[8]), std::string::npos);
    numbers.insert(nino.substr(0, 8));
  }
  EXPECT_EQ(numbers.size(), all.people.size());
}

TEST(SandboxPopulation, KeepsWellAwayFromAQuarter) {
  const auto all = population(11, 2'700);
  for (const Case& own_case : all.cases) {
    const Member& member = all.people[own_case.person];
    if (member.jobs.empty() || member.archetype == "trading_fall") continue;
    const auto base = weekly_of_year(own_case.annual);
    const bool moved = differs_by_a_quarter(member.weekly_now, base);
    const auto must = kinds(own_case.must);
    EXPECT_EQ(moved && own_case.open, must.contains("IN_YEAR_INCOME")) << member.archetype;
    const auto percent = member.weekly_now * 100 / base;
    EXPECT_TRUE(percent <= 65 || (percent >= 84 && percent <= 118) || percent >= 138)
        << member.archetype << " " << percent;
  }
}

TEST(SandboxPopulation, MakesReviewsDueWithinThirtyDaysAndOthersNot) {
  for (const Case& own_case : population().cases) {
    const auto days = (own_case.review - kAsOf).count();
    const bool review = kinds(own_case.must).contains("ANNUAL_REVIEW");
    EXPECT_EQ(review, days >= 0 && days <= 30) << days;
    EXPECT_TRUE(review || days >= 60) << days;
    EXPECT_LT(own_case.since, kAsOf);
    EXPECT_LT(own_case.initial_effective, own_case.review);
  }
}

TEST(SandboxPopulation, WritesCasesAsTheContractSays) {
  std::istringstream lines(cases_ndjson(population()));
  std::string line;
  std::set<std::string> keys;
  while (std::getline(lines, line)) {
    const json one = json::parse(line);
    keys.insert(one["case_system"].get<std::string>() + one["case"].get<std::string>());
    EXPECT_EQ(one["person"]["nino"].get<std::string>().size(), 9U);
    EXPECT_TRUE(one["status"] == "OPEN" || one["status"] == "CLOSED");
    EXPECT_EQ(one["in_force"]["basis"], "HISTORIC");
    std::int64_t parts = 0;
    for (const auto& part : one["in_force"]["parts"]) parts += part.get<std::int64_t>();
    EXPECT_EQ(parts, one["in_force"]["annual_pence"].get<std::int64_t>());
    const auto annual = one["in_force"]["annual_pence"].get<std::int64_t>();
    EXPECT_EQ(one["in_force"]["weekly_pence"], (14 * annual + 365) / 730);
  }
  EXPECT_EQ(keys.size(), population().cases.size());
}

TEST(SandboxPopulation, RefusesDaysWhoseHistoryLeavesTheTaxYear) {
  for (const char* wrong : {"2025-05-20", "2025-07-24", "2026-04-06", "2024-12-01"}) {
    const auto made = make_population(1, 10, parse_day(wrong).value());
    ASSERT_FALSE(made) << wrong;
    EXPECT_EQ(made.error().code, core::base::ErrorCode::USAGE);
  }
  EXPECT_TRUE(make_population(1, 10, parse_day("2025-07-25").value()));
  EXPECT_TRUE(make_population(1, 10, parse_day("2026-04-05").value()));
  EXPECT_FALSE(make_population(1, 0, kAsOf));
  EXPECT_FALSE(make_population(1, kPeopleMax + 1, kAsOf));
}

TEST(SandboxPopulation, TestsAQuarterOnWholePence) {
  EXPECT_TRUE(differs_by_a_quarter(37'500, 30'000));
  EXPECT_FALSE(differs_by_a_quarter(37'499, 30'000));
  EXPECT_TRUE(differs_by_a_quarter(1, 0));
  EXPECT_FALSE(differs_by_a_quarter(0, 0));
  EXPECT_EQ(weekly_of_year(2'700'000), 51'781);
}

}  // namespace
}  // namespace ig::adapters::sandbox
