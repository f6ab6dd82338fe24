#include "core/jobs/watch.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/hmrc_workers.hpp"
#include "adapters/cli/pay_looks.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/wire/files/progress.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <memory>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::base::Result;
using core::jobs::DecideTotals;
using core::jobs::LookPlan;
using core::jobs::PayWatchRun;
using core::jobs::PayWatchSummary;

struct Options {
  bool plan = false;
  bool json = false;
  bool no_ask = false;
  std::string as_of;
  std::uint64_t people = 0;
};

/// "1.4": hours as days to the tenth, rounded up.
std::string days(std::optional<int> hours) {
  if (!hours) return "-";
  const int tenths = (*hours * 10 + 23) / 24;
  return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

void print_plan_json(const LookPlan& plan, const core::jobs::LookPlanTerms& terms,
                     std::uint64_t due) {
  std::string out;
  wire::json::Writer writer(out);
  writer.begin_object()
      .member("from", terms.from.text())
      .member("days", std::int64_t{terms.days})
      .member("people", number(plan.people))
      .member("due", number(due))
      .member("requests_per_second", std::int64_t{terms.per_second})
      .member("calls", number(plan.calls))
      .member("most_in_a_day", number(plan.most_in_a_day))
      .member("capacity_a_day", number(plan.capacity_a_day))
      .member("waiting", number(plan.waiting));
  const auto hours = [&](const char* name, std::optional<int> value) {
    if (value) writer.member(name, std::int64_t{*value});
  };
  hours("p50_hours", plan.half);
  hours("p95_hours", plan.nineteen_in_twenty);
  hours("worst_hours", plan.worst);
  writer.key("by_rhythm").begin_object();
  for (const auto& [name, count] : plan.by_rhythm) writer.member(name, number(count));
  writer.end_object().end_object();
  fmt::print("{}\n", out);
}

void print_plan(const LookPlan& plan, const core::jobs::LookPlanTerms& terms, std::uint64_t due,
                bool json) {
  if (json) return print_plan_json(plan, terms, due);
  std::string rhythms;
  for (const auto& [name, count] : plan.by_rhythm) {
    rhythms += fmt::format("{}{} {}", rhythms.empty() ? "" : ", ", name, count);
  }
  fmt::print(
      "{} payday(s) to watch, by rhythm: {}\n"
      "{} person(s) to be asked about now\n"
      "{} days from {}: {} call(s), at most {} in a day, of {} that {} a second allow with {} a "
      "day "
      "set aside; {} left waiting\n"
      "from a payday to the reply that shows it: half within {} days, 95 % within {}, all within "
      "{}\n",
      plan.people, rhythms.empty() ? "none" : rhythms, due, terms.days, terms.from.text(),
      plan.calls, plan.most_in_a_day, plan.capacity_a_day, terms.per_second, terms.others_a_day,
      plan.waiting, days(plan.half), days(plan.nineteen_in_twenty), days(plan.worst));
}

/// Reviews and first figures of so many people go before the looks: one of each a year.
std::uint64_t others_a_day(std::uint64_t people) { return (people * 2 + 364) / 365; }

Result<int> plan(const core::jobs::JobContext& context, const HmrcConfig& hmrc,
                 core::values::Date as_of, const Options& options) {
  core::jobs::LookPlanTerms terms;
  terms.from = as_of;
  terms.per_second = static_cast<std::uint32_t>(hmrc.requests_per_second);
  terms.policy = look_policy(hmrc);
  if (options.people > 0) {
    terms.others_a_day = others_a_day(options.people);
    const auto made_up = core::jobs::made_up_paydays(options.people, as_of);
    print_plan(plan_looks(made_up, terms), terms, 0, options.json);
    return kDone;
  }
  const auto run = PayWatchRun::find(context, as_of, terms.policy);
  if (!run) return run.error();
  const auto people = (*run)->summary().people;
  terms.others_a_day = others_a_day(people);
  print_plan(plan_looks((*run)->paydays(), terms), terms, (*run)->due().size(), options.json);
  return kDone;
}

/// Asks HMRC about everybody whose payday has come. Nothing where it is not to be asked.
Result<std::optional<PayWatchSummary>> ask(Runtime& runtime, const std::string& config_file,
                                           const std::string& correlation_id,
                                           core::values::Date as_of) {
  if (!asks_after_paydays(runtime.config.hmrc)) return std::optional<PayWatchSummary>{};
  const Wait wait = sleep();
  const auto access = HmrcAccess::open(runtime.config.hmrc, wait);
  if (!access) return access.error();
  wire::files::Progress progress(STDERR_FILENO, "watch", "people asked about");
  HmrcJob job = hmrc_job(runtime, config_file, correlation_id, as_of, wait);
  job.options.progress = [&](std::uint64_t people) { progress.at(people); };
  auto summary = look_after_paydays(runtime, **access, job);
  if (!summary) return std::move(summary).error();
  return std::optional(*std::move(summary));
}

void print_json(const std::optional<PayWatchSummary>& asked, const DecideTotals& totals) {
  std::string out;
  wire::json::Writer writer(out);
  writer.begin_object();
  if (asked) {
    writer.key("asked")
        .begin_object()
        .member("due", number(asked->due))
        .member("people", number(asked->asked))
        .member("calls", number(asked->calls))
        .member("with_new_pay", number(asked->with_pay))
        .member("unavailable", number(asked->unavailable))
        .member("gone", number(asked->gone))
        .member("untouched", number(asked->untouched))
        .member("decisions", number(asked->decided.decisions))
        .member("triggers", number(asked->decided.triggers))
        .end_object();
  }
  writer.member("people", number(totals.people))
      .member("decisions", number(totals.decisions))
      .member("triggers", number(totals.triggers))
      .end_object();
  fmt::print("{}\n", out);
}

void print(const std::optional<PayWatchSummary>& asked, const DecideTotals& totals) {
  if (asked) {
    fmt::print(
        "{} person(s) due after a payday = {} asked about in {} call(s) + {} gone + {} not come "
        "to; new pay for {}, no answer for {}, {} trigger(s)\n",
        asked->due, asked->asked, asked->calls, asked->gone, asked->untouched, asked->with_pay,
        asked->unavailable, asked->decided.triggers);
  }
  fmt::print("{} person(s) looked at, {} decision(s) kept, {} trigger(s)\n", totals.people,
             totals.decisions, totals.triggers);
  std::map<std::string, std::uint64_t> kinds = totals.by_kind;
  if (asked) {
    for (const auto& [name, count] : asked->decided.by_kind) kinds[name] += count;
  }
  for (const auto& [name, count] : kinds) fmt::print("  {:<40} {:>8}\n", name, count);
}

int run(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  const std::string correlation_id = new_correlation_id((*runtime)->random);
  const auto context = (*runtime)->context(correlation_id);
  if (options.plan) {
    const auto done = plan(context, (*runtime)->config.hmrc, *as_of, options);
    return done ? *done : report(done.error());
  }
  warn_held_back(**runtime);
  std::optional<PayWatchSummary> asked;
  if (!options.no_ask) {
    auto done = ask(**runtime, config_file, correlation_id, *as_of);
    if (!done) return report(done.error());
    asked = *std::move(done);
  }
  wire::files::Progress progress(STDERR_FILENO, "watch", "people");
  core::jobs::WatchOptions how;
  how.as_of = *as_of;
  how.stop = [] { return false; };
  how.progress = [&](std::uint64_t people) { progress.at(people); };
  const auto totals = core::jobs::run_watch(context, how);
  if (!totals) return report(totals.error());
  if (options.json) {
    print_json(asked, *totals);
  } else {
    print(asked, *totals);
  }
  if (!asked || (!asked->upstream_down && !asked->parked)) return kDone;
  fmt::print(stderr, "income-gateway: HMRC was not asked about everybody: {}\n",
             why_early(asked->parked));
  return kCouldNot;
}

}  // namespace

void add_watch(CLI::App& root, Invocation& invocation) {
  auto* watch = root.add_subcommand(
      "watch", "Ask HMRC after expected paydays, and look at everybody's pay as of a day");
  const auto options = std::make_shared<Options>();
  watch->add_option("--as-of", options->as_of, "the day; default today in London");
  watch->add_flag("--no-ask", options->no_ask, "go by the pay that is known; ask nobody");
  auto* planned =
      watch->add_flag("--plan", options->plan,
                      "say whom HMRC would be asked about, how often, and how late it shows");
  watch->add_option("--people", options->people, "plan for so many made-up people instead")
      ->needs(planned)
      ->check(CLI::Range(1, 50'000'000));
  watch->add_flag("--json", options->json, "one JSON object");
  watch->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
