#include "core/jobs/intake.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/decide_ahead.hpp"
#include "adapters/cli/intake_files.hpp"
#include "adapters/cli/intake_receipt.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/wire/files/lock.hpp"
#include "adapters/wire/files/progress.hpp"

#include <fmt/format.h>

#include <memory>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

struct Options {
  bool json = false;
  bool again = false;
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

/// Takes the files in one after the other; one that cannot be read does not stop the rest.
core::base::Result<core::jobs::IntakeReceipt> take_all(Runtime& runtime,
                                                       const core::jobs::JobContext& context,
                                                       const Options& options,
                                                       core::jobs::IntakeOptions how,
                                                       bool& unreadable) {
  const auto people = core::jobs::load_people(*runtime.store);
  if (!people) return people.error();
  core::jobs::IntakeReceipt total;
  wire::files::Progress progress(STDERR_FILENO, "intake", "employees");
  how.progress = [&](std::uint64_t count) { progress.at(count); };
  const auto done = take_files(
      context, *people, options.files, how,
      [&](const std::string&, const core::jobs::IntakeReceipt& receipt,
          const core::base::Error* why) -> core::base::Result<void> {
        total.add(receipt);
        if (why != nullptr) {
          report(*why);
          unreadable = true;
        }
        return {};
      },
      runtime.config.intake.packings);
  if (!done) return done.error();
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
  how.again = options.again;
  how.allow_dummy_ninos = (*runtime)->config.allow_dummy_ninos;
  const auto received_at = received_at_option(options.received_at);
  if (!received_at) return report(received_at.error());
  if (*received_at) how.received_at = **received_at;
  const auto lock = wire::files::Lock::take((*runtime)->config.store.file + ".intake.lock");
  if (!lock) return report(lock.error());
  const std::string correlation = new_correlation_id((*runtime)->random);
  const auto context = (*runtime)->context(correlation);
  const auto finished = core::jobs::finish_documents(context, *as_of);
  if (!finished) return report(finished.error());
  const auto beside = open_runtime(config_file);
  if (!beside) return report(beside.error());
  DecideAhead ahead((*beside)->context(correlation));
  how.ahead = &ahead;
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
  intake->add_flag("--again", options->again,
                   "files that were taken in before, for people registered since");
  intake->add_option("files", options->files, "Full Payment Submissions")->required();
  intake->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
