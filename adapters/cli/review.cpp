#include "core/jobs/review.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/cli/targets.hpp"
#include "adapters/wire/files/progress.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <memory>
#include <thread>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

struct Options {
  bool plan = false;
  bool json = false;
  std::string as_of;
};

int plan(const Runtime& runtime, const core::jobs::JobContext& context, core::values::Date as_of,
         bool json) {
  const auto plan = core::jobs::plan_review(context, as_of);
  if (!plan) return report(plan.error());
  const auto rate = static_cast<std::uint64_t>(runtime.config.hmrc.requests_per_second);
  const std::uint64_t seconds = (plan->requests + rate - 1) / rate;
  if (json) {
    std::string out;
    wire::json::Writer(out)
        .begin_object()
        .member("as_of", as_of.text())
        .member("cases", static_cast<std::int64_t>(plan->cases))
        .member("people", static_cast<std::int64_t>(plan->people))
        .member("requests", static_cast<std::int64_t>(plan->requests))
        .member("answered", static_cast<std::int64_t>(plan->answered))
        .member("not_tested", static_cast<std::int64_t>(plan->not_tested))
        .member("seconds", static_cast<std::int64_t>(seconds))
        .end_object();
    fmt::print("{}\n", out);
    return kDone;
  }
  fmt::print(
      "review as of {}: {} case(s) of {} person(s) wait for an answer, {} are answered, {} have no "
      "income in force\n{} request(s) to HMRC at {} a second: about {} s\n",
      as_of.text(), plan->cases, plan->people, plan->answered, plan->not_tested, plan->requests,
      rate, seconds);
  return kDone;
}

void print_summary(const core::jobs::ReviewSummary& summary, bool json) {
  if (json) {
    std::string out;
    wire::json::Writer writer(out);
    writer.begin_object()
        .member("cases", static_cast<std::int64_t>(summary.plan.cases))
        .member("people", static_cast<std::int64_t>(summary.plan.people))
        .member("asked", static_cast<std::int64_t>(summary.asked))
        .member("reused", static_cast<std::int64_t>(summary.reused))
        .member("unavailable", static_cast<std::int64_t>(summary.unavailable))
        .member("waiting", static_cast<std::int64_t>(summary.waiting))
        .member("triggers", static_cast<std::int64_t>(summary.triggers));
    writer.key("outcomes").begin_object();
    for (const auto& [name, count] : summary.outcomes) {
      writer.member(name, static_cast<std::int64_t>(count));
    }
    writer.end_object().end_object();
    fmt::print("{}\n", out);
    return;
  }
  fmt::print(
      "{} case(s), {} asked, {} reused, {} without an answer, {} case(s) asked again later\n",
      summary.plan.cases, summary.asked, summary.reused, summary.unavailable, summary.waiting);
  for (const auto& [name, count] : summary.outcomes) fmt::print("  {:<40} {:>8}\n", name, count);
}

int run(const std::string& config_file, const Options& options) {
  auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  warn_held_back(**runtime);
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  if (options.plan) return plan(**runtime, context, *as_of, options.json);
  const auto hmrc = Hmrc::open(**runtime);
  if (!hmrc) return report(hmrc.error());
  wire::files::Progress progress(STDERR_FILENO, "review", "people");
  core::jobs::ReviewOptions how;
  how.as_of = *as_of;
  how.call_limit = (*runtime)->config.hmrc.call_limit;
  how.requests_per_second = (*runtime)->config.hmrc.requests_per_second;
  how.wait = [](std::chrono::nanoseconds wait) { std::this_thread::sleep_for(wait); };
  how.stop = [] { return false; };
  how.progress = [&](std::uint64_t people) { progress.at(people); };
  const auto summary = core::jobs::run_review(context, (*hmrc)->yearly(), how);
  if (!summary) return report(summary.error());
  print_summary(*summary, options.json);
  if (summary->upstream_down) {
    fmt::print(stderr,
               "income-gateway: HMRC gives no answer; what was not asked is asked next time\n");
    return kCouldNot;
  }
  return kDone;
}

}  // namespace

void add_review(CLI::App& root, Invocation& invocation) {
  auto* review = root.add_subcommand("review", "Pull yearly figures and answer the annual reviews");
  const auto options = std::make_shared<Options>();
  review->add_option("--as-of", options->as_of, "the day of the run; default today in London");
  review->add_flag("--plan", options->plan, "say what would be asked and how long it takes");
  review->add_flag("--json", options->json, "one JSON object");
  review->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
