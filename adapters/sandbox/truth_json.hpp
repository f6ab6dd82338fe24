#pragma once

#include "adapters/sandbox/truth.hpp"

#include <string>

namespace ig::adapters::sandbox {

/// One case as its case system sends it to the gateway: one line of NDJSON, newline included.
[[nodiscard]] std::string case_line(const Case& own_case, const Person& person, Day sent_on);

/// All cases, a line each.
[[nodiscard]] std::string cases_ndjson(const Population& population);

/// The sandbox's own truth, for people who read it: who, what, and what must come.
[[nodiscard]] std::string population_json(const Population& population);

}  // namespace ig::adapters::sandbox
