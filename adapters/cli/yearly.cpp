#include "adapters/cli/command.hpp"
#include "adapters/cli/file_source.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/cli/yearly_receipt.hpp"
#include "adapters/hmrc/yearly_batch.hpp"
#include "adapters/wire/files/lock.hpp"
#include "adapters/wire/files/replace_file.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>

namespace ig::adapters::cli {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::jobs::BatchReceipt;
using core::jobs::BatchTally;
using core::jobs::ExportPlan;
using core::jobs::FileOutcome;

struct Options {
  std::string out;
  std::string as_of;
  std::string received_at;
  std::vector<std::string> files;
  bool plan = false;
  bool json = false;
};

// ---- export -----------------------------------------------------------------------------------

void write_plan(wire::json::Writer& json, const ExportPlan& plan) {
  json.member("cases", static_cast<std::int64_t>(plan.cases))
      .member("people", static_cast<std::int64_t>(plan.people))
      .member("held", static_cast<std::int64_t>(plan.held))
      .member("outstanding", static_cast<std::int64_t>(plan.outstanding))
      .member("answered", static_cast<std::int64_t>(plan.answered));
}

void print_plan(const ExportPlan& plan) {
  fmt::print(
      "{} case(s) of {} person(s) wait for an answer; of the people {} have a figure that may be "
      "used, {} are asked about already, {} were answered without a figure\n",
      plan.cases, plan.people, plan.held, plan.outstanding, plan.answered);
}

int show_plan(const ExportPlan& plan, core::values::Date as_of, bool json) {
  if (json) {
    std::string out;
    wire::json::Writer writer(out);
    writer.begin_object().member("as_of", as_of.text());
    write_plan(writer, plan);
    writer.member("questions", static_cast<std::int64_t>(plan.questions))
        .member("unwritten", static_cast<std::int64_t>(plan.unwritten))
        .end_object();
    fmt::print("{}\n", out);
    return kDone;
  }
  print_plan(plan);
  fmt::print("{} question(s) would go into a file", plan.questions);
  if (plan.unwritten != 0)
    fmt::print("; {} file(s) of an interrupted run come first", plan.unwritten);
  fmt::print("\n");
  return kDone;
}

void show_summary(const core::jobs::ExportSummary& summary, bool json) {
  if (json) {
    std::string out;
    wire::json::Writer writer(out);
    writer.begin_object();
    write_plan(writer, summary.plan);
    writer.member("questions", static_cast<std::int64_t>(summary.questions))
        .member("left", static_cast<std::int64_t>(summary.left))
        .member_if("file", summary.file);
    writer.key("finished").begin_array();
    for (const std::string& name : summary.finished) writer.string(name);
    writer.end_array().end_object();
    fmt::print("{}\n", out);
    return;
  }
  for (const std::string& name : summary.finished) {
    fmt::print("{}: left by an interrupted run, now in its place\n", name);
  }
  print_plan(summary.plan);
  if (summary.file.empty()) {
    fmt::print("nobody is to be asked about: no file\n");
    return;
  }
  fmt::print("{}: {} question(s)\n", summary.file, summary.questions);
  if (summary.left != 0) fmt::print("{} person(s) are left for the next file\n", summary.left);
}

int export_questions(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  if (options.plan) {
    const auto plan = core::jobs::plan_yearly_export(context, *as_of);
    return plan ? show_plan(*plan, *as_of, options.json) : report(plan.error());
  }
  std::error_code ignored;
  if (!std::filesystem::is_directory(options.out, ignored)) {
    return report(fail(ErrorCode::USAGE, "--out", "the folder for the file is needed"));
  }
  const auto lock = wire::files::Lock::take((*runtime)->config.store.file + ".yearly.lock");
  if (!lock) return report(lock.error());
  hmrc::YearlyBatchXml files;
  core::jobs::ExportOptions how;
  how.as_of = *as_of;
  how.site = (*runtime)->config.site;
  how.place = [&](const std::string& name, std::string_view text) {
    return wire::files::replace_file((std::filesystem::path(options.out) / name).string(), text);
  };
  const auto summary = core::jobs::run_yearly_export(context, files, how);
  if (!summary) return report(summary.error());
  show_summary(*summary, options.json);
  return kDone;
}

// ---- import -----------------------------------------------------------------------------------

void print_receipt(const std::string& file, const BatchReceipt& receipt) {
  fmt::print("{}: {}", file, core::jobs::name(receipt.outcome));
  if (receipt.why) {
    fmt::print(" {}{}{}: {}", core::base::name(receipt.why->code),
               receipt.why->field.empty() ? "" : " ", receipt.why->field, receipt.why->message);
  }
  if (receipt.outcome == FileOutcome::partial) fmt::print("; nothing was taken in, it stays there");
  fmt::print("\n  {:<12} {:>12} {:>18}\n", "", "answers", "annual, pence");
  const auto row = [&](const char* name, std::int64_t BatchTally::* part) {
    fmt::print("  {:<12} {:>12} {:>18}\n", name, receipt.answers.*part, receipt.pence.*part);
  };
  row("in", &BatchTally::in);
  row("kept", &BatchTally::kept);
  row("duplicate", &BatchTally::duplicate);
  row("unavailable", &BatchTally::unavailable);
  row("not needed", &BatchTally::not_needed);
  row("refused", &BatchTally::refused);
  row("held", &BatchTally::held);
  for (const auto& [code, count] : receipt.refusals) fmt::print("  refused {}: {}\n", code, count);
  if (receipt.unearned_dropped != 0) {
    fmt::print("  {} answer(s) held unearned income nobody asked for; it was not kept\n",
               receipt.unearned_dropped);
  }
  if (receipt.parts_differ != 0) {
    fmt::print("  {} figure(s) differ from the sum of their parts; the figure stands\n",
               receipt.parts_differ);
  }
}

/// A name that a file under way does not have.
Result<void> is_final_name(const std::string& file) {
  if (std::filesystem::path(file).extension() == ".xml") return {};
  return fail(ErrorCode::UNREADABLE, {},
              "only files whose name ends in .xml are picked up: " + file);
}

Result<BatchReceipt> import_one(const core::jobs::JobContext& context, hmrc::YearlyBatchXml& files,
                                const std::string& file, const core::jobs::ImportOptions& how) {
  if (const auto named = is_final_name(file); !named) return named.error();
  const auto open = [&]() -> Result<std::unique_ptr<core::ports::ByteSource>> {
    auto source = FileSource::open(file);
    if (!source) return std::move(source).error();
    return std::unique_ptr<core::ports::ByteSource>(*std::move(source));
  };
  return core::jobs::import_yearly_answers(
      context, files, std::filesystem::path(file).filename().string(), open, how);
}

int import_answers(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  core::jobs::ImportOptions how;
  how.site = (*runtime)->config.site;
  how.encode = yearly_receipt_json;
  const auto received_at = received_at_option(options.received_at);
  if (!received_at) return report(received_at.error());
  if (*received_at) how.received_at = **received_at;
  const auto lock = wire::files::Lock::take((*runtime)->config.store.file + ".intake.lock");
  if (!lock) return report(lock.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  if (const auto dropped = core::jobs::drop_interrupted_imports(context); !dropped) {
    return report(dropped.error());
  }
  hmrc::YearlyBatchXml files;
  bool refused = false;
  for (const std::string& file : options.files) {
    const auto receipt = import_one(context, files, file, how);
    if (!receipt) {
      report(receipt.error());
      if (receipt.error().code != ErrorCode::UNREADABLE) return kCouldNot;
      refused = true;
      continue;
    }
    refused = refused || receipt->answers.refused != 0 ||
              receipt->outcome == FileOutcome::refused || receipt->outcome == FileOutcome::partial;
    if (options.json) {
      fmt::print("{}\n", yearly_receipt_json(*receipt));
    } else {
      print_receipt(std::filesystem::path(file).filename().string(), *receipt);
    }
  }
  const auto open = (*runtime)->store->count_open_file_questions();
  if (!open) return report(open.error());
  if (!options.json) fmt::print("{} question(s) wait for an answer\n", *open);
  return refused ? kRefused : kDone;
}

}  // namespace

void add_yearly(CLI::App& root, Invocation& invocation) {
  auto* yearly = root.add_subcommand("yearly", "Yearly figures asked for and answered by file");
  yearly->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  auto* out = yearly->add_subcommand("export", "Write the questions of the reviews that are due");
  out->add_option("--out", options->out, "the folder the file is put into");
  out->add_option("--as-of", options->as_of, "the day of the questions; default today in London");
  out->add_flag("--plan", options->plan, "say whom it would ask about, and write nothing");
  out->add_flag("--json", options->json, "one JSON object");
  out->callback([&invocation, options] {
    invocation.run = [&invocation, options] {
      return export_questions(invocation.config_file, *options);
    };
  });
  auto* in = yearly->add_subcommand("import", "Take answer files in");
  in->add_option("files", options->files, "answer files (.xml)")->required();
  in->add_option("--received-at", options->received_at,
                 "when we had the files (RFC 3339); default now");
  in->add_flag("--json", options->json, "one JSON object a file");
  in->callback([&invocation, options] {
    invocation.run = [&invocation, options] {
      return import_answers(invocation.config_file, *options);
    };
  });
}

}  // namespace ig::adapters::cli
