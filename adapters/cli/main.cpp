#include "adapters/cli/command.hpp"
#include "adapters/rti/child_main.hpp"

#include <fmt/format.h>

#include <exception>
#include <string_view>
#include <unistd.h>

namespace {

namespace cli = ig::adapters::cli;

void add_commands(CLI::App& root, cli::Invocation& invocation) {
  cli::add_normalise(root, invocation);
  cli::add_ledger(root, invocation);
  cli::add_propose(root, invocation);
  cli::add_assess(root, invocation);
  cli::add_raise(root, invocation);
  cli::add_backtest(root, invocation);
  cli::add_verify(root, invocation);
  cli::add_fps(root, invocation);
  cli::add_rules(root, invocation);
  cli::add_cases(root, invocation);
  cli::add_intake(root, invocation);
  cli::add_interest(root, invocation);
  cli::add_review(root, invocation);
  cli::add_initial(root, invocation);
  cli::add_hmrc(root, invocation);
  cli::add_yearly(root, invocation);
  cli::add_watch(root, invocation);
  cli::add_deliver(root, invocation);
  cli::add_serve(root, invocation);
  cli::add_triggers(root, invocation);
  cli::add_outbox(root, invocation);
  cli::add_held(root, invocation);
  cli::add_facts(root, invocation);
  cli::add_explain(root, invocation);
  cli::add_audit(root, invocation);
  cli::add_store(root, invocation);
  cli::add_config(root, invocation);
  cli::add_sandbox(root, invocation);
  cli::add_version(root, invocation);
}

int run(int argc, char** argv) {
  CLI::App root{"Income Gateway: from income data to recalculation triggers", "income-gateway"};
  root.require_subcommand(1);
  root.fallthrough();
  cli::Invocation invocation;
  root.add_option("--config", invocation.config_file, "gateway.toml; without it, the defaults");
  add_commands(root, invocation);
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = root.exit(error);
    return code == 0 ? cli::kDone : cli::kMisuse;
  }
  return invocation.run ? invocation.run() : static_cast<int>(cli::kMisuse);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    // Not for people: how this program starts itself to parse one document without any rights.
    const bool is_child = argc == 2 && std::string_view(argv[1]) == ig::adapters::rti::kChildWord;
    if (is_child) ig::adapters::rti::child_main();
    return run(argc, argv);
  } catch (const std::exception& error) {
    // Only third-party calls throw; what they say may hold input, so it is not repeated.
    fmt::print(stderr, "income-gateway: could not go on: {}\n", typeid(error).name());
    return cli::kCouldNot;
  }
}
