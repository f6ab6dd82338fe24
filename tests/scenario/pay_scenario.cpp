#include "tests/scenario/pay_scenario.hpp"

#include "adapters/formats/facts.hpp"
#include "adapters/formats/ledger_lines.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <variant>

namespace ig::tests::scenario {
namespace {

/// One fact of a scenario: what all share, then what is its own.
json fact_of(const json& scenario, const json& own, std::size_t number) {
  json out = {{"fact", "payment"},
              {"nino", "NA000799C"},
              {"employment", {{"office", "120"}, {"reference", "XB4471"}, {"payroll_id", "E17"}}},
              {"frequency", "M1"},
              {"periods_covered", 1},
              {"received_at", own.value("paid_on", std::string("2020-01-01")) + "T06:00:00Z"},
              {"source", {{"system", "fps"}, {"document", "sha256:0"}, {"position", "/0"}}}};
  out["fact_id"] = "f" + std::to_string(number);
  if (scenario.contains("common")) out.merge_patch(scenario.at("common"));
  out.merge_patch(own);
  if (out["fact"] == "payment" && !out.contains("tax_year")) {
    const auto paid_on = core::values::Date::parse(out.at("paid_on").get<std::string>());
    out["tax_year"] = core::values::TaxYear::of(*paid_on).text();
  }
  return out;
}

/// A short row as a fact.
json fact_of_row(const json& row) {
  json out = {{"paid_on", row.at(0)}, {"taxable_pay_pence", row.at(1)}};
  if (row.size() > 2 && !row[2].is_null()) out["taxable_pay_to_date_pence"] = row[2];
  if (row.size() > 3) out.merge_patch(row[3]);
  return out;
}

}  // namespace

Facts read_facts(const json& scenario) {
  json all = json::array();
  if (scenario.contains("facts")) all = scenario.at("facts");
  if (scenario.contains("pays")) {
    for (const json& row : scenario.at("pays")) all.push_back(fact_of_row(row));
  }
  adapters::wire::json::Reader reader;
  Facts out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const json whole = fact_of(scenario, all[i], i + 1);
    const auto value = reader.read(whole.dump());
    auto fact = value ? adapters::formats::read_fact(*value) : value.error();
    if (!fact) {
      ADD_FAILURE() << whole << ": " << fact.error().field << ": " << fact.error().message;
      continue;
    }
    out.subject = core::facts::header(*fact).subject;
    if (auto* payment = std::get_if<core::facts::Payment>(&*fact)) {
      out.payments.push_back(*payment);
    } else if (auto* employment = std::get_if<core::facts::Employment>(&*fact)) {
      out.employments.push_back(*employment);
    }
  }
  return out;
}

json ledger_line(const Facts& facts, const core::ledger::PersonIncome& income) {
  std::string text;
  adapters::formats::write_ledger_line(text, {facts.subject, income});
  return json::parse(text);
}

void compare(const std::string& id, const std::string& pointer, const json& expected,
             const json& found) {
  if (expected.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      const bool there = found.is_object() && found.contains(name);
      if (there) {
        compare(id, fmt::format("{}/{}", pointer, name), value, found.at(name));
      } else {
        ADD_FAILURE() << id << ": nothing stands at " << pointer << "/" << name;
      }
    }
    return;
  }
  if (expected.is_array() && !expected.empty() && expected.front().is_object()) {
    ASSERT_TRUE(found.is_array() && found.size() == expected.size()) << id << ": " << pointer;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      compare(id, fmt::format("{}/{}", pointer, i), expected[i], found[i]);
    }
    return;
  }
  EXPECT_EQ(expected, found) << id << ": " << pointer;
}

}  // namespace ig::tests::scenario
