#pragma once

#include "core/jobs/context.hpp"
#include "core/ports/yearly_batch.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ig::core::jobs {

// ---- questions out ----------------------------------------------------------------------------

/// What an export would ask (`yearly export --plan`).
struct ExportPlan {
  std::uint64_t cases = 0;        ///< whose review is due and not answered
  std::uint64_t people = 0;       ///< behind those cases
  std::uint64_t questions = 0;    ///< people who would be asked about
  std::uint64_t held = 0;         ///< people whose figure is in the store and may be used
  std::uint64_t outstanding = 0;  ///< people asked about in a file without an answer yet
  std::uint64_t answered = 0;     ///< people asked about in a file and answered without a figure
  std::uint64_t unwritten = 0;    ///< files of an interrupted run that are written first
};

struct ExportSummary {
  ExportPlan plan;
  std::vector<std::string> finished;  ///< names of files that an interrupted run had left
  std::string file;                   ///< name of the new file; empty when nobody is asked about
  std::uint64_t questions = 0;        ///< in the new file
  std::uint64_t left = 0;             ///< people left for the next file: one file has a limit
};

struct ExportOptions {
  values::Date as_of;
  std::string site;
  /// Puts a file in its place, whole or not at all. The same name and text may come again.
  std::function<base::Result<void>(const std::string& name, std::string_view text)> place;
};

/// Errors: STORE_FAILED, PARAMETER_MISSING.
[[nodiscard]] base::Result<ExportPlan> plan_yearly_export(const JobContext& context,
                                                          values::Date as_of);

/// Asks by file about the people whose review is due and not answered: one file a run, and nobody
/// twice while an answer is outstanding. Number, questions and text are committed before the file
/// is put in its place; a run that was killed in between is finished by the next one, with the same
/// bytes. Errors: STORE_FAILED, PARAMETER_MISSING, those of `place`.
[[nodiscard]] base::Result<ExportSummary> run_yearly_export(const JobContext& context,
                                                            ports::YearlyBatch& files,
                                                            const ExportOptions& options);

// ---- answers in -------------------------------------------------------------------------------

/// A number of answers and what their annual sums come to, by what became of them. `in` is the sum
/// of the rest.
struct BatchTally {
  std::int64_t in = 0;
  std::int64_t kept = 0;         ///< a fact was stored
  std::int64_t duplicate = 0;    ///< the same fact is there already
  std::int64_t unavailable = 0;  ///< HMRC could not say; the question may be asked again
  std::int64_t not_needed = 0;   ///< the person has no open case any more: nothing is kept
  std::int64_t refused = 0;
  std::int64_t held = 0;  ///< the whole file waits for a person
};

enum class FileOutcome : std::uint8_t { accepted, duplicate, held, refused, partial };

/// "ACCEPTED", "DUPLICATE", "HELD", "REFUSED", "PARTIAL".
[[nodiscard]] std::string_view name(FileOutcome outcome) noexcept;

/// What importing one answer file came to.
struct BatchReceipt {
  FileOutcome outcome = FileOutcome::accepted;
  std::string control;  ///< the file's number, as far as it was read
  BatchTally answers;
  BatchTally pence;
  std::map<std::string, std::uint64_t> refusals;  ///< by code
  std::uint64_t unearned_dropped = 0;  ///< answers with unearned income nobody asked for: not kept
  std::uint64_t parts_differ = 0;      ///< figures whose parts do not come to their sum; it stands
  std::optional<base::Error> why;      ///< why the file was not accepted
};

struct ImportOptions {
  std::string site;                            ///< ours; a file for another one is refused
  std::optional<values::Instant> received_at;  ///< when we had the file; absent: now
  /// Makes the receipt's text for the store.
  std::function<std::string(const BatchReceipt&)> encode;
};

/// Gives the bytes of the file from their start; called twice.
using OpenFile = std::function<base::Result<std::unique_ptr<ports::ByteSource>>()>;

/// Takes an answer file in, when it is whole. A partial file changes nothing. A file taken in
/// before is a duplicate and changes nothing; another file under a used control number is refused
/// and held for a person. Answers are matched by request id: one that answers no question of ours,
/// a question already answered otherwise, or an older question than the figure we hold, is refused
/// and noted. Facts, the control number and the questions' states become visible together.
/// Errors: UNREADABLE, STORE_FAILED; the file can then be imported again.
[[nodiscard]] base::Result<BatchReceipt> import_yearly_answers(const JobContext& context,
                                                               ports::YearlyBatch& files,
                                                               const std::string& name,
                                                               const OpenFile& open,
                                                               const ImportOptions& options);

/// Removes what a killed import had only staged. Run before anything is imported, by the one
/// process that takes documents in.
[[nodiscard]] base::Result<void> drop_interrupted_imports(const JobContext& context);

}  // namespace ig::core::jobs
