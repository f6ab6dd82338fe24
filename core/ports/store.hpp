#pragma once

#include "core/base/result.hpp"
#include "core/delivery/request_pace.hpp"
#include "core/facts/case_record.hpp"
#include "core/facts/fact.hpp"
#include "core/ports/case_system.hpp"
#include "core/ports/hmrc_log.hpp"
#include "core/ports/interest.hpp"
#include "core/ports/retention.hpp"
#include "core/rules/assessment.hpp"
#include "core/triggers/proposal.hpp"
#include "core/triggers/raised.hpp"
#include "core/triggers/trigger.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ig::core::ports {

// ---- what is stored ---------------------------------------------------------------------------

/// What applying a case line did.
enum class CaseOutcome : std::uint8_t { added, updated, unchanged, stale };

/// A case of the register as it stands, with the row of its history that says so.
struct RegisteredCase {
  facts::CaseRecord record;  ///< record.person holds the person id only
  values::PersonId person;
  std::int64_t history = 0;  ///< grows with each change of the register; names this state for ever
};

enum class DocumentState : std::uint8_t { received, staged, accepted, refused };

/// A file or reply that was given to us.
struct Document {
  values::DocumentId id;
  std::string system;  ///< "fps", "yearly", "rtii", "receipt"
  std::string name;    ///< file name without folders, or request id
  std::string sha256;  ///< hex; empty until the last byte was read
  std::uint64_t bytes = 0;
  values::Instant received_at;
  DocumentState state = DocumentState::received;
  std::string receipt;              ///< JSON: counts and pence, and every problem
  values::PersonId worked_through;  ///< decisions are made for all people up to this one
  bool finished = false;            ///< nothing is left to decide
};

/// A fact about a registered person on its way into the store.
struct StagedFact {
  values::PersonId person;
  facts::Fact fact;
  std::string evidence;  ///< the exact bytes it was read from, where they are kept
  std::uint64_t byte_from = 0;
  std::uint64_t byte_to = 0;
};

/// A piece that was refused or kept back: where and why, never what.
struct Refused {
  std::string position;
  std::string code;  ///< a name of core/base/error_code.hpp
  std::string field;
  std::string message;

  [[nodiscard]] static Refused of(std::string position, const base::Error& why) {
    return {std::move(position), std::string(base::name(why.code)), why.field, why.message};
  }
};

/// A decision to be stored, with everything needed to make it again.
struct NewDecision {
  values::PersonId person;
  std::string job;                  ///< "intake", "watch", "review"
  std::int64_t case_history = 0;    ///< RegisteredCase::history it was made on
  std::int64_t accepted_until = 0;  ///< Store::accepted_until() it was made on
  triggers::Proposal proposal;
  rules::Assessment assessment;
  std::vector<std::string> fact_ids;
  values::Instant made_at;
  std::string correlation_id;
};

/// A decision as it was stored; the texts are the formats of contracts.md, byte for byte.
struct StoredDecision {
  values::DecisionId id;
  values::CaseKey case_key;
  values::PersonId person;
  std::string job;
  std::int64_t case_history = 0;
  std::int64_t accepted_until = 0;
  values::Date as_of;
  std::string request_json;
  std::string assessment_json;
  std::vector<std::string> fact_ids;
  std::string parameters_version;
  values::Instant made_at;
  std::string correlation_id;
};

enum class DeliveryState : std::uint8_t { not_sent, pending, delivered, parked, skipped };

/// A trigger as it was stored, with where its delivery stands.
struct StoredTrigger {
  triggers::Trigger trigger;
  triggers::Mode mode = triggers::Mode::shadow;
  std::optional<std::int64_t> sequence;
  values::DecisionId decision;
  DeliveryState state = DeliveryState::not_sent;
  std::uint32_t attempts = 0;
  std::optional<values::Instant> next_attempt_at;
  std::string last_answer;  ///< status and reason of the last attempt, for an operator
  values::Instant raised_at;
  std::string correlation_id;
};

struct TriggerFilter {
  std::optional<values::CaseKey> case_key;
  std::optional<triggers::Kind> kind;
  std::optional<DeliveryState> state;
  std::size_t limit = 1'000'000;
};

/// A delivery that was claimed: nobody else has it until `leased_until`.
struct Claimed {
  Dispatch dispatch;
  std::uint32_t attempts = 0;  ///< made before this one
  values::Instant leased_until;
};

/// How much waits, by case system.
struct OutboxLine {
  std::string case_system;
  std::uint64_t pending = 0;
  std::uint64_t delivered = 0;
  std::uint64_t parked = 0;
  std::optional<values::Instant> oldest_pending;
};

/// Something that waits for a person.
struct Held {
  std::int64_t id = 0;
  std::string kind;     ///< "DOCUMENT", "PAYMENT", "DELIVERY", "MATCH", "CASE", "INTEREST"
  std::string subject;  ///< document hash, trigger id, case ...; no personal data
  std::string code;     ///< why
  std::string detail;   ///< one plain sentence: what to look at, what can be done
  values::Instant held_at;
  std::optional<values::Instant> resolved_at;
  std::string resolution;
  std::string resolved_by;

  /// An item that nobody has looked at yet; the store numbers it.
  [[nodiscard]] static Held fresh(std::string kind, std::string subject, std::string_view code,
                                  std::string detail, values::Instant at) {
    Held out;
    out.kind = std::move(kind);
    out.subject = std::move(subject);
    out.code = code;
    out.detail = std::move(detail);
    out.held_at = at;
    return out;
  }
};

/// A question to HMRC for one person, and how often it was asked in vain.
struct Pull {
  values::PersonId person;
  std::string purpose;
  values::Date anchor;  ///< the earliest date it serves
  std::uint32_t attempts = 0;
  std::string last_code;  ///< FetchResult or Action by name; empty when it was answered well
  values::Instant last_at;
  bool answered = false;
  std::optional<values::Date> last_on{};  ///< the day the last run was for
};

/// A file of yearly questions that we write.
struct RequestFile {
  std::int64_t control = 0;  ///< its number, given once for ever
  values::Instant created_at;
  values::Date asked_on;
  std::uint64_t questions = 0;
  std::string sha256;  ///< hex, of `text`
  std::string text;    ///< the file; kept until it stands in its place
};

/// Where a question that went out in a file stands. `unavailable`: HMRC could not say.
enum class FileQuestionState : std::uint8_t { open, answered, unavailable };

/// A yearly question that went out in a file.
struct FileQuestion {
  std::string request_id;
  std::int64_t control = 0;  ///< of the request file it is in
  values::PersonId person;
  std::string purpose;
  values::Date asked_on;
  bool unearned = false;
  FileQuestionState state = FileQuestionState::open;
};

/// One line of the audit. Written in the transaction of its effect.
struct AuditEntry {
  values::Instant at;
  std::string actor;    ///< a principal, or "system"
  std::string action;   ///< "CASE_IMPORTED", "TRIGGER_RAISED", "TRIGGER_READ", ...
  std::string subject;  ///< ids only
  std::string detail;   ///< counts and codes; no personal data
};

struct AuditReport {
  std::uint64_t entries = 0;
  std::uint64_t removed = 0;  ///< older ones, removed after their period; the cut is sealed
  std::optional<std::int64_t> first_broken;  ///< number of the first entry that does not fit
  std::string why;
};

// ---- the port ---------------------------------------------------------------------------------

/// One transaction. Rolls back unless commit() was reached. At most one is open on a Store.
/// Errors of every call: STORE_FAILED (nothing was changed; the unit can only be dropped);
/// of commit() also STORE_IN_DOUBT.
class UnitOfWork {
 public:
  virtual ~UnitOfWork() = default;
  [[nodiscard]] virtual base::Result<void> commit() = 0;

  // register
  /// Applies a case line. An older version changes nothing (`stale`); the same version with the
  /// same content is `unchanged`, with other content an Error CONTRADICTION. A person is found by
  /// the first eight characters of the NINO, or made.
  virtual base::Result<CaseOutcome> put_case(const facts::CaseRecord& record,
                                             values::Instant received_at) = 0;
  /// Moves the figure in force on after a receipt; keeps the version of the last case line.
  virtual base::Result<void> move_figure(const values::CaseKey& key, const facts::InForce& figure,
                                         std::optional<values::Date> review_date,
                                         const std::string& trigger_id, values::Instant at) = 0;

  // documents and facts
  virtual base::Result<values::DocumentId> add_document(const std::string& system,
                                                        const std::string& name,
                                                        values::Instant received_at) = 0;
  /// Stages facts of a document; invisible to every query until accept(). Gives for each whether
  /// it is new (true) or a fact with its id is already there (false; nothing is stored).
  virtual base::Result<std::vector<bool>> stage(values::DocumentId document,
                                                std::span<const StagedFact> facts) = 0;
  virtual base::Result<void> add_refused(values::DocumentId document,
                                         std::span<const Refused> refused) = 0;
  /// Makes all staged facts of the document visible, by one row.
  virtual base::Result<void> accept(values::DocumentId document, const std::string& sha256,
                                    std::uint64_t bytes, const std::string& receipt) = 0;
  /// The same for bytes that were taken in before: what is staged is of people registered since.
  virtual base::Result<void> accept_again(values::DocumentId document, const std::string& sha256,
                                          std::uint64_t bytes, const std::string& receipt) = 0;
  /// Removes its staged facts; keeps the document's receipt.
  virtual base::Result<void> refuse(values::DocumentId document, const std::string& sha256,
                                    std::uint64_t bytes, const std::string& receipt) = 0;
  /// Keeps the raw bytes of a reply as evidence.
  virtual base::Result<void> keep_raw(values::DocumentId document, std::string_view raw) = 0;
  /// Decisions for the document's people up to and with `person` are part of this unit.
  virtual base::Result<void> worked_through(values::DocumentId document, values::PersonId person,
                                            bool finished) = 0;

  // decisions and triggers
  /// Keeps the text of a parameter set under its version; the same again changes nothing.
  virtual base::Result<void> keep_parameters(const std::string& version, std::string_view text) = 0;
  virtual base::Result<values::DecisionId> add_decision(const NewDecision& decision) = 0;
  /// Stores a trigger; in TASK and LIVE gives it the next sequence of its case and queues it.
  /// False when a trigger with its id is already there: nothing is changed.
  virtual base::Result<bool> add_trigger(const triggers::Trigger& trigger, triggers::Mode mode,
                                         values::DecisionId decision, values::Instant at,
                                         const std::string& correlation_id) = 0;
  /// Replaces what is remembered as raised for one case.
  virtual base::Result<void> put_raised(const values::CaseKey& key,
                                        std::span<const triggers::Raised> raised) = 0;

  // delivery
  /// Leases up to `max` heads of cases that are due: never two of one case, never one leased to
  /// another.
  virtual base::Result<std::vector<Claimed>> claim(values::Instant now, std::size_t max,
                                                   std::chrono::seconds lease) = 0;
  /// Hands back every lease. Only for a caller that knows that nobody else delivers from this
  /// store: what a killed run had claimed is then due at once.
  virtual base::Result<void> release_leases() = 0;
  virtual base::Result<void> delivered(const std::string& trigger_id, const Receipt& receipt,
                                       values::Instant at) = 0;
  virtual base::Result<void> retry(const std::string& trigger_id, std::uint32_t attempts,
                                   values::Instant next_at, const std::string& answer) = 0;
  /// Takes the delivery out of the flow; its case waits until a person resolves it.
  virtual base::Result<void> park(const std::string& trigger_id, std::uint32_t attempts,
                                  const std::string& answer, values::Instant at) = 0;
  /// Puts a parked delivery back at the head of its case (`again`), or lets the case go on past it.
  virtual base::Result<void> unpark(const std::string& trigger_id, bool again,
                                    values::Instant at) = 0;

  // questions by file
  /// The number the next request file has. Given out again while no file was added under it.
  virtual base::Result<std::int64_t> next_control() = 0;
  /// Keeps a request file with its questions, before it is written. Errors also: CONTRADICTION
  /// when its number or an id was used before.
  virtual base::Result<void> add_request_file(const RequestFile& file,
                                              std::span<const FileQuestion> questions) = 0;
  /// The file stands in its place: its text goes.
  virtual base::Result<void> request_file_written(std::int64_t control) = 0;
  /// Uses up the control number of a file that came in. Errors also: CONTRADICTION when it was used
  /// before.
  virtual base::Result<void> add_answer_file(const std::string& control,
                                             values::DocumentId document,
                                             const std::string& sha256) = 0;
  /// Errors also: NOT_FOUND when no such question was asked.
  virtual base::Result<void> settle_question(const std::string& request_id, FileQuestionState state,
                                             values::Instant at) = 0;

  // retention
  /// Errors also: NOT_FOUND when there is no such person or case.
  virtual base::Result<std::int64_t> place_hold(const LegalHold& hold) = 0;
  /// Errors also: NOT_FOUND when no such hold is in force.
  virtual base::Result<void> release_hold(std::int64_t id, const std::string& reason,
                                          const std::string& by, values::Instant at) = 0;
  /// Stores a new run and gives its number, or what an open one has removed so far and whether it
  /// has ended.
  virtual base::Result<std::int64_t> put_retention_run(const RetentionRun& run) = 0;
  /// Looks at up to `max` rows of a class, beginning after row `after` (0: the first), and removes
  /// those that retention_plan() counts as removable.
  virtual base::Result<RetentionStep> remove_expired(DataClass of, const RetentionCutoffs& cutoffs,
                                                     std::int64_t after, std::size_t max,
                                                     values::Instant at) = 0;

  // interest
  virtual base::Result<void> put_interest(const Interest& interest) = 0;
  /// Forgets it; nothing happens when there is none.
  virtual base::Result<void> drop_interest(const std::string& source, values::PersonId person) = 0;

  // the rest
  virtual base::Result<std::int64_t> hold(const Held& held) = 0;
  virtual base::Result<void> resolve_held(std::int64_t id, const std::string& resolution,
                                          const std::string& by, values::Instant at) = 0;
  virtual base::Result<void> put_pull(const Pull& pull) = 0;
  virtual base::Result<void> put_request_pace(const delivery::PaceState& state) = 0;
  /// Writes a question to HMRC down. Where rows came back, counts its fields as asked and received.
  virtual base::Result<void> add_hmrc_request(const HmrcRequest& request) = 0;
  virtual base::Result<void> audit(const AuditEntry& entry) = 0;
};

/// The gateway's memory. Reads see what is committed, and what the open unit of work has written.
/// Not for two threads at once: each thread opens its own.
/// Errors of every call: STORE_FAILED; INTEGRITY_BROKEN where a hash is checked.
class Store {
 public:
  using PersonVisitor = std::function<void(
      std::uint64_t packed, std::span<const std::uint64_t> name_keys, values::PersonId person)>;
  static constexpr std::int64_t kAllAccepted = std::numeric_limits<std::int64_t>::max();

  virtual ~Store() = default;
  [[nodiscard]] virtual base::Result<std::unique_ptr<UnitOfWork>> begin() = 0;
  /// A number that is another one once somebody else has committed: another process, or another
  /// Store on the same data. Asked in a unit of work it holds to the unit's end.
  [[nodiscard]] virtual base::Result<std::int64_t> commits_of_others() = 0;

  // identity and register
  virtual base::Result<std::optional<values::PersonId>> person_of(const values::Nino& nino) = 0;
  /// Name, NINO and birth date of a person; the one read that gives them out. NOT_FOUND when they
  /// were removed after their period.
  virtual base::Result<facts::Subject> identity(values::PersonId person) = 0;
  /// Every registered person with an open case, in order of id: packed NINO (Nino::packed), keys of
  /// the name (facts::name_keys) and id.
  virtual base::Result<void> each_person(const PersonVisitor& visit) = 0;
  /// Our interest in people that is registered with one source, by person.
  virtual base::Result<void> each_interest(const std::string& source,
                                           const InterestVisitor& visit) = 0;
  virtual base::Result<std::vector<RegisteredCase>> cases_of(values::PersonId person) = 0;
  virtual base::Result<std::optional<RegisteredCase>> case_of(const values::CaseKey& key) = 0;
  /// Every case that bears this id, in any case system, by case system, then paying parent.
  virtual base::Result<std::vector<RegisteredCase>> cases_named(const std::string& case_id) = 0;
  /// A case as the register held it in the given row of its history.
  virtual base::Result<RegisteredCase> case_at(std::int64_t history) = 0;
  /// Open cases with a review date up to and with `last`, by person, then case.
  virtual base::Result<std::vector<RegisteredCase>> cases_with_review_until(values::Date last) = 0;
  /// Open cases on current income that is in force since `last` or longer, by person, then case.
  virtual base::Result<std::vector<RegisteredCase>> cases_current_since(values::Date last) = 0;
  virtual base::Result<std::uint64_t> count_cases() = 0;

  // documents and facts
  virtual base::Result<std::optional<Document>> document_by_hash(const std::string& sha256) = 0;
  /// The first `max` pieces of the document that were refused or kept back, in its order.
  virtual base::Result<std::vector<Refused>> refused_of(const std::string& sha256,
                                                        std::size_t max) = 0;
  virtual base::Result<std::vector<Document>> unfinished_documents() = 0;
  /// People with accepted facts of this document, in order of id, after `after`.
  virtual base::Result<std::vector<values::PersonId>> people_of(values::DocumentId document,
                                                                values::PersonId after,
                                                                std::size_t max) = 0;
  /// Grows with each accepted document; a decision names the value it was made on.
  virtual base::Result<std::int64_t> accepted_until() = 0;
  virtual base::Result<std::vector<facts::Fact>> facts_of(values::PersonId person,
                                                          values::Instant received_before,
                                                          std::int64_t until = kAllAccepted) = 0;
  virtual base::Result<std::vector<facts::Payment>> payments_of(
      values::PersonId person, values::Instant received_before,
      std::int64_t until = kAllAccepted) = 0;
  /// Every person with accepted payments, in order of id, after `after`.
  virtual base::Result<std::vector<values::PersonId>> people_with_payments(values::PersonId after,
                                                                           std::size_t max) = 0;
  /// Every accepted yearly figure of a person, in the order in which they came.
  virtual base::Result<std::vector<facts::YearlyFigure>> yearly_figures(
      values::PersonId person) = 0;
  virtual base::Result<std::optional<facts::YearlyFigure>> latest_yearly(
      values::PersonId person) = 0;
  virtual base::Result<std::optional<facts::Fact>> fact(const std::string& fact_id) = 0;

  // decisions and triggers
  virtual base::Result<std::optional<std::string>> parameters(const std::string& version) = 0;
  virtual base::Result<std::optional<StoredDecision>> decision(values::DecisionId id) = 0;
  virtual base::Result<std::optional<StoredDecision>> last_decision(const values::CaseKey& key) = 0;
  virtual base::Result<std::optional<StoredTrigger>> trigger(const std::string& id) = 0;
  virtual base::Result<void> each_trigger(
      const TriggerFilter& filter, const std::function<void(const StoredTrigger&)>& visit) = 0;
  virtual base::Result<std::vector<triggers::Raised>> raised_of(const values::CaseKey& key) = 0;
  virtual base::Result<std::vector<OutboxLine>> outbox() = 0;
  /// When the next queued delivery is due, or nothing.
  virtual base::Result<std::optional<values::Instant>> next_due() = 0;

  // questions by file
  /// Request files that may not stand in their place yet, by number.
  virtual base::Result<std::vector<RequestFile>> unwritten_request_files() = 0;
  virtual base::Result<std::optional<FileQuestion>> file_question(
      const std::string& request_id) = 0;
  /// The questions about a person, oldest first.
  virtual base::Result<std::vector<FileQuestion>> file_questions_of(values::PersonId person) = 0;
  virtual base::Result<std::uint64_t> count_open_file_questions() = 0;
  /// The hash of the file that used a control number; nothing when none did.
  virtual base::Result<std::optional<std::string>> answer_file(const std::string& control) = 0;

  // retention
  /// What may go and why the rest stays, as it would be after the classes before it went.
  virtual base::Result<RetentionPlan> retention_plan(const RetentionCutoffs& cutoffs) = 0;
  /// The run that was begun and not ended.
  virtual base::Result<std::optional<RetentionRun>> open_retention_run() = 0;
  virtual base::Result<std::vector<LegalHold>> legal_holds(bool released_too) = 0;

  // the rest
  virtual base::Result<std::vector<Held>> held(bool resolved_too) = 0;
  virtual base::Result<std::optional<Held>> held_item(std::int64_t id) = 0;
  /// Is an item of this subject and code open?
  virtual base::Result<bool> is_held(const std::string& subject, const std::string& code) = 0;
  virtual base::Result<std::optional<Pull>> pull(values::PersonId person,
                                                 const std::string& purpose,
                                                 values::Date anchor) = 0;
  virtual base::Result<delivery::PaceState> request_pace() = 0;
  /// Questions about a person for one purpose asked from `from` on, oldest first; without raw
  /// bytes.
  virtual base::Result<std::vector<HmrcRequest>> hmrc_requests(values::PersonId person,
                                                               Purpose purpose,
                                                               values::Instant from) = 0;
  virtual base::Result<std::vector<FieldSeen>> fields_seen() = 0;
  /// Times of the questions asked from `from` on, by interface and purpose.
  virtual base::Result<std::vector<HmrcTimes>> hmrc_times(values::Instant from) = 0;
  /// Walks the hash chain from its first entry, or from the sealed cut where retention removed
  /// some.
  virtual base::Result<AuditReport> verify_audit() = 0;
  /// Writes a whole copy to `file`, then opens and checks it. Errors also: UNREADABLE.
  virtual base::Result<void> backup(const std::string& file) = 0;
};

}  // namespace ig::core::ports
