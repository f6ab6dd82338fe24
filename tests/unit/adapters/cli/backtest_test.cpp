#include "adapters/cli/backtest_report.hpp"
#include "adapters/cli/backtest_run.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/formats/cases.hpp"
#include "adapters/wire/json/value.hpp"
#include "adapters/wire/zone/london.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/adapters/cli/lines_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace ig::adapters::cli {
namespace {

namespace backtest = core::backtest;
using core::base::ErrorCode;
using core::values::Date;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A folder with a file of facts, and the people of some case lines.
class World {
 public:
  World() : law_(*load_parameters({})), zone_(wire::zone::make_london()) {}

  World& add_case(const std::string& line) {
    const auto value = wire::json::Reader().read(line);
    auto record = formats::read_case(*value);
    core::base::require(record && people_.take(*std::move(record)),
                        "the case of the test is whole");
    return *this;
  }
  World& facts(const std::string& text) {
    std::ofstream(folder_.file("facts"), std::ios::binary) << text;
    return *this;
  }

  BacktestResult run(Date from, Date to, unsigned threads = 1,
                     const core::rules::ParameterSet* today = nullptr) const {
    const auto tried = backtest::Span::make(from, to, law_, *zone_);
    std::optional<backtest::Span> other;
    if (today != nullptr) other = *backtest::Span::make(from, to, *today, *zone_);
    auto out = run_backtest(people_, *tried, other ? &*other : nullptr,
                            {folder_.file("facts"), backtest::Feedback::none, threads});
    core::base::require(out.has_value(), "the backtest of the test runs");
    return *std::move(out);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }
  [[nodiscard]] const BacktestPeople& people() const { return people_; }

 private:
  tests::support::TempFolder folder_;
  core::rules::ParameterSet law_;
  std::unique_ptr<core::ports::CivilZone> zone_;
  BacktestPeople people_;
};

const Date kFrom = Date::of(2026, 1, 1);
const Date kTo = Date::of(2026, 2, 28);

/// Eight people whose pay is far above the figure in force, and one nobody asks about.
std::unique_ptr<World> eight_people() {
  auto world = std::make_unique<World>();
  std::string facts = three_months("NA000899C", 200'000);
  for (int i = 0; i < 8; ++i) {
    const std::string nino = fmt::format("NA00080{}C", i);
    world->add_case(open_case(fmt::format("10{}", i), nino, 20'000));
    facts += three_months(nino, 200'000 + i);
  }
  world->facts(facts);
  return world;
}

std::string text_of(const BacktestResult& result) {
  std::string out;
  for (const TriggerLine& line : result.lines) out += line.text;
  return out;
}

TEST(Backtest, LinesAreTheSameWhateverTheNumberOfThreads) {
  const auto world = eight_people();
  const auto alone = world->run(kFrom, kTo, 1);
  EXPECT_THAT(alone.lines, SizeIs(8));
  EXPECT_EQ(alone.facts_unmatched, 3U);
  EXPECT_EQ(alone.facts_used, 24U);
  for (const unsigned threads : {2U, 3U, 7U, 16U}) {
    const auto many = world->run(kFrom, kTo, threads);
    EXPECT_EQ(text_of(many), text_of(alone)) << threads;
    EXPECT_EQ(many.facts_used, alone.facts_used);
    EXPECT_EQ(many.facts_unmatched, alone.facts_unmatched);
    EXPECT_EQ(many.case_days, alone.case_days);
  }
}

TEST(Backtest, LinesAreSortedByDayThenCase) {
  const auto result = eight_people()->run(kFrom, kTo);
  EXPECT_TRUE(std::ranges::is_sorted(result.lines, {}, [](const TriggerLine& line) {
    return std::pair(line.raised_on, line.case_key.case_id);
  }));
}

TEST(Backtest, ARefusedLineKeepsItsNumberAndTheRestGoesOn) {
  World world;
  world.add_case(open_case("100", "NA000800C", 20'000));
  std::string facts = three_months("NA000800C", 200'000);
  facts.insert(facts.find('\n') + 1, "not json\n\n");
  facts += payment("NA000800C", "2026-02-30", 1, 1);
  facts += R"({"fact":"payment","paid_on":"2026-01-01"})"
           "\n";
  world.facts(facts);
  for (const unsigned threads : {1U, 4U}) {
    const auto result = world.run(kFrom, kTo, threads);
    ASSERT_THAT(result.refused, SizeIs(3));
    EXPECT_EQ(result.refused[0].first, 2U);
    EXPECT_EQ(result.refused[0].second.error.code, ErrorCode::MALFORMED_JSON);
    EXPECT_EQ(result.refused[1].first, 6U);
    EXPECT_EQ(result.refused[1].second.error.code, ErrorCode::INVALID_DATE);
    EXPECT_EQ(result.refused[2].first, 7U);
    EXPECT_EQ(result.refused[2].second.error.code, ErrorCode::NO_PERSON);
    EXPECT_EQ(result.facts_refused, 3U);
    EXPECT_THAT(result.lines, SizeIs(1));
  }
}

TEST(Backtest, RefusesFactsOfTestMessages) {
  World world;
  world.add_case(open_case("100", "NA000800C", 20'000));
  world.facts(payment("NA000800C", "2026-01-30", 200'000, 200'000, "2026-01-29T10:11:12Z",
                      R"(,"test":true)"));
  const auto result = world.run(kFrom, kTo);
  ASSERT_THAT(result.refused, SizeIs(1));
  EXPECT_EQ(result.refused[0].second.error.code, ErrorCode::TEST_MESSAGE);
}

TEST(Backtest, FillerNumbersAndWhatComesAfterTheRunAreHeld) {
  World world;
  world.add_case(open_case("100", "NA000800C", 20'000));
  world.facts(payment("AB123456C", "2026-01-30", 1, 1) +
              payment("NA000800C", "2026-03-30", 1, 1, "2026-03-29T10:11:12Z"));
  EXPECT_EQ(world.run(kFrom, kTo).facts_held, 2U);
}

TEST(Backtest, WantsAPlainFile) {
  const World world;
  EXPECT_EQ(FactFile::open(world.file("absent"), {}, 2).error().code, ErrorCode::UNREADABLE);
  EXPECT_EQ(FactFile::open("/dev/null", {}, 2).error().code, ErrorCode::UNREADABLE);
}

TEST(Backtest, ACaseWithoutAPersonIsRefused) {
  BacktestPeople people;
  core::facts::CaseRecord record;
  EXPECT_EQ(people.take(record).error().code, ErrorCode::NO_PERSON);
}

BacktestAbout about(const World& world, const std::string& today) {
  return {.from = kFrom,
          .to = kTo,
          .feedback = backtest::Feedback::none,
          .tried_version = "sha256:tried",
          .today_version = today,
          .cases = world.people().case_count,
          .people = world.people().cases.size()};
}

TEST(BacktestReport, TheSummaryCountsByKindAndDirection) {
  const auto world = eight_people();
  const auto text = summary_json(about(*world, {}), world->run(kFrom, kTo));
  EXPECT_THAT(text, HasSubstr(R"("cases":8,"people":8,"case_days":472)"));
  EXPECT_THAT(text, HasSubstr(R"({"kind":"IN_YEAR_INCOME","direction":"UP","count":8})"));
  EXPECT_THAT(text, HasSubstr(R"("facts":{"used":24,"held":0,"refused":0,"unmatched":3})"));
  EXPECT_TRUE(wire::json::Reader().read(text).has_value());
}

TEST(BacktestReport, TheComparisonShowsBothSides) {
  const auto world = eight_people();
  const auto today = *load_parameters({});
  const auto result = world->run(kFrom, kTo, 2, &today);
  EXPECT_EQ(result.comparison.cases_changed(), 0U);
  EXPECT_THAT(comparison_table(about(*world, "sha256:today"), result),
              HasSubstr("0 of 8 cases change"));
  const auto page = comparison_page(about(*world, "sha256:today"), result);
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_THAT(page, HasSubstr("<td>2026-01</td><td>8</td><td>8</td>"));
  for (const char* outside : {"http:", "https:", "<script", "src="}) {
    EXPECT_THAT(page, ::testing::Not(HasSubstr(outside)));
  }
}

}  // namespace
}  // namespace ig::adapters::cli
