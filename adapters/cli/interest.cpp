#include "core/jobs/interest.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/record_lines.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/interest.hpp"
#include "adapters/wire/files/lock.hpp"
#include "adapters/wire/files/replace_file.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <memory>
#include <unistd.h>
#include <utility>

namespace ig::adapters::cli {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::jobs::InterestPlan;
using core::values::Nino;

struct Options {
  std::string source;
  std::string listed;
  std::string out;
  bool plan = false;
  bool json = false;
};

/// A source's list, whole or not at all: what is acted on drops people.
Result<std::vector<Nino>> read_list(const std::string& file) {
  std::vector<Nino> out;
  std::optional<std::int64_t> count;
  Refusals refusals({STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, -1});
  const auto read =
      each_record_of(file, refusals, [&](const wire::json::Value& value, auto) -> Result<void> {
        if (count) return fail(ErrorCode::CONTRADICTION, {}, "a line after the end of the list");
        const auto line = formats::read_listed(value);
        if (!line) return line.error();
        if (line->nino) {
          out.push_back(line->nino->reveal());
        } else {
          count = line->count;
        }
        return {};
      });
  if (!read) return read.error();
  if (const auto told = refusals.flush(); !told) return told.error();
  if (refusals.any()) {
    return fail(ErrorCode::CONTROL_TOTAL, "--listed", "a line of the list is refused, so all is");
  }
  if (!count) return fail(ErrorCode::TRUNCATED, "--listed", "the list has no end");
  if (*count != number(out.size())) {
    return fail(ErrorCode::CONTROL_TOTAL, "--listed/count", "the list has another number of lines");
  }
  return out;
}

std::string requests_of(const InterestPlan& plan) {
  std::string out;
  for (const InterestPlan::Enter& one : plan.enter) {
    formats::write_interest_request(out, false, one.nino.reveal());
  }
  for (const InterestPlan::Drop& one : plan.drop) {
    formats::write_interest_request(out, true, one.nino.reveal());
  }
  formats::write_interest_end(out, plan.enter.size(), plan.drop.size());
  return out;
}

void show(const InterestPlan& plan, bool json) {
  if (!json) {
    fmt::print(
        "{} wanted; {} to register, {} of them lost; {} to drop, {} of them unknown here; {} newly "
        "confirmed\n",
        plan.wanted, plan.enter.size(), plan.lost, plan.drop.size(), plan.unknown,
        plan.confirmed.size());
    return;
  }
  std::string line;
  wire::json::Writer writer(line);
  writer.begin_object()
      .member("source", plan.source)
      .member("wanted", number(plan.wanted))
      .member("register", number(plan.enter.size()))
      .member("lost", number(plan.lost))
      .member("drop", number(plan.drop.size()))
      .member("unknown", number(plan.unknown))
      .member("confirmed", number(plan.confirmed.size()))
      .end_object();
  fmt::print("{}\n", line);
}

int reconcile(const std::string& config_file, const Options& options) {
  if (options.out.empty() != options.plan) {
    return report(fail(ErrorCode::USAGE, "--out", "a file for the requests, or --plan"));
  }
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  std::optional<std::vector<Nino>> listed;
  if (!options.listed.empty()) {
    auto list = read_list(options.listed);
    if (!list) {
      report(list.error());
      return kRefused;
    }
    listed = *std::move(list);
  }
  const auto lock = wire::files::Lock::take((*runtime)->config.store.file + ".interest.lock");
  if (!lock) return report(lock.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  const auto plan = core::jobs::plan_interest(context, options.source, listed);
  if (!plan) return report(plan.error());
  if (!options.plan) {
    // The file first: to ask twice does no harm, to believe that one has asked does.
    const auto placed = wire::files::replace_file(options.out, requests_of(*plan));
    if (!placed) return report(placed.error());
    if (const auto kept = core::jobs::keep_interest(context, *plan); !kept) {
      return report(kept.error());
    }
  }
  show(*plan, options.json);
  return kDone;
}

}  // namespace

void add_interest(CLI::App& root, Invocation& invocation) {
  auto* interest = root.add_subcommand("interest", "Whom a source of extracts watches for us");
  interest->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  auto* one = interest->add_subcommand(
      "reconcile",
      "Write what to register and drop, so that it watches whom we have open cases of");
  one->add_option("--source", options->source, "a name for the source, always the same")
      ->required();
  one->add_option("--listed", options->listed, "the source's own list of whom it watches (NDJSON)");
  one->add_option("--out", options->out, "the file of requests to be written (NDJSON)");
  one->add_flag("--plan", options->plan, "count, and change nothing");
  one->add_flag("--json", options->json, "one JSON object");
  one->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return reconcile(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
