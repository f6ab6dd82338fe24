#include "core/ledger/ledger.hpp"
#include "tests/scenario/pay_scenario.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace ig::tests::scenario {
namespace {

json weigh_scenario(const json& scenario) {
  const Facts facts = read_facts(scenario);
  const auto as_of = core::values::Date::parse(scenario.at("as_of").get<std::string>());
  return ledger_line(facts, core::ledger::weigh(facts.payments, facts.employments, *as_of, {}));
}

/// Runs each line of tests/scenario/ledger: facts, a day, and what the ledger line must hold.
TEST(LedgerScenarios, AllComeOutAsWritten) {
  std::set<std::string> ids;
  const std::filesystem::path folder = std::string(IG_SOURCE_DIR) + "/tests/scenario/ledger";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) {
      const json scenario = json::parse(line);
      const std::string id = scenario.at("id");
      EXPECT_TRUE(ids.insert(id).second) << "an id stands twice: " << id;
      compare(id, {}, scenario.at("expected"), weigh_scenario(scenario));
    }
  }
  EXPECT_GE(ids.size(), 15U);
}

}  // namespace
}  // namespace ig::tests::scenario
