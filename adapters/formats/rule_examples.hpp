#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/rules/parameters.hpp"

#include <string>
#include <vector>

namespace ig::adapters::formats {

/// A member of an example that came out otherwise.
struct Disagreement {
  std::string pointer;   ///< JSON pointer within the answer
  std::string expected;  ///< as JSON
  std::string found;     ///< as JSON; null when absent
};

/// One line of a `rules test` file, run: {"id","request","expected"}. `expected` holds members of
/// an assessment, or {"error":{"code":...}}; only the members given are compared, arrays whole.
struct ExampleResult {
  std::string id;
  std::vector<Disagreement> disagreements;  ///< empty: it agrees
};

/// Runs one example. A request without an id of its own takes that of the example. Errors:
/// MISSING_MEMBER, WRONG_TYPE, INVALID_TEXT of the example itself, never of its request.
[[nodiscard]] core::base::Result<ExampleResult> run_example(
    const wire::json::Value& line, const core::rules::ParameterSet& parameters);

/// Appends where `found` differs from the members given in `expected`, object by object.
void compare(const wire::json::Value& expected, const wire::json::Value& found,
             const std::string& pointer, std::vector<Disagreement>& out);

}  // namespace ig::adapters::formats
