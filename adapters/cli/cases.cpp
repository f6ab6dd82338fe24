#include "adapters/formats/cases.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/open_store.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/error_line.hpp"
#include "adapters/wire/files/lines.hpp"
#include "adapters/wire/files/progress.hpp"
#include "adapters/wire/json/value.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <memory>
#include <set>
#include <string>
#include <unistd.h>
#include <utility>

namespace ig::adapters::cli {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::ports::CaseOutcome;

constexpr std::int64_t kBatchLines = 1'000;  ///< of one transaction

struct Options {
  std::string file;
  std::string refused;
  bool json = false;
};

/// A file that closes itself.
class OpenFile {
 public:
  OpenFile(const std::string& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

struct Counts {
  std::int64_t read = 0, added = 0, updated = 0, unchanged = 0, stale = 0, held = 0, refused = 0;
};

/// Takes case lines into the register, in transactions of kBatchLines lines. A line that cannot be
/// taken is refused and the rest goes on; only a failing store stops it.
class Importer {
 public:
  Importer(core::ports::Store& store, bool allow_dummy_ninos, core::values::Instant now,
           int refused_file)
      : store_(store),
        allow_dummy_ninos_(allow_dummy_ninos),
        now_(now),
        errors_(STDERR_FILENO),
        refused_(refused_file) {}

  /// Errors: UNREADABLE (the lines), STORE_FAILED, STORE_IN_DOUBT.
  Result<void> run(wire::files::LineReader& lines) {
    const auto known = remember_held();
    if (!known) return known;
    wire::files::Progress progress(STDERR_FILENO, "cases import", "lines");
    while (true) {
      const auto line = lines.next();
      if (!line) return line.error();
      if (!*line) break;
      const auto taken = take(**line);
      if (!taken) return taken;
      progress.step();
    }
    return finish();
  }
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  /// What waits for a person, or did, so that the same file does not ask twice.
  Result<void> remember_held() {
    const auto held = store_.held(true);
    if (!held) return held.error();
    for (const core::ports::Held& one : *held) {
      if (one.kind == "MATCH") held_.insert(one.subject);
    }
    return {};
  }

  Result<void> take(const wire::files::Line& line) {
    if (!unit_) {
      auto begun = store_.begin();
      if (!begun) return begun.error();
      unit_ = *std::move(begun);
      before_ = counts_;
    }
    ++counts_.read;
    const auto taken = apply(line);
    if (!taken) return taken;
    return counts_.read % kBatchLines == 0 ? commit() : Result<void>{};
  }

  Result<void> apply(const wire::files::Line& line) {
    if (line.too_long) {
      refuse(line, {}, fail(ErrorCode::LINE_TOO_LONG, {}, "the line is longer than a line may be"));
      return {};
    }
    const auto value = reader_.read(line.text);
    if (!value) {
      refuse(line, {}, value.error());
      return {};
    }
    const auto record = formats::read_case(*value);
    if (!record) {
      const auto* id = value->find("case");
      const bool readable = id != nullptr && id->is(wire::json::Value::Kind::string);
      refuse(line, std::string(readable ? id->text() : std::string_view()), record.error());
      return {};
    }
    return store(line, *record);
  }

  Result<void> store(const wire::files::Line& line, const core::facts::CaseRecord& record) {
    const core::values::Nino& nino = record.person.nino->reveal();
    const bool real = nino.kind() == core::values::NinoClass::nino && !nino.is_dummy();
    if (!real && !allow_dummy_ninos_) return hold(record);
    const auto outcome = unit_->put_case(record, now_);
    if (outcome) {
      ++(counts_.*counter(*outcome));
      return {};
    }
    const ErrorCode code = outcome.error().code;
    if (code != ErrorCode::CONTRADICTION && code != ErrorCode::NO_PERSON) return outcome.error();
    refuse(line, record.key.case_id, outcome.error());
    return {};
  }

  static std::int64_t Counts::* counter(CaseOutcome outcome) {
    switch (outcome) {
      case CaseOutcome::added:
        return &Counts::added;
      case CaseOutcome::updated:
        return &Counts::updated;
      case CaseOutcome::unchanged:
        return &Counts::unchanged;
      case CaseOutcome::stale:
        return &Counts::stale;
    }
    core::base::require(false, "an outcome of a case line is one of four");
    return &Counts::read;
  }

  /// The number names nobody for certain: a person looks at it before the case is taken in.
  Result<void> hold(const core::facts::CaseRecord& record) {
    ++counts_.held;
    core::ports::Held held;
    held.kind = "MATCH";
    held.subject = fmt::format("{}/{}/{} version {}", record.key.case_system, record.key.case_id,
                               record.key.paying_parent, record.version);
    held.code = core::base::name(ErrorCode::DUMMY_NINO);
    held.detail =
        "the paying parent's number is administrative, temporary or a known filler: the case is "
        "not in the register; ask the case system for the real number";
    held.held_at = now_;
    if (!held_.insert(held.subject).second) return {};
    const auto kept = unit_->hold(held);
    if (!kept) return kept.error();
    ++newly_held_;
    return {};
  }

  void refuse(const wire::files::Line& line, const std::string& id, const Error& error) {
    ++counts_.refused;
    std::string text;
    formats::write_error_line(text, id, line.number, error);
    errors_.add(text);
    refused_.add(text);
  }

  Result<void> commit() {
    const std::int64_t added = counts_.added - before_.added;
    const std::int64_t updated = counts_.updated - before_.updated;
    if (added + updated + newly_held_ > 0) {
      const auto audited =
          unit_->audit({now_, "operator", "CASES_IMPORTED", "register",
                        fmt::format("{} added, {} updated, {} held", added, updated, newly_held_)});
      if (!audited) return audited;
    }
    newly_held_ = 0;
    const auto done = unit_->commit();
    unit_.reset();
    return done;
  }

  Result<void> finish() {
    if (unit_) {
      const auto done = commit();
      if (!done) return done;
    }
    const auto said = errors_.flush();
    if (!said) return said;
    return refused_.flush();
  }

  core::ports::Store& store_;
  bool allow_dummy_ninos_;
  core::values::Instant now_;
  wire::json::Reader reader_;
  std::unique_ptr<core::ports::UnitOfWork> unit_;
  std::set<std::string> held_;
  wire::files::BufferedOutput errors_;
  wire::files::BufferedOutput refused_;
  Counts counts_;
  Counts before_;                ///< when the unit of work began
  std::int64_t newly_held_ = 0;  ///< in the unit of work
};

void print(const Counts& counts, bool json) {
  const std::pair<const char*, std::int64_t> all[] = {
      {"read", counts.read},           {"added", counts.added}, {"updated", counts.updated},
      {"unchanged", counts.unchanged}, {"stale", counts.stale}, {"held", counts.held},
      {"refused", counts.refused}};
  if (json) {
    std::string line;
    wire::json::Writer writer(line);
    writer.begin_object();
    for (const auto& [name, count] : all) writer.member(name, count);
    writer.end_object();
    fmt::print("{}\n", line);
    return;
  }
  for (const auto& [name, count] : all) fmt::print("{:<10} {:>10}\n", name, count);
}

int import_cases(const std::string& config_file, const Options& options) {
  const auto config = load_config(config_file);
  if (!config) return report(config.error());
  const OpenFile in(options.file == "-" ? "/dev/stdin" : options.file, O_RDONLY);
  if (!in.is_open()) {
    return report(fail(ErrorCode::UNREADABLE, {}, "the file of cases cannot be opened"));
  }
  const OpenFile refused(options.refused.empty() ? "/dev/null" : options.refused,
                         O_CREAT | O_TRUNC | O_WRONLY);
  if (!refused.is_open()) {
    return report(fail(ErrorCode::UNREADABLE, {}, "the file for refused lines cannot be made"));
  }
  const auto store = open_store(*config);
  if (!store) return report(store.error());
  const SystemClock clock;
  Importer importer(**store, config->allow_dummy_ninos, core::values::Instant::of(clock.now()),
                    refused.descriptor());
  wire::files::LineReader lines(in.descriptor());
  const auto done = importer.run(lines);
  if (!done) return report(done.error());
  print(importer.counts(), options.json);
  return importer.counts().refused == 0 ? kDone : kRefused;
}

}  // namespace

void add_cases(CLI::App& root, Invocation& invocation) {
  auto* cases = root.add_subcommand("cases", "The register of cases");
  cases->require_subcommand(1);
  auto* import_them = cases->add_subcommand("import", "Take case lines into the register");
  const auto options = std::make_shared<Options>();
  import_them->add_option("FILE", options->file, "case lines (NDJSON); - for standard input")
      ->required();
  import_them->add_option("--refused", options->refused, "write refused lines' errors here too");
  import_them->add_flag("--json", options->json, "print the counts as one JSON object");
  import_them->callback([&invocation, options] {
    invocation.run = [&invocation, options] {
      return import_cases(invocation.config_file, *options);
    };
  });
}

}  // namespace ig::adapters::cli
