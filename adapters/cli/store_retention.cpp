#include "adapters/cli/store_retention.hpp"

#include "adapters/cli/runtime.hpp"
#include "adapters/wire/files/lock.hpp"
#include "adapters/wire/files/progress.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/jobs/retention.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <memory>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::ports::DataClass;
using core::ports::kDataClasses;
using core::ports::LegalHold;
using core::ports::RetentionCount;
using core::ports::RetentionLine;

struct Options {
  bool plan = false;
  bool json = false;
  bool all = false;
  std::string person;
  std::string case_key;
  std::string reason;
  std::string by;
  std::int64_t id = 0;
};

// ---- retention --------------------------------------------------------------------------------

struct Column {
  const char* name;
  RetentionCount RetentionLine::* count;
};
constexpr std::array<Column, 5> kColumns = {{{"removable", &RetentionLine::removable},
                                             {"held", &RetentionLine::held},
                                             {"busy", &RetentionLine::busy},
                                             {"young", &RetentionLine::young},
                                             {"needed", &RetentionLine::needed}}};

void write_count(wire::json::Writer& json, const char* name, const RetentionCount& count) {
  json.key(name)
      .begin_object()
      .member("rows", static_cast<std::int64_t>(count.rows))
      .member("bytes", static_cast<std::int64_t>(count.bytes))
      .end_object();
}

void write_plan(wire::json::Writer& json, const core::ports::RetentionPlan& plan) {
  json.begin_object();
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    json.key(core::ports::name(static_cast<DataClass>(i))).begin_object();
    for (const Column& column : kColumns) write_count(json, column.name, plan[i].*column.count);
    json.end_object();
  }
  json.end_object();
}

void print_plan(const core::ports::RetentionPlan& plan) {
  fmt::print("{:<10} {:>12} {:>16} {:>10} {:>10} {:>10} {:>10}\n", "", "removable", "bytes", "held",
             "busy", "young", "needed");
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    const RetentionLine& line = plan[i];
    fmt::print("{:<10} {:>12} {:>16} {:>10} {:>10} {:>10} {:>10}\n",
               core::ports::name(static_cast<DataClass>(i)), line.removable.rows,
               line.removable.bytes, line.held.rows, line.busy.rows, line.young.rows,
               line.needed.rows);
  }
  fmt::print(
      "what stays: under a legal hold (held); of an open case, or still in work (busy); its period "
      "is not over (young); a decision that is kept rests on it (needed)\n");
}

int show_plan(const Runtime& runtime, const core::jobs::JobContext& context, bool json) {
  const auto cutoffs = core::jobs::cutoffs_at(runtime.config.retention, context.now());
  const auto plan = context.store.retention_plan(cutoffs);
  if (!plan) return report(plan.error());
  if (!json) {
    print_plan(*plan);
    return kDone;
  }
  std::string out;
  wire::json::Writer writer(out);
  write_plan(writer, *plan);
  fmt::print("{}\n", out);
  return kDone;
}

void print_receipt(const core::jobs::RetentionReceipt& receipt, bool json) {
  if (json) {
    std::string out;
    wire::json::Writer writer(out);
    writer.begin_object()
        .member("run", receipt.run.id)
        .member("started_at", receipt.run.started_at.text())
        .member("resumed", receipt.resumed)
        .member("finished", receipt.finished);
    writer.key("classes").begin_object();
    for (std::size_t i = 0; i < kDataClasses; ++i) {
      const auto of = static_cast<DataClass>(i);
      writer.key(core::ports::name(of)).begin_object();
      write_count(writer, "planned", receipt.run.planned[i]);
      write_count(writer, "joined", receipt.joined(of));
      write_count(writer, "removed", receipt.run.removed[i]);
      write_count(writer, "spared", receipt.spared(of));
      write_count(writer, "left", receipt.left[i].removable);
      writer.end_object();
    }
    writer.end_object().end_object();
    fmt::print("{}\n", out);
    return;
  }
  fmt::print("run {}{}{}\n{:<10} {:>10} {:>10} {:>10} {:>16} {:>10} {:>10}\n", receipt.run.id,
             receipt.resumed ? ", gone on with" : "",
             receipt.finished ? "" : ", stopped: the next one goes on with it", "", "planned",
             "joined", "removed", "bytes", "spared", "left");
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    const auto of = static_cast<DataClass>(i);
    fmt::print("{:<10} {:>10} {:>10} {:>10} {:>16} {:>10} {:>10}\n", core::ports::name(of),
               receipt.run.planned[i].rows, receipt.joined(of).rows, receipt.run.removed[i].rows,
               receipt.run.removed[i].bytes, receipt.spared(of).rows,
               receipt.left[i].removable.rows);
  }
}

int retain(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  if (options.plan) return show_plan(**runtime, context, options.json);
  const auto lock = wire::files::Lock::take((*runtime)->config.store.file + ".retention.lock");
  if (!lock) return report(lock.error());
  wire::files::Progress progress(STDERR_FILENO, "store retention", "rows");
  core::jobs::RetentionOptions how;
  how.periods = (*runtime)->config.retention;
  how.progress = [&](std::uint64_t rows) { progress.at(rows); };
  const auto receipt = core::jobs::run_retention(context, how);
  if (!receipt) return report(receipt.error());
  print_receipt(*receipt, options.json);
  return kDone;
}

// ---- holds ------------------------------------------------------------------------------------

/// "p-000000017".
Result<core::values::PersonId> person_of(const std::string& text) {
  core::values::PersonId person;
  const std::string digits = text.starts_with("p-") ? text.substr(2) : std::string();
  const char* end = digits.data() + digits.size();
  const auto [at, code] = std::from_chars(digits.data(), end, person.value);
  if (digits.empty() || code != std::errc{} || at != end || person.value <= 0) {
    return fail(ErrorCode::USAGE, "--person", "a person is named by an id such as p-000000017");
  }
  return person;
}

/// "system/case/paying parent".
Result<core::values::CaseKey> case_of(const std::string& text) {
  const std::size_t first = text.find('/');
  const std::size_t second = first == std::string::npos ? first : text.find('/', first + 1);
  if (second == std::string::npos) {
    return fail(ErrorCode::USAGE, "--case", "a case is named as SYSTEM/CASE/PAYING_PARENT");
  }
  return core::values::CaseKey{text.substr(0, first), text.substr(first + 1, second - first - 1),
                               text.substr(second + 1)};
}

Result<LegalHold> hold_of(const Options& options) {
  LegalHold hold;
  hold.reason = options.reason;
  hold.placed_by = options.by;
  if (options.person.empty() == options.case_key.empty()) {
    return fail(ErrorCode::USAGE, {}, "a hold is on a person or on a case: --person or --case");
  }
  if (options.person.empty()) {
    auto key = case_of(options.case_key);
    if (!key) return std::move(key).error();
    hold.case_key = *std::move(key);
  } else {
    const auto person = person_of(options.person);
    if (!person) return person.error();
    hold.person = *person;
  }
  return hold;
}

int refused_or_could_not(const core::base::Error& error) {
  const int status = report(error);
  const bool refused = error.code == ErrorCode::NOT_FOUND || error.code == ErrorCode::FORBIDDEN;
  return refused ? static_cast<int>(kRefused) : status;
}

int add_hold(const std::string& config_file, const Options& options) {
  auto hold = hold_of(options);
  if (!hold) return report(hold.error());
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  const auto id = core::jobs::place_hold(context, *std::move(hold));
  if (!id) return refused_or_could_not(id.error());
  fmt::print("hold {} is in force\n", *id);
  return kDone;
}

int remove_hold(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  const auto done = core::jobs::release_hold(context, options.id, options.reason, options.by);
  if (!done) return refused_or_could_not(done.error());
  fmt::print("hold {} is released\n", options.id);
  return kDone;
}

std::string subject_of(const LegalHold& hold) {
  if (hold.person) return core::values::text(*hold.person);
  return fmt::format("{}/{}/{}", hold.case_key->case_system, hold.case_key->case_id,
                     hold.case_key->paying_parent);
}

void print_hold(const LegalHold& hold, bool json) {
  if (!json) {
    fmt::print("{:>6}  {}  {}  by {}: {}\n", hold.id, hold.placed_at.text(), subject_of(hold),
               hold.placed_by, hold.reason);
    if (hold.released_at) {
      fmt::print("        released {} by {}: {}\n", hold.released_at->text(), hold.released_by,
                 hold.release_reason);
    }
    return;
  }
  std::string line;
  wire::json::Writer writer(line);
  writer.begin_object()
      .member("id", hold.id)
      .member("subject", subject_of(hold))
      .member("reason", hold.reason)
      .member("placed_by", hold.placed_by)
      .member("placed_at", hold.placed_at.text());
  if (hold.released_at) {
    writer.member("released_at", hold.released_at->text())
        .member("released_by", hold.released_by)
        .member("release_reason", hold.release_reason);
  }
  writer.end_object();
  fmt::print("{}\n", line);
}

int list_holds(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto holds = (*runtime)->store->legal_holds(options.all);
  if (!holds) return report(holds.error());
  for (const LegalHold& hold : *holds) print_hold(hold, options.json);
  return kDone;
}

void add_holds(CLI::App& store, Invocation& invocation, const std::shared_ptr<Options>& options) {
  auto* hold = store.add_subcommand("hold", "Legal holds: what they cover is never removed");
  hold->require_subcommand(1);
  auto* add = hold->add_subcommand("add", "Place a hold on a person or on everybody of a case");
  add->add_option("--person", options->person, "a person's id, such as p-000000017");
  add->add_option("--case", options->case_key, "SYSTEM/CASE/PAYING_PARENT");
  add->add_option("--reason", options->reason, "why, without personal data")->required();
  add->add_option("--by", options->by, "who places it")->required();
  add->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return add_hold(invocation.config_file, *options); };
  });
  auto* remove = hold->add_subcommand("remove", "Release a hold; by somebody else than placed it");
  remove->add_option("id", options->id, "its number")->required();
  remove->add_option("--reason", options->reason, "why, without personal data")->required();
  remove->add_option("--by", options->by, "who releases it")->required();
  remove->callback([&invocation, options] {
    invocation.run = [&invocation, options] {
      return remove_hold(invocation.config_file, *options);
    };
  });
  auto* list = hold->add_subcommand("list", "The holds in force");
  list->add_flag("--all", options->all, "released ones too");
  list->add_flag("--json", options->json, "one JSON object a line");
  list->callback([&invocation, options] {
    invocation.run = [&invocation, options] {
      return list_holds(invocation.config_file, *options);
    };
  });
}

}  // namespace

void add_store_retention(CLI::App& store, Invocation& invocation) {
  const auto options = std::make_shared<Options>();
  auto* retention = store.add_subcommand("retention", "Remove what has been kept long enough");
  retention->add_flag("--plan", options->plan, "say what would go and why the rest stays");
  retention->add_flag("--json", options->json, "one JSON object");
  retention->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return retain(invocation.config_file, *options); };
  });
  add_holds(store, invocation, options);
}

}  // namespace ig::adapters::cli
