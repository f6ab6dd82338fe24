#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace ig::adapters::cli {

/// Exit statuses of every command (contracts.md).
enum Exit : int {
  kDone = 0,      ///< held or duplicate counts as done
  kRefused = 1,   ///< some data was refused
  kMisuse = 2,    ///< called wrongly
  kCouldNot = 3,  ///< store, disk, network or configuration: nothing was decided, try again
};

/// A count as JSON and tables have it.
[[nodiscard]] inline std::int64_t number(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

/// What the command line chose. Each add_...() registers one command on the root and, when the user
/// picks it, sets `run`; main() then calls it. Commands read standard input and write standard
/// output through file descriptors 0 and 1.
struct Invocation {
  std::function<int()> run;
  std::string config_file;  ///< --config FILE; empty: config/gateway.toml defaults
};

void add_assess(CLI::App& root, Invocation& invocation);
void add_rules(CLI::App& root, Invocation& invocation);
void add_ledger(CLI::App& root, Invocation& invocation);
void add_propose(CLI::App& root, Invocation& invocation);
void add_raise(CLI::App& root, Invocation& invocation);
void add_backtest(CLI::App& root, Invocation& invocation);
void add_verify(CLI::App& root, Invocation& invocation);
void add_normalise(CLI::App& root, Invocation& invocation);
void add_fps(CLI::App& root, Invocation& invocation);
void add_cases(CLI::App& root, Invocation& invocation);
void add_interest(CLI::App& root, Invocation& invocation);
void add_intake(CLI::App& root, Invocation& invocation);
void add_review(CLI::App& root, Invocation& invocation);
void add_initial(CLI::App& root, Invocation& invocation);
void add_hmrc(CLI::App& root, Invocation& invocation);
void add_yearly(CLI::App& root, Invocation& invocation);
void add_watch(CLI::App& root, Invocation& invocation);
void add_deliver(CLI::App& root, Invocation& invocation);
void add_triggers(CLI::App& root, Invocation& invocation);
void add_outbox(CLI::App& root, Invocation& invocation);
void add_held(CLI::App& root, Invocation& invocation);
void add_facts(CLI::App& root, Invocation& invocation);
void add_explain(CLI::App& root, Invocation& invocation);
void add_audit(CLI::App& root, Invocation& invocation);
void add_store(CLI::App& root, Invocation& invocation);
void add_config(CLI::App& root, Invocation& invocation);
void add_serve(CLI::App& root, Invocation& invocation);
void add_sandbox(CLI::App& root, Invocation& invocation);
void add_version(CLI::App& root, Invocation& invocation);

}  // namespace ig::adapters::cli
