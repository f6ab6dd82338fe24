#include "adapters/cli/command.hpp"
#include "adapters/cli/open_store.hpp"
#include "adapters/cli/runtime.hpp"

#include <fmt/format.h>

namespace ig::adapters::cli {
namespace {

/// Walks the audit chain; a chain that does not hold is refused data (exit 1).
int verify(const std::string& config_file) {
  const auto config = load_config(config_file);
  if (!config) return report(config.error());
  const auto store = open_store(*config, StoreAccess::must_be_there);
  if (!store) return report(store.error());
  const auto result = (*store)->verify_audit();
  if (!result) return report(result.error());
  if (result->first_broken) {
    fmt::print("audit: broken at entry {} of {}: {}\n", *result->first_broken, result->entries,
               result->why);
    return kRefused;
  }
  fmt::print("audit: {} entries, whole", result->entries);
  if (result->removed != 0) {
    fmt::print("; {} older ones were removed after their period, and the cut is sealed",
               result->removed);
  }
  fmt::print("\n");
  return kDone;
}

}  // namespace

void add_audit(CLI::App& root, Invocation& invocation) {
  auto* audit = root.add_subcommand("audit", "The record of who did what");
  audit->require_subcommand(1);
  auto* check = audit->add_subcommand("verify", "Walk the hash chain and say whether it is whole");
  check->callback(
      [&invocation] { invocation.run = [&invocation] { return verify(invocation.config_file); }; });
}

}  // namespace ig::adapters::cli
