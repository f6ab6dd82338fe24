#include "adapters/cli/spool_watch.hpp"

#include "adapters/cli/control_file.hpp"
#include "adapters/cli/intake_files.hpp"
#include "adapters/cli/intake_receipt.hpp"

#include <filesystem>

namespace ig::adapters::cli {
namespace {

using core::base::Result;
using core::jobs::IntakeReceipt;
using wire::files::Spool;

/// Was nothing of the file taken in, now or before?
bool refused_whole(const IntakeReceipt& receipt) {
  const bool nothing = receipt.payments.kept + receipt.payments.duplicate == 0;
  return nothing && (!receipt.refusals.empty() || receipt.payments.held > 0);
}

}  // namespace

Result<Spool> open_spool(const IntakeConfig& config) {
  std::vector<std::string> packed;
  if (config.packings.gzip) packed.emplace_back(".gz");
  if (config.packings.zstd) packed.emplace_back(".zst");
  return Spool::open(config.spool_folder,
                     {config.spool_settle, config.spool_suffix, kControlSuffix, std::move(packed)});
}

Result<IntakeReceipt> take_from_spool(Runtime& runtime, const core::jobs::JobContext& context,
                                      Spool& spool, std::chrono::steady_clock::time_point now) {
  IntakeReceipt total;
  const auto names = spool.ready(now);
  if (!names) return names.error();
  const auto finished = core::jobs::finish_documents(context, runtime.today());
  if (!finished) return finished.error();
  total.triggers = finished->triggers;
  std::vector<std::string> files;
  for (const std::string& name : *names) {
    const auto file = spool.take(name);
    if (file) files.push_back(*file);  // one that is gone was not for us
  }
  if (files.empty()) return total;
  const auto people = core::jobs::load_people(*runtime.store);
  if (!people) return people.error();
  core::jobs::IntakeOptions how;
  how.as_of = runtime.today();
  how.allow_dummy_ninos = runtime.config.allow_dummy_ninos;
  const auto done = take_files(
      context, *people, files, how,
      [&](const std::string& file, const IntakeReceipt& receipt,
          const core::base::Error* unreadable) -> Result<void> {
        total.add(receipt);
        if (unreadable != nullptr) return {};
        return spool.finish(std::filesystem::path(file).filename().string(),
                            refused_whole(receipt) ? Spool::End::refused : Spool::End::done,
                            intake_receipt_json(receipt));
      },
      runtime.config.intake.packings);
  if (!done) return done.error();
  return total;
}

}  // namespace ig::adapters::cli
