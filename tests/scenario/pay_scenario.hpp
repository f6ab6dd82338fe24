#pragma once

#include "core/facts/fact.hpp"
#include "core/ledger/person_income.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

/// What scenarios of pay share: facts in a file, a day, and what the ledger line must hold.
namespace ig::tests::scenario {

using nlohmann::json;

/// The facts of a scenario as the product reads them.
struct Facts {
  core::facts::Subject subject;
  std::vector<core::facts::Payment> payments;
  std::vector<core::facts::Employment> employments;
};

/// Reads `facts`, a list of what is each fact's own over `common`; and `pays`, a list of short rows
/// [payday, pay, pay to date, further members] over `common`. A fact is of the job E17 and received
/// on its payday unless it says otherwise.
[[nodiscard]] Facts read_facts(const json& scenario);

/// The ledger line of those facts, as `ledger` writes it, read back.
[[nodiscard]] json ledger_line(const Facts& facts, const core::ledger::PersonIncome& income);

/// Everything `expected` names stands in `found`; arrays have the same length. `id` and `pointer`
/// say where something does not.
void compare(const std::string& id, const std::string& pointer, const json& expected,
             const json& found);

}  // namespace ig::tests::scenario
