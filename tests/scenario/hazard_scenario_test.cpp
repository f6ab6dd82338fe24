// What real payroll data does to a reader of it, hazard by hazard: tests/scenario/hazards holds the
// scenarios, and a list that names for each hazard what shows it.
#include "adapters/formats/cases.hpp"
#include "adapters/formats/proposals.hpp"
#include "core/jobs/proposals.hpp"
#include "tests/scenario/pay_scenario.hpp"
#include "tests/support/law.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

namespace ig::tests::scenario {
namespace {

constexpr int kHazards = 57;

std::string folder() { return std::string(IG_SOURCE_DIR) + "/tests/scenario/hazards"; }

/// Every line of every file of scenarios, in the order of the files' names.
std::vector<json> scenarios() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder())) {
    if (file.path().extension() == ".ndjson") files.push_back(file.path());
  }
  std::ranges::sort(files);
  std::vector<json> out;
  for (const auto& file : files) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
  }
  return out;
}

/// "Hazard16_A_payroll_id_changed_undeclared_is_the_same_job".
std::string name_of(const json& scenario) {
  std::string out = fmt::format("Hazard{:02}_", scenario.at("hazard").get<int>());
  for (const char c : scenario.at("says").get<std::string>()) {
    out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return out;
}

/// A case with a figure of income in force since before the pay of the scenario.
core::facts::CaseRecord case_of(const json& changes) {
  json whole = {{"case_system", "cms"},
                {"case", "100000000017"},
                {"paying_parent", "PP1"},
                {"version", 1},
                {"sent_at", "2024-01-01T06:00:00Z"},
                {"status", "OPEN"},
                {"jurisdiction", "GB"},
                {"collection", "DIRECT_PAY"},
                {"person", {{"nino", "NA000799C"}}},
                {"review_date", "2026-12-01"},
                {"in_force",
                 {{"basis", "HISTORIC"},
                  {"tax_year", "2023-24"},
                  {"effective_date", "2024-12-01"},
                  {"since", "2024-12-01"}}}};
  whole.merge_patch(changes);
  adapters::wire::json::Reader reader;
  const auto value = reader.read(whole.dump());
  const auto out = adapters::formats::read_case(*value);
  EXPECT_TRUE(out.has_value()) << whole << ": " << out.error().message;
  return *out;
}

bool holds(const json& list, const json& one) { return std::ranges::find(list, one) != list.end(); }

/// What `propose` makes of the income, beside what the scenario says: null for nothing, or whether
/// the income is tested, and the reasons it names among others.
void compare_proposal(const json& scenario, const core::ledger::PersonIncome& income,
                      const core::rules::Parameters& law) {
  const std::string id = name_of(scenario);
  const json& expected = scenario.at("expected_proposal");
  const std::vector cases = {case_of(scenario.at("case"))};
  const auto found = core::triggers::propose(income, cases, core::jobs::propose_policy(law));
  ASSERT_EQ(found.empty(), expected.is_null()) << id;
  if (found.empty()) return;
  std::string text;
  adapters::formats::write_context(text, found.front().context);
  const json context = json::parse(text);
  EXPECT_EQ(context.at("test_called_for"), expected.at("tested")) << id << ": " << text;
  for (const json& code : expected.value("reasons", json::array())) {
    EXPECT_TRUE(holds(context.at("reasons"), code)) << id << ": " << code << ": " << text;
  }
  for (const json& code : expected.value("not_reasons", json::array())) {
    EXPECT_FALSE(holds(context.at("reasons"), code)) << id << ": " << code << ": " << text;
  }
  EXPECT_EQ(context.value("human_review", ""), expected.value("human_review", "")) << id;
}

class Hazards : public ::testing::TestWithParam<json> {};

/// Facts, a day, what the ledger line must hold, and what is proposed for a case.
TEST_P(Hazards, ComeOutAsWritten) {
  const json& scenario = GetParam();
  static const core::rules::ParameterSet law = ig::tests::law();
  const auto as_of = core::values::Date::parse(scenario.at("as_of").get<std::string>());
  const auto rules = law.on(*as_of, core::facts::Jurisdiction::gb);
  ASSERT_TRUE(rules.has_value());
  const Facts facts = read_facts(scenario);
  const auto income = core::ledger::weigh(facts.payments, facts.employments, *as_of,
                                          core::jobs::ledger_policy(*rules));
  compare(name_of(scenario), {}, scenario.at("expected"), ledger_line(facts, income));
  if (scenario.contains("case")) compare_proposal(scenario, income, *rules);
}

INSTANTIATE_TEST_SUITE_P(Pay, Hazards, ::testing::ValuesIn(scenarios()),
                         [](const auto& one) { return name_of(one.param); });

/// The rows of the list: hazard, and the names in its last column.
std::map<int, std::string> listed() {
  std::ifstream in(folder() + "/README.md");
  std::map<int, std::string> out;
  for (std::string line; std::getline(in, line);) {
    int number = 0;
    char bar = 0;
    std::istringstream words(line);
    if (!(words >> bar >> number) || bar != '|') continue;
    EXPECT_TRUE(out.emplace(number, line).second) << "listed twice: " << number;
  }
  return out;
}

/// Every `Suite.Name` between backquotes in a row.
std::vector<std::string> tests_named(const std::string& row) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = row.find('`', at)) != std::string::npos; ++at) {
    const std::size_t end = row.find('`', at + 1);
    if (end == std::string::npos) break;
    const std::string name = row.substr(at + 1, end - at - 1);
    if (name.find('.') != std::string::npos) out.push_back(name);
    at = end;
  }
  return out;
}

/// "Suite, Name" of every test of the tree.
std::set<std::string> tests_there_are() {
  std::set<std::string> out;
  const std::filesystem::path tests = std::string(IG_SOURCE_DIR) + "/tests";
  for (const auto& file : std::filesystem::recursive_directory_iterator(tests)) {
    if (!file.path().string().ends_with("_test.cpp")) continue;
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("TEST")) continue;
      const std::size_t open = line.find('(');
      const std::size_t comma = line.find(", ", open);
      const std::size_t close = line.find(')', open);
      if (comma == std::string::npos || close < comma) continue;
      out.insert(line.substr(open + 1, comma - open - 1) + "." +
                 line.substr(comma + 2, close - comma - 2));
    }
  }
  return out;
}

TEST(HazardList, NamesWhatShowsEachOfThem) {
  std::set<int> in_scenarios;
  for (const json& one : scenarios()) in_scenarios.insert(one.at("hazard").get<int>());
  const auto rows = listed();
  const auto known = tests_there_are();
  for (int hazard = 1; hazard <= kHazards; ++hazard) {
    const auto row = rows.find(hazard);
    ASSERT_NE(row, rows.end()) << "not listed: " << hazard;
    const bool says_scenario = row->second.find("scenario") != std::string::npos;
    EXPECT_EQ(says_scenario, in_scenarios.contains(hazard)) << row->second;
    const auto named = tests_named(row->second);
    for (const std::string& name : named) {
      EXPECT_TRUE(known.contains(name)) << "there is no test " << name;
    }
    const bool open = row->second.find("open") != std::string::npos;
    EXPECT_TRUE(open || says_scenario || !named.empty()) << row->second;
  }
  EXPECT_EQ(rows.size(), static_cast<std::size_t>(kHazards));
}

}  // namespace
}  // namespace ig::tests::scenario
