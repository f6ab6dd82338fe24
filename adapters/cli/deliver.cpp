#include "core/jobs/deliver.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/cli/targets.hpp"
#include "adapters/wire/files/lock.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <thread>

namespace ig::adapters::cli {
namespace {

struct Options {
  bool plan = false;
  bool json = false;
  bool until_empty = false;
};

int plan(const Runtime& runtime) {
  const auto lines = runtime.store->outbox();
  if (!lines) return report(lines.error());
  for (const core::ports::OutboxLine& line : *lines) {
    fmt::print("{}: {} trigger(s) would be sent\n", line.case_system, line.pending);
  }
  return kDone;
}

void print_totals(const core::jobs::DeliverTotals& totals, bool json) {
  if (json) {
    std::string out;
    wire::json::Writer(out)
        .begin_object()
        .member("attempted", static_cast<std::int64_t>(totals.attempted))
        .member("delivered", static_cast<std::int64_t>(totals.delivered))
        .member("duplicates", static_cast<std::int64_t>(totals.duplicates))
        .member("retried", static_cast<std::int64_t>(totals.retried))
        .member("parked", static_cast<std::int64_t>(totals.parked))
        .member("postponed", static_cast<std::int64_t>(totals.postponed))
        .member("figures_moved", static_cast<std::int64_t>(totals.figures_moved))
        .end_object();
    fmt::print("{}\n", out);
    return;
  }
  fmt::print(
      "{} attempt(s): {} delivered ({} known to the receiver), {} to be tried again, {} parked; {} "
      "postponed; {} figure(s) moved on\n",
      totals.attempted, totals.delivered, totals.duplicates, totals.retried, totals.parked,
      totals.postponed, totals.figures_moved);
}

/// Sends until nothing is due any more, or until nothing waits at all.
core::base::Result<core::jobs::DeliverTotals> send_all(const Runtime& runtime,
                                                       core::jobs::Deliverer& deliverer,
                                                       bool until_empty) {
  core::jobs::DeliverTotals totals;
  while (true) {
    const auto round = deliverer.round([] { return false; });
    if (!round) return round;
    totals.add(*round);
    if (round->attempted + round->postponed != 0) continue;
    const auto next = runtime.store->next_due();
    if (!next) return next.error();
    if (!*next || !until_empty) return totals;
    const auto wait = (*next)->at() - runtime.clock.now();
    std::this_thread::sleep_for(std::max(wait, std::chrono::milliseconds{1}));
  }
}

int run(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  if (options.plan) return plan(**runtime);
  const auto lock = wire::files::Lock::take((*runtime)->config.store.file + ".delivery.lock");
  if (!lock) return report(lock.error());
  const auto targets = Targets::open(**runtime);
  if (!targets) return report(targets.error());
  // The lock says that nobody else delivers.
  const auto taken_over = core::jobs::take_over_claims(*(*runtime)->store);
  if (!taken_over) return report(taken_over.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  core::jobs::Deliverer deliverer(context, (*targets)->all(), (*runtime)->random);
  const auto totals = send_all(**runtime, deliverer, options.until_empty);
  if (!totals) return report(totals.error());
  print_totals(*totals, options.json);
  const bool nobody_there = totals->attempted == 0 && totals->postponed != 0;
  return nobody_there ? kCouldNot : kDone;
}

}  // namespace

void add_deliver(CLI::App& root, Invocation& invocation) {
  auto* deliver = root.add_subcommand("deliver", "Send what is due to the case systems, once");
  const auto options = std::make_shared<Options>();
  deliver->add_flag("--plan", options->plan, "say what would be sent");
  deliver->add_flag("--until-empty", options->until_empty, "wait for what is to be tried again");
  deliver->add_flag("--json", options->json, "one JSON object");
  deliver->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
