#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/triggers.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::cli {
namespace {

using core::ports::StoredTrigger;

struct Options {
  bool json = false;
  std::string case_system;
  std::string case_id;
  std::string kind;
  std::string id;
};

std::string_view word(core::ports::DeliveryState state) {
  constexpr std::string_view words[] = {"NOT_SENT", "PENDING", "DELIVERED", "PARKED", "SKIPPED"};
  return words[static_cast<std::size_t>(state)];
}

void print_row(const StoredTrigger& stored) {
  const auto& trigger = stored.trigger;
  fmt::print("{}  {}  {:<14} {:<22} {:<6} {:<9} {:>4}  {}\n", trigger.id, trigger.raised_on.text(),
             trigger.case_key.case_id, name(trigger.kind), core::triggers::name(stored.mode),
             word(stored.state), stored.sequence ? fmt::format("{}", *stored.sequence) : "-",
             trigger.explanation);
}

void print_json(const StoredTrigger& stored) {
  std::string line;
  formats::write_trigger(line, stored.trigger);
  fmt::print("{}\n", line);
}

int list(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  core::ports::TriggerFilter filter;
  if (!options.kind.empty()) {
    filter.kind = core::triggers::parse_kind(options.kind);
    if (!filter.kind) {
      fmt::print(stderr, "income-gateway: --kind is not a kind of trigger\n");
      return kMisuse;
    }
  }
  std::uint64_t count = 0;
  const auto read = (*runtime)->store->each_trigger(filter, [&](const StoredTrigger& stored) {
    const auto& key = stored.trigger.case_key;
    if (!options.case_system.empty() && key.case_system != options.case_system) return;
    if (!options.case_id.empty() && key.case_id != options.case_id) return;
    ++count;
    options.json ? print_json(stored) : print_row(stored);
  });
  if (!read) return report(read.error());
  if (!options.json) fmt::print("{} trigger(s)\n", count);
  return kDone;
}

int show(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto stored = (*runtime)->store->trigger(options.id);
  if (!stored) return report(stored.error());
  if (!*stored) {
    fmt::print(stderr, "income-gateway: there is no trigger with this id\n");
    return kRefused;
  }
  if (options.json) {
    print_json(**stored);
    return kDone;
  }
  print_row(**stored);
  fmt::print("attempts {}, last answer {}, correlation {}\n", (*stored)->attempts,
             (*stored)->last_answer.empty() ? "-" : (*stored)->last_answer,
             (*stored)->correlation_id);
  return kDone;
}

}  // namespace

void add_triggers(CLI::App& root, Invocation& invocation) {
  auto* triggers = root.add_subcommand("triggers", "List and show triggers");
  triggers->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  auto* all = triggers->add_subcommand("list", "Every trigger, oldest first");
  all->add_flag("--json", options->json, "one line of contracts.md each");
  all->add_option("--case-system", options->case_system, "only this case system");
  all->add_option("--case", options->case_id, "only this case");
  all->add_option("--kind", options->kind, "only this kind");
  all->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return list(invocation.config_file, *options); };
  });
  auto* one = triggers->add_subcommand("show", "One trigger and where its delivery stands");
  one->add_option("id", options->id, "32 hex digits")->required();
  one->add_flag("--json", options->json, "as a line of contracts.md");
  one->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return show(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
