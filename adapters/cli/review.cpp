#include "core/jobs/review.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/hmrc_workers.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/wire/files/progress.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/jobs/periodic_check.hpp"
#include "core/jobs/review_schedule.hpp"

#include <fmt/format.h>

#include <memory>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::base::Result;
using core::jobs::ReviewPlan;
using core::jobs::ReviewRun;
using core::jobs::ReviewSummary;

struct Options {
  bool plan = false;
  bool dry_run = false;
  bool json = false;
  std::string as_of;
};

/// How long so many requests take at the configured rate, in seconds, rounded up.
std::uint64_t seconds_for(std::uint64_t requests, const HmrcConfig& hmrc) {
  const auto rate = static_cast<std::uint64_t>(hmrc.requests_per_second);
  const auto second = static_cast<std::uint64_t>(1'000 + hmrc.headroom.count());
  return (requests * second + rate * 1'000 - 1) / (rate * 1'000);
}

void print_plan(const ReviewPlan& plan, const HmrcConfig& hmrc, core::values::Date as_of,
                bool json) {
  const std::uint64_t seconds = seconds_for(plan.requests, hmrc);
  if (json) {
    std::string out;
    wire::json::Writer(out)
        .begin_object()
        .member("as_of", as_of.text())
        .member("cases", number(plan.cases))
        .member("people", number(plan.people))
        .member("requests", number(plan.requests))
        .member("answered", number(plan.answered))
        .member("not_tested", number(plan.not_tested))
        .member("seconds", number(seconds))
        .end_object();
    fmt::print("{}\n", out);
    return;
  }
  fmt::print(
      "review as of {}: {} case(s) of {} person(s) wait for an answer, {} are answered, {} have no "
      "income in force\n{} request(s) to HMRC at {} a second: about {} s\n",
      as_of.text(), plan.cases, plan.people, plan.answered, plan.not_tested, plan.requests,
      hmrc.requests_per_second, seconds);
}

/// A line for each due case: what a run would do with it. Asks nobody and writes nothing.
int dry_run(const core::jobs::JobContext& context, const ReviewRun& run, core::values::Date as_of) {
  const auto law = context.parameters.on(as_of, core::facts::Jurisdiction::gb);
  if (!law) return report(law.error());
  for (const ReviewRun::Due& due : run.due()) {
    for (const auto& one : due.cases) {
      const auto days = core::jobs::review_ask_days(*one.record.review_date, *law);
      const auto next = core::jobs::next_ask_day(days, as_of);
      std::string out;
      wire::json::Writer line(out);
      line.begin_object()
          .member("case_system", one.record.key.case_system)
          .member("case", one.record.key.case_id)
          .member("paying_parent", one.record.key.paying_parent)
          .member("person", core::values::text(due.person))
          .member("review_date", one.record.review_date->text())
          .member("step", due.ask ? "ASK" : "USE_REPLY_OR_WAIT");
      if (next) line.member("asked_again_on", next->text());
      line.end_object();
      fmt::print("{}\n", out);
    }
  }
  return kDone;
}

void print_json(const ReviewSummary& summary) {
  std::string out;
  wire::json::Writer writer(out);
  writer.begin_object()
      .member("cases", number(summary.plan.cases))
      .member("people", number(summary.plan.people))
      .member("asked", number(summary.asked))
      .member("calls", number(summary.calls))
      .member("reused", number(summary.reused))
      .member("unavailable", number(summary.unavailable))
      .member("decided", number(summary.decided))
      .member("waiting", number(summary.waiting))
      .member("gone", number(summary.gone))
      .member("untouched", number(summary.untouched))
      .member("differing", number(summary.differing))
      .member("triggers", number(summary.triggers))
      .member("ties", summary.ties());
  writer.key("outcomes").begin_object();
  for (const auto& [name, count] : summary.outcomes) writer.member(name, number(count));
  writer.end_object().end_object();
  fmt::print("{}\n", out);
}

/// The receipt: every due case is in exactly one of its counts.
void print_receipt(const ReviewSummary& summary) {
  fmt::print(
      "{} person(s) asked about in {} call(s), {} reply(s) used again, {} without an answer\n",
      summary.asked, summary.calls, summary.reused, summary.unavailable);
  fmt::print(
      "{} case(s) due = {} answered now + {} asked about again later + {} gone + {} not "
      "come to{}\n",
      summary.plan.cases, summary.decided, summary.waiting, summary.gone, summary.untouched,
      summary.ties() ? "" : ": THE COUNTS DO NOT TIE");
  if (summary.differing != 0) {
    fmt::print("{} person(s) with unequal figures in force: see `held`\n", summary.differing);
  }
  for (const auto& [name, count] : summary.outcomes) fmt::print("  {:<40} {:>8}\n", name, count);
}

/// The check of current incomes goes before the review, which then has a fresh figure to go by.
Result<void> check_current_incomes(const core::jobs::JobContext& context, core::values::Date as_of,
                                   bool json) {
  const auto checked = core::jobs::run_periodic_checks(context, as_of);
  if (!checked) return checked.error();
  if (!json && checked->due != 0) {
    fmt::print("{} current income(s) in force for the months of reg 22, {} told before\n",
               checked->due, checked->told);
  }
  return {};
}

Result<ReviewSummary> work(ReviewRun& run, Runtime& runtime, const std::string& config_file,
                           const std::string& correlation_id, core::values::Date as_of) {
  const Wait wait = sleep();
  std::unique_ptr<HmrcAccess> access;
  if (!runtime.config.hmrc.base_url.empty()) {
    auto opened = HmrcAccess::open(runtime.config.hmrc, wait);
    if (!opened) return std::move(opened).error();
    access = *std::move(opened);
  }
  wire::files::Progress progress(STDERR_FILENO, "review", "people", run.plan().people);
  HmrcJob job = hmrc_job(runtime, config_file, correlation_id, as_of, wait);
  job.options.progress = [&](std::uint64_t people) { progress.at(people); };
  const auto done = work_through(run.plan().requests, runtime, access.get(), job,
                                 [&](const auto& context, const auto& ports, const auto& options) {
                                   return run.work(context, ports, options);
                                 });
  if (!done) return done.error();
  return run.summary();
}

int run(const std::string& config_file, const Options& options) {
  auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  const std::string correlation_id = new_correlation_id((*runtime)->random);
  const auto context = (*runtime)->context(correlation_id);
  const auto found = ReviewRun::find(context, *as_of);
  if (!found) return report(found.error());
  const HmrcConfig& hmrc = (*runtime)->config.hmrc;
  if (options.dry_run) return dry_run(context, **found, *as_of);
  if (options.plan) {
    print_plan((*found)->plan(), hmrc, *as_of, options.json);
    return kDone;
  }
  warn_held_back(**runtime);
  if (hmrc.base_url.empty()) {
    fmt::print(stderr,
               "income-gateway: no HMRC service is configured: only figures that came by "
               "file are used\n");
  }
  if (!options.json) print_plan((*found)->plan(), hmrc, *as_of, false);
  const auto checked = check_current_incomes(context, *as_of, options.json);
  if (!checked) return report(checked.error());
  const auto summary = work(**found, **runtime, config_file, correlation_id, *as_of);
  if (!summary) return report(summary.error());
  if (options.json) {
    print_json(*summary);
  } else {
    print_receipt(*summary);
  }
  if (!summary->upstream_down && !summary->parked) return kDone;
  fmt::print(stderr, "income-gateway: the run ended early: {}\n", why_early(summary->parked));
  return kCouldNot;
}

}  // namespace

void add_review(CLI::App& root, Invocation& invocation) {
  auto* review = root.add_subcommand("review", "Pull yearly figures and answer the annual reviews");
  const auto options = std::make_shared<Options>();
  review->add_option("--as-of", options->as_of, "the day of the run; default today in London");
  review->add_flag("--plan", options->plan, "say what would be asked and how long it takes");
  review->add_flag("--dry-run", options->dry_run, "a line for each due case; asks nobody");
  review->add_flag("--json", options->json, "one JSON object");
  review->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
