#include "core/jobs/intake.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/file_source.hpp"
#include "adapters/cli/intake_receipt.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/rti/child_reader.hpp"
#include "adapters/wire/files/lock.hpp"
#include "adapters/wire/files/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>
#include <thread>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

struct Options {
  bool json = false;
  std::string as_of;
  std::string received_at;
  std::vector<std::string> files;
};

void print_table(const core::jobs::IntakeReceipt& receipt) {
  fmt::print("{} file(s), {} message(s), {} employee(s), {} trigger(s)\n", receipt.files,
             receipt.messages, receipt.employees, receipt.triggers);
  fmt::print("{:<10} {:>12} {:>18}\n", "", "payments", "taxable pay, pence");
  const auto row = [&](const char* name, std::int64_t core::jobs::Tally::* part) {
    fmt::print("{:<10} {:>12} {:>18}\n", name, receipt.payments.*part, receipt.pence.*part);
  };
  row("in", &core::jobs::Tally::in);
  row("kept", &core::jobs::Tally::kept);
  row("unmatched", &core::jobs::Tally::unmatched);
  row("duplicate", &core::jobs::Tally::duplicate);
  row("refused", &core::jobs::Tally::refused);
  row("held", &core::jobs::Tally::held);
  for (const auto& [code, count] : receipt.refusals) fmt::print("refused {}: {}\n", code, count);
}

/// Parsers at work beside the writer: one a core.
std::size_t parsers() { return std::max<std::size_t>(std::thread::hardware_concurrency(), 1); }

/// Files on their way in: each has a parser of its own, and the next ones run ahead.
class Queue {
 public:
  Queue(const std::vector<std::string>& files, const rti::PeopleFilter& people)
      : files_(files), reader_(people) {}

  /// The next file, opened, until this is called again; or why it cannot be read. Not called after
  /// the last.
  core::base::Result<core::ports::ByteSource*> next() {
    for (; begun_.size() < parsers() && opened_ < files_.size(); ++opened_) {
      auto source = FileSource::open(files_[opened_]);
      if (source) {
        if (auto started = reader_.begin(**source); !started) source = std::move(started).error();
      }
      begun_.push_back(std::move(source));
    }
    auto first = std::move(begun_.front());
    begun_.pop_front();
    if (!first) return std::move(first).error();
    current_ = *std::move(first);
    return current_.get();
  }
  [[nodiscard]] core::ports::BulkReader& reader() { return reader_; }

 private:
  const std::vector<std::string>& files_;
  std::size_t opened_ = 0;
  std::unique_ptr<FileSource> current_;
  std::deque<core::base::Result<std::unique_ptr<FileSource>>> begun_;
  rti::ChildReader reader_;  // goes first: its threads read the sources
};

/// Takes the files in one after the other; one that cannot be read does not stop the rest. What
/// they come to is independent of how far the parsers are: the writer takes them in their order.
core::base::Result<core::jobs::IntakeReceipt> take_all(Runtime& runtime,
                                                       const core::jobs::JobContext& context,
                                                       const Options& options,
                                                       core::jobs::IntakeOptions how,
                                                       bool& unreadable) {
  const auto people = core::jobs::load_people(*runtime.store);
  if (!people) return people.error();
  core::jobs::IntakeReceipt total;
  rti::PeopleFilter filter(people->size());
  people->each([&](std::uint64_t packed) { filter.add(packed); });
  Queue queue(options.files, filter);
  wire::files::Progress progress(STDERR_FILENO, "intake", "employees");
  how.progress = [&](std::uint64_t count) { progress.at(count); };
  for (const std::string& file : options.files) {
    const auto source = queue.next();
    if (!source) {
      report(source.error());
      ++total.files;
      ++total.refusals[std::string(core::base::name(source.error().code))];
      unreadable = true;
      continue;
    }
    auto receipt = core::jobs::take_in(context, std::filesystem::path(file).filename().string(),
                                       **source, queue.reader(), *people, how, intake_receipt_json);
    if (!receipt) return std::move(receipt).error();
    total.add(*receipt);
  }
  return total;
}

int run(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  warn_held_back(**runtime);
  const auto as_of = day_or_today(options.as_of, **runtime);
  if (!as_of) return report(as_of.error());
  core::jobs::IntakeOptions how;
  how.as_of = *as_of;
  how.allow_dummy_ninos = (*runtime)->config.allow_dummy_ninos;
  const auto received_at = received_at_option(options.received_at);
  if (!received_at) return report(received_at.error());
  if (*received_at) how.received_at = **received_at;
  const auto lock = wire::files::Lock::take((*runtime)->config.store.file + ".intake.lock");
  if (!lock) return report(lock.error());
  const auto context = (*runtime)->context(new_correlation_id((*runtime)->random));
  const auto finished = core::jobs::finish_documents(context, *as_of);
  if (!finished) return report(finished.error());
  bool unreadable = false;
  auto receipt = take_all(**runtime, context, options, std::move(how), unreadable);
  if (!receipt) return report(receipt.error());
  receipt->triggers += finished->triggers;
  if (options.json) {
    fmt::print("{}\n", intake_receipt_json(*receipt));
  } else {
    print_table(*receipt);
  }
  return receipt->payments.refused != 0 || !receipt->refusals.empty() || unreadable ? kRefused
                                                                                    : kDone;
}

}  // namespace

void add_intake(CLI::App& root, Invocation& invocation) {
  auto* intake = root.add_subcommand("intake", "Take bulk RTI files in");
  const auto options = std::make_shared<Options>();
  intake->add_flag("--json", options->json, "end with the receipt of contracts.md");
  intake->add_option("--as-of", options->as_of, "the day to test on; default today in London");
  intake->add_option("--received-at", options->received_at,
                     "when we had the files (RFC 3339); default now");
  intake->add_option("files", options->files, "Full Payment Submissions")->required();
  intake->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
