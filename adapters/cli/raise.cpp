#include "core/triggers/raise.hpp"

#include "adapters/cli/chain.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/record_lines.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/assessments.hpp"
#include "adapters/formats/proposals.hpp"
#include "adapters/formats/raised.hpp"
#include "adapters/formats/triggers.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/files/lock.hpp"
#include "adapters/wire/files/replace_file.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ig::adapters::cli {
namespace {

namespace triggers = core::triggers;
using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;

/// What stands as raised, by case: the content of `--raised FILE`.
class Memory {
 public:
  /// An absent file means that nothing was raised. Errors: UNREADABLE, INTEGRITY_BROKEN.
  Result<void> load(const std::string& file) {
    std::error_code failed;
    if (!std::filesystem::exists(file, failed) && !failed) return {};
    if (!std::filesystem::is_regular_file(file, failed)) {
      return core::base::fail(ErrorCode::UNREADABLE, {}, "not a plain file: " + file);
    }
    const int nowhere = -1;
    Refusals broken({nowhere, nowhere, STDERR_FILENO, nowhere});
    auto read = each_record_of(file, broken, [&](const wire::json::Value& value, auto) {
      auto raised = formats::read_raised(value);
      if (!raised) return Result<void>(std::move(raised).error());
      of(raised->case_key).push_back(*raised);
      return Result<void>();
    });
    if (!read) return read;
    if (auto told = broken.flush(); !told) return told;
    if (!broken.any()) return {};
    return core::base::fail(ErrorCode::INTEGRITY_BROKEN, {},
                            "the memory of what was raised cannot be read: " + file);
  }

  Result<void> save(const std::string& file) const {
    std::string text;
    for (const auto& [key, standing] : cases_) {
      for (const triggers::Raised& one : standing) {
        formats::write_raised(text, one);
        text.push_back('\n');
      }
    }
    return wire::files::replace_file(file, text);
  }

  std::vector<triggers::Raised>& of(const core::values::CaseKey& key) { return cases_[key]; }

 private:
  std::map<core::values::CaseKey, std::vector<triggers::Raised>> cases_;
};

Result<triggers::Context> context_of(const formats::AssessmentLine& line) {
  if (line.context_json.empty()) {
    return Error{ErrorCode::MISSING_MEMBER, "/context",
                 "raise needs the context that propose gave to the request"};
  }
  wire::json::Reader reader;
  const auto value = reader.read(line.context_json);
  if (!value) return value.error();
  auto context = formats::read_context(*value);
  if (!context) return core::base::under("/context", std::move(context).error());
  const bool review = line.assessment.kind == core::rules::DecisionKind::annual_review;
  if (review && !context->review_date) {
    return Error{ErrorCode::MISSING_MEMBER, "/context/review_date",
                 "an annual review is told by its review date"};
  }
  return context;
}

struct Options {
  std::string raised;
  std::string refused;
};

int run(const Options& options) {
  RefusedFile refused;
  if (const auto opened = refused.open(options.refused); !opened) return report(opened.error());
  const auto digest = wire::crypto::make_digest();
  return raise_stage({STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, refused.descriptor()},
                     options.raised, *digest);
}

}  // namespace

int raise_stage(const Pipes& pipes, const std::string& raised_file, core::ports::Digest& digest) {
  const auto lock = wire::files::Lock::take(raised_file + ".lock");
  if (!lock) return report(lock.error());
  Memory memory;
  if (const auto loaded = memory.load(raised_file); !loaded) return report(loaded.error());
  Refusals refusals(pipes);
  wire::files::BufferedOutput output(pipes.out);
  const auto read = each_record(pipes.in, refusals, [&](const wire::json::Value& value, auto) {
    const auto line = formats::read_assessment(value);
    if (!line) return Result<void>(line.error());
    const auto context = context_of(*line);
    if (!context) return Result<void>(context.error());
    std::vector<triggers::Raised>& standing = memory.of(context->case_key);
    auto outcome = triggers::raise(line->assessment, *context, standing, digest);
    for (const triggers::Trigger& trigger : outcome.triggers) {
      formats::write_trigger(output.buffer(), trigger);
      output.buffer().push_back('\n');
      output.written();
    }
    standing = std::move(outcome.standing);
    return Result<void>();
  });
  if (!read) return report(read.error());
  if (const auto done = output.flush(); !done) return report(done.error());
  if (const auto saved = memory.save(raised_file); !saved) return report(saved.error());
  return end_stage(output, refusals);
}

void add_raise(CLI::App& root, Invocation& invocation) {
  auto* raise = root.add_subcommand("raise", "Turn assessments (NDJSON) into triggers, each once");
  const auto options = std::make_shared<Options>();
  raise
      ->add_option("--raised", options->raised,
                   "what was raised before: read and rewritten; absent: nothing was")
      ->required();
  raise->add_option("--refused", options->refused, "file for a copy of the error lines");
  raise->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace ig::adapters::cli
