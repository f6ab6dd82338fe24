#pragma once

#include "adapters/cli/command.hpp"

namespace ig::adapters::cli {

/// Adds `retention` and `hold` under the command `store`.
void add_store_retention(CLI::App& store, Invocation& invocation);

}  // namespace ig::adapters::cli
