#include "adapters/cli/command.hpp"
#include "adapters/cli/open_store.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/cli/store_retention.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::cli {
namespace {

int back_up(const std::string& config_file, const std::string& file) {
  const auto config = load_config(config_file);
  if (!config) return report(config.error());
  const auto store = open_store(*config, StoreAccess::must_be_there);
  if (!store) return report(store.error());
  const auto done = (*store)->backup(file);
  if (!done) return report(done.error());
  fmt::print("store: copied to {} and checked; keep the identity key with it, elsewhere\n", file);
  return kDone;
}

}  // namespace

void add_store(CLI::App& root, Invocation& invocation) {
  auto* store = root.add_subcommand("store", "The gateway's memory");
  store->require_subcommand(1);
  auto* backup = store->add_subcommand("backup", "Copy the whole store to FILE and check the copy");
  const auto file = std::make_shared<std::string>();
  backup->add_option("FILE", *file, "where the copy goes; replaced when it is there")->required();
  backup->callback([&invocation, file] {
    invocation.run = [&invocation, file] { return back_up(invocation.config_file, *file); };
  });
  add_store_retention(*store, invocation);
}

}  // namespace ig::adapters::cli
