#pragma once

#include "core/jobs/context.hpp"
#include "core/jobs/decide.hpp"
#include "core/jobs/person_index.hpp"
#include "core/ports/bulk_reader.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ig::core::jobs {

/// A number of payments and what they come to, by what became of them. `in` is the sum of the rest.
struct Tally {
  std::int64_t in = 0;
  std::int64_t kept = 0;
  std::int64_t unmatched = 0;  ///< of people who are not registered: counted, not stored
  std::int64_t duplicate = 0;  ///< the same fact is there already
  std::int64_t refused = 0;
  std::int64_t held = 0;  ///< waits for a person

  void add(const Tally& other);
};

/// What intake answers for one file or several (contracts.md, "intake").
struct IntakeReceipt {
  std::uint64_t files = 0;
  std::uint64_t messages = 0;
  std::uint64_t employees = 0;
  Tally payments;
  Tally pence;
  std::uint64_t nil_periods = 0;  ///< schemes' word that they paid nobody (EPS), of good messages
  std::uint64_t triggers = 0;
  std::map<std::string, std::uint64_t> refusals;  ///< by code

  void add(const IntakeReceipt& other);
};

/// Decisions for some people of a document, in order of id.
struct MadeBatch {
  std::vector<MadeDecisions> people;
  bool last = false;  ///< there are no more
};

/// Makes the decisions for an accepted document's people ahead of the job that stores them, on
/// another thread with a store of its own. The port of a helper: the job works without one too.
class DecisionsAhead {
 public:
  virtual ~DecisionsAhead() = default;
  /// Begins with the people of `document` after `after`; what was begun before is dropped.
  virtual void begin(values::DocumentId document, values::PersonId after, values::Date as_of) = 0;
  /// The decisions for the next people, in order of id; not called after the last batch.
  [[nodiscard]] virtual base::Result<MadeBatch> next() = 0;
};

/// What the sender says a bulk file holds, in a file beside it. What is absent is not checked.
struct BulkControl {
  std::optional<base::Error> unreadable;  ///< it cannot be read: the file is refused by this code
  std::string sender;                     ///< with a sequence
  std::optional<std::int64_t> sequence;   ///< of the sender's files: each number is used once
  std::optional<std::string> sha256;      ///< hex, lower case
  std::optional<std::int64_t> bytes;
  std::optional<std::int64_t> employees;
  std::optional<std::int64_t> payments;
  std::optional<std::int64_t> taxable_pay_pence;
};

struct IntakeOptions {
  values::Date as_of;  ///< the day the new facts are tested on
  bool allow_dummy_ninos = false;
  /// When we had the documents; absent: now. A rehearsal or a late take-in says so here.
  std::optional<values::Instant> received_at;
  /// Take in a file that was taken in before, for people registered since; what is there already
  /// counts as duplicate.
  bool again = false;
  std::optional<BulkControl> control;
  std::function<void(std::uint64_t employees)> progress;  ///< called now and then; may be empty
  DecisionsAhead* ahead = nullptr;  ///< makes decisions beside the job; null: it does so itself
};

/// Loads the index of registered people. Errors: STORE_FAILED.
[[nodiscard]] base::Result<PersonIndex> load_people(ports::Store& store);

/// Makes decisions for up to `max` people of a document after `after`, as intake does.
[[nodiscard]] base::Result<MadeBatch> make_decisions_of(const JobContext& context,
                                                        values::DocumentId document,
                                                        values::PersonId after, values::Date as_of,
                                                        std::size_t max);

/// Takes one bulk file in: reads it once and stages the payments of registered people in batches.
/// Each message of the file is a document of its own, accepted or refused by one row whatever
/// becomes of the others; then it is decided for its people in batches that commit together with
/// the document's cursor. What a control file says is of the whole file. A document that was taken
/// in before is answered as a duplicate; one that is not what its control file says is refused;
/// other bytes under a used sequence are held. `encode` makes the receipt's text for the store.
/// Errors: UNREADABLE, STORE_FAILED; the document can then be taken in again.
[[nodiscard]] base::Result<IntakeReceipt> take_in(
    const JobContext& context, const std::string& name, ports::ByteSource& bytes,
    ports::BulkReader& reader, const PersonIndex& people, const IntakeOptions& options,
    const std::function<std::string(const IntakeReceipt&)>& encode);

/// Finishes what a killed run left: removes what was only staged, decides for the people of what
/// was accepted. Run before anything new is taken in.
[[nodiscard]] base::Result<DecideTotals> finish_documents(const JobContext& context,
                                                          values::Date as_of);

}  // namespace ig::core::jobs
