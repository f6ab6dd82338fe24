#pragma once

#include "core/rules/request.hpp"

#include <string>
#include <vector>

/// The decisions that tests/scenario/golden/decisions.txt keeps: each is asked of the law as
/// config/parameters.toml has it.
namespace ig::tests {

/// A few hundred requests, always the same and in the same order; each id says what it shows.
[[nodiscard]] std::vector<core::rules::Request> golden_requests();

/// The whole file: for each request a line "? id request" and a line "= answer".
[[nodiscard]] std::string golden_text();

}  // namespace ig::tests
