#pragma once

#include "core/rules/parameters.hpp"

#include <string>
#include <vector>

namespace ig::core::rules {

/// One row that two parameter sets do not have alike. Rows are matched by name, jurisdiction, first
/// day and whether they are only proposed; `before` or `after` is nullptr where a set has no such
/// row. They live as long as their sets.
struct ParameterDifference {
  const ParameterRow* before = nullptr;
  const ParameterRow* after = nullptr;
  std::vector<std::string> fields;  ///< what differs: "value", "until", "citation", ...
};

/// Where `after` says something else than `before`, in the order of the closed list of names and
/// then by day; notes are not compared. With a day, only rows in force on it, matched by name and
/// jurisdiction alone.
[[nodiscard]] std::vector<ParameterDifference> differences(const ParameterSet& before,
                                                           const ParameterSet& after,
                                                           std::optional<values::Date> day);

}  // namespace ig::core::rules
