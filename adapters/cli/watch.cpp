#include "core/jobs/watch.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/wire/files/progress.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <memory>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

struct Options {
  bool plan = false;
  bool json = false;
  std::string as_of;
};

int plan(const core::jobs::JobContext& context) {
  const auto people = core::jobs::plan_watch(context);
  if (!people) return report(people.error());
  fmt::print("{} person(s) with payments would be looked at; nothing is asked of HMRC\n", *people);
  return kDone;
}

int run(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  warn_held_back(**runtime);
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  if (options.plan) return plan(context);
  wire::files::Progress progress(STDERR_FILENO, "watch", "people");
  core::jobs::WatchOptions how;
  how.as_of = *as_of;
  how.stop = [] { return false; };
  how.progress = [&](std::uint64_t people) { progress.at(people); };
  const auto totals = core::jobs::run_watch(context, how);
  if (!totals) return report(totals.error());
  if (options.json) {
    std::string out;
    wire::json::Writer(out)
        .begin_object()
        .member("people", static_cast<std::int64_t>(totals->people))
        .member("decisions", static_cast<std::int64_t>(totals->decisions))
        .member("triggers", static_cast<std::int64_t>(totals->triggers))
        .end_object();
    fmt::print("{}\n", out);
    return kDone;
  }
  fmt::print("{} person(s) looked at, {} decision(s) kept, {} trigger(s)\n", totals->people,
             totals->decisions, totals->triggers);
  for (const auto& [name, count] : totals->by_kind) fmt::print("  {:<40} {:>8}\n", name, count);
  return kDone;
}

}  // namespace

void add_watch(CLI::App& root, Invocation& invocation) {
  auto* watch = root.add_subcommand("watch", "Look at everybody's pay as of a day");
  const auto options = std::make_shared<Options>();
  watch->add_option("--as-of", options->as_of, "the day; default today in London");
  watch->add_flag("--plan", options->plan, "say how many people would be looked at");
  watch->add_flag("--json", options->json, "one JSON object");
  watch->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
