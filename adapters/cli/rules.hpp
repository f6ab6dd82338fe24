#pragma once

#include "core/rules/parameters.hpp"
#include "core/values/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ig::adapters::cli {

/// The parameters in force on a day as lines of text: name, jurisdiction, value, unit, citation,
/// status.
[[nodiscard]] std::string show_parameters(const core::rules::ParameterSet& parameters,
                                          core::values::Date day);

/// The rows that `after` has otherwise than `before`, "-" and "+" before each, and how many differ;
/// with a day only what is in force on it.
[[nodiscard]] std::string show_differences(const core::rules::ParameterSet& before,
                                           const core::rules::ParameterSet& after,
                                           std::optional<core::values::Date> day);

/// What a run of examples came to.
struct ExampleTotals {
  std::uint64_t agree = 0;
  std::uint64_t all = 0;  ///< lines, unreadable ones too
};

/// Runs the examples of one descriptor and appends each disagreement to `out`. `name` stands
/// before each of them. Errors: UNREADABLE.
[[nodiscard]] core::base::Result<ExampleTotals> run_examples(
    int in, const std::string& name, const core::rules::ParameterSet& parameters, std::string& out);

}  // namespace ig::adapters::cli
