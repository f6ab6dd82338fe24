#include "adapters/formats/facts.hpp"
#include "adapters/formats/ledger_lines.hpp"
#include "core/ledger/ledger.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace ig::adapters::formats {
namespace {

using nlohmann::json;

/// Everything `expected` names stands in `found`; arrays have the same length.
void compare(const std::string& id, const std::string& pointer, const json& expected,
             const json& found) {
  if (expected.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      const bool there = found.is_object() && found.contains(name);
      if (there) {
        compare(id, pointer + "/" + name, value, found.at(name));
      } else {
        ADD_FAILURE() << id << ": nothing stands at " << pointer << "/" << name;
      }
    }
    return;
  }
  if (expected.is_array() && !expected.empty() && expected.front().is_object()) {
    ASSERT_TRUE(found.is_array() && found.size() == expected.size()) << id << ": " << pointer;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      compare(id, pointer + "/" + std::to_string(i), expected[i], found[i]);
    }
    return;
  }
  EXPECT_EQ(expected, found) << id << ": " << pointer;
}

/// One fact of a scenario: what all share, then what is its own.
json fact_of(const json& scenario, const json& own, std::size_t number) {
  json out = {{"fact", "payment"},
              {"nino", "NA000799C"},
              {"received_at", own.value("paid_on", std::string("2020-01-01")) + "T06:00:00Z"},
              {"source", {{"system", "fps"}, {"document", "sha256:0"}, {"position", "/0"}}}};
  out["fact_id"] = "f" + std::to_string(number);
  out.merge_patch(scenario.at("common"));
  out.merge_patch(own);
  return out;
}

json weigh_scenario(const json& scenario) {
  wire::json::Reader reader;
  std::vector<core::facts::Payment> payments;
  std::vector<core::facts::Employment> employments;
  core::facts::Subject subject;
  for (const json& own : scenario.at("facts")) {
    const json whole = fact_of(scenario, own, payments.size() + employments.size() + 1);
    const auto value = reader.read(whole.dump());
    auto fact = value ? read_fact(*value) : value.error();
    if (!fact) {
      ADD_FAILURE() << scenario.at("id") << ": " << fact.error().field << ": "
                    << fact.error().message;
      return {};
    }
    subject = core::facts::header(*fact).subject;
    if (auto* payment = std::get_if<core::facts::Payment>(&*fact)) {
      payments.push_back(*payment);
    } else if (auto* employment = std::get_if<core::facts::Employment>(&*fact)) {
      employments.push_back(*employment);
    }
  }
  const auto as_of = core::values::Date::parse(scenario.at("as_of").get<std::string>());
  LedgerLine line{subject, core::ledger::weigh(payments, employments, *as_of, {})};
  std::string text;
  write_ledger_line(text, line);
  return json::parse(text);
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
}  // namespace ig::adapters::formats
