#include "adapters/store/sqlite/audit.hpp"
#include "adapters/store/sqlite/backup.hpp"
#include "adapters/store/sqlite/decisions.hpp"
#include "adapters/store/sqlite/desk.hpp"
#include "adapters/store/sqlite/facts.hpp"
#include "adapters/store/sqlite/hmrc_log.hpp"
#include "adapters/store/sqlite/interest.hpp"
#include "adapters/store/sqlite/legal_holds.hpp"
#include "adapters/store/sqlite/open.hpp"
#include "adapters/store/sqlite/opening.hpp"
#include "adapters/store/sqlite/outbox.hpp"
#include "adapters/store/sqlite/register.hpp"
#include "adapters/store/sqlite/retention.hpp"
#include "adapters/store/sqlite/triggers.hpp"
#include "adapters/store/sqlite/yearly_files.hpp"

#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;
using values::CaseKey;
using values::DecisionId;
using values::DocumentId;
using values::Instant;
using values::PersonId;

/// One transaction. After a call failed in SQLite nothing more is run in it: SQLite may have
/// rolled it back already, and a later statement would then commit alone.
class SqliteUnit final : public ports::UnitOfWork {
 public:
  SqliteUnit(Session& session, bool& open) : s_(session), open_(open) { open_ = true; }
  ~SqliteUnit() override {
    if (committed_) return;
    s_.db.rollback();
    s_.audit_head.reset();
    open_ = false;
  }
  SqliteUnit(const SqliteUnit&) = delete;
  SqliteUnit& operator=(const SqliteUnit&) = delete;

  Result<void> commit() override {
    base::require(!committed_, "a unit of work is committed once");
    const auto sealed = in([&] { return seal_audit(s_); });
    if (!sealed) return sealed;
    const auto done = s_.db.commit();
    committed_ = done.has_value();
    failed_ = !committed_;
    if (committed_) open_ = false;
    return done;
  }

  Result<ports::CaseOutcome> put_case(const facts::CaseRecord& record, Instant at) override {
    return in([&] { return sqlite::put_case(s_, record, at); });
  }
  Result<void> move_figure(const CaseKey& key, const facts::InForce& figure,
                           std::optional<values::Date> review_date, const std::string& trigger_id,
                           Instant at) override {
    return in([&] { return sqlite::move_figure(s_, key, figure, review_date, trigger_id, at); });
  }
  Result<DocumentId> add_document(const std::string& system, const std::string& name,
                                  Instant received_at) override {
    return in([&] { return sqlite::add_document(s_, system, name, received_at); });
  }
  Result<std::vector<bool>> stage(DocumentId document,
                                  std::span<const ports::StagedFact> staged) override {
    return in([&] { return sqlite::stage(s_, document, staged); });
  }
  Result<void> add_refused(DocumentId document, std::span<const ports::Refused> refused) override {
    return in([&] { return sqlite::add_refused(s_, document, refused); });
  }
  Result<void> accept(DocumentId document, const std::string& sha256, std::uint64_t bytes,
                      const std::string& receipt) override {
    return in([&] { return sqlite::accept(s_, document, sha256, bytes, receipt); });
  }
  Result<void> accept_again(DocumentId document, const std::string& sha256, std::uint64_t bytes,
                            const std::string& receipt) override {
    return in([&] { return sqlite::accept_again(s_, document, sha256, bytes, receipt); });
  }
  Result<void> refuse(DocumentId document, const std::string& sha256, std::uint64_t bytes,
                      const std::string& receipt) override {
    return in([&] { return sqlite::refuse(s_, document, sha256, bytes, receipt); });
  }
  Result<void> keep_raw(DocumentId document, std::string_view raw) override {
    return in([&] { return sqlite::keep_raw(s_, document, raw); });
  }
  Result<void> worked_through(DocumentId document, PersonId person, bool finished) override {
    return in([&] { return sqlite::worked_through(s_, document, person, finished); });
  }
  Result<void> keep_parameters(const std::string& version, std::string_view text) override {
    return in([&] { return sqlite::keep_parameters(s_, version, text); });
  }
  Result<DecisionId> add_decision(const ports::NewDecision& decision) override {
    return in([&] { return sqlite::add_decision(s_, decision); });
  }
  Result<bool> add_trigger(const triggers::Trigger& trigger, triggers::Mode mode,
                           DecisionId decision, Instant at,
                           const std::string& correlation_id) override {
    return in([&] { return sqlite::add_trigger(s_, trigger, mode, decision, at, correlation_id); });
  }
  Result<void> put_raised(const CaseKey& key, std::span<const triggers::Raised> raised) override {
    return in([&] { return sqlite::put_raised(s_, key, raised); });
  }
  Result<std::vector<ports::Claimed>> claim(Instant now, std::size_t max,
                                            std::chrono::seconds lease) override {
    return in([&] { return sqlite::claim(s_, now, max, lease); });
  }
  Result<void> delivered(const std::string& trigger_id, const ports::Receipt& receipt,
                         Instant at) override {
    return in([&] { return sqlite::delivered(s_, trigger_id, receipt, at); });
  }
  Result<void> retry(const std::string& trigger_id, std::uint32_t attempts, Instant next_at,
                     const std::string& answer) override {
    return in([&] { return sqlite::retry(s_, trigger_id, attempts, next_at, answer); });
  }
  Result<void> park(const std::string& trigger_id, std::uint32_t attempts,
                    const std::string& answer, Instant at) override {
    return in([&] { return sqlite::park(s_, trigger_id, attempts, answer, at); });
  }
  Result<void> unpark(const std::string& trigger_id, bool again, Instant at) override {
    return in([&] { return sqlite::unpark(s_, trigger_id, again, at); });
  }
  Result<void> release_leases() override {
    return in([&] { return sqlite::release_leases(s_); });
  }
  Result<std::int64_t> next_control() override {
    return in([&] { return sqlite::next_control(s_); });
  }
  Result<void> add_request_file(const ports::RequestFile& file,
                                std::span<const ports::FileQuestion> questions) override {
    return in([&] { return sqlite::add_request_file(s_, file, questions); });
  }
  Result<void> request_file_written(std::int64_t control) override {
    return in([&] { return sqlite::request_file_written(s_, control); });
  }
  Result<void> add_answer_file(const std::string& control, DocumentId document,
                               const std::string& sha256) override {
    return in([&] { return sqlite::add_answer_file(s_, control, document, sha256); });
  }
  Result<void> settle_question(const std::string& request_id, ports::FileQuestionState state,
                               Instant at) override {
    return in([&] { return sqlite::settle_question(s_, request_id, state, at); });
  }
  Result<std::int64_t> place_hold(const ports::LegalHold& hold) override {
    return in([&] { return sqlite::place_hold(s_, hold); });
  }
  Result<void> release_hold(std::int64_t id, const std::string& reason, const std::string& by,
                            Instant at) override {
    return in([&] { return sqlite::release_hold(s_, id, reason, by, at); });
  }
  Result<std::int64_t> put_retention_run(const ports::RetentionRun& run) override {
    return in([&] { return sqlite::put_retention_run(s_, run); });
  }
  Result<ports::RetentionStep> remove_expired(ports::DataClass of,
                                              const ports::RetentionCutoffs& cutoffs,
                                              std::int64_t after, std::size_t max,
                                              Instant at) override {
    return in([&] { return sqlite::remove_expired(s_, of, cutoffs, after, max, at); });
  }
  Result<std::int64_t> hold(const ports::Held& held) override {
    return in([&] { return sqlite::hold(s_, held); });
  }
  Result<void> resolve_held(std::int64_t id, const std::string& resolution, const std::string& by,
                            Instant at) override {
    return in([&] { return sqlite::resolve_held(s_, id, resolution, by, at); });
  }
  Result<void> put_interest(const ports::Interest& interest) override {
    return in([&] { return sqlite::put_interest(s_, interest); });
  }
  Result<void> drop_interest(const std::string& source, PersonId person) override {
    return in([&] { return sqlite::drop_interest(s_, source, person); });
  }
  Result<void> put_pull(const ports::Pull& pull) override {
    return in([&] { return sqlite::put_pull(s_, pull); });
  }
  Result<void> put_request_pace(const core::delivery::PaceState& state) override {
    return in([&] { return sqlite::put_request_pace(s_, state); });
  }
  Result<void> add_hmrc_request(const ports::HmrcRequest& request) override {
    return in([&] { return sqlite::add_hmrc_request(s_, request); });
  }
  Result<void> audit(const ports::AuditEntry& entry) override {
    return in([&] { return sqlite::audit(s_, entry); });
  }

 private:
  template <class Call>
  auto in(const Call& call) -> decltype(call()) {
    if (failed_) {
      return base::fail(ErrorCode::STORE_FAILED, {},
                        "an earlier call of this unit of work failed: nothing was changed");
    }
    auto result = call();
    if (!result && result.error().code == ErrorCode::STORE_FAILED) failed_ = true;
    return result;
  }

  Session& s_;
  bool& open_;
  bool committed_ = false;
  bool failed_ = false;
};

/// Joins the parts of the store under the port; each part is a file of this folder.
class SqliteStore final : public ports::Store {
 public:
  explicit SqliteStore(std::unique_ptr<Session> session) : session_(std::move(session)) {}

  Result<std::unique_ptr<ports::UnitOfWork>> begin() override {
    base::require(!unit_open_, "at most one unit of work is open on a store");
    const auto begun = s_.db.begin();
    if (!begun) return begun.error();
    return std::unique_ptr<ports::UnitOfWork>(std::make_unique<SqliteUnit>(s_, unit_open_));
  }

  Result<std::int64_t> commits_of_others() override {
    const auto version = number(s_.db, "PRAGMA data_version");
    if (!version) return version.error();
    return version->value_or(0);
  }
  Result<std::optional<PersonId>> person_of(const values::Nino& nino) override {
    return sqlite::person_of(s_, nino);
  }
  Result<facts::Subject> identity(PersonId person) override { return sqlite::identity(s_, person); }
  Result<void> each_person(const PersonVisitor& visit) override {
    return sqlite::each_person(s_, visit);
  }
  Result<void> each_interest(const std::string& source,
                             const ports::InterestVisitor& visit) override {
    return sqlite::each_interest(s_, source, visit);
  }
  Result<std::vector<ports::RegisteredCase>> cases_of(PersonId person) override {
    return sqlite::cases_of(s_, person);
  }
  Result<std::optional<ports::RegisteredCase>> case_of(const CaseKey& key) override {
    return sqlite::case_of(s_, key);
  }
  Result<std::vector<ports::RegisteredCase>> cases_named(const std::string& case_id) override {
    return sqlite::cases_named(s_, case_id);
  }
  Result<ports::RegisteredCase> case_at(std::int64_t history) override {
    return sqlite::case_at(s_, history);
  }
  Result<std::vector<ports::RegisteredCase>> cases_with_review_until(values::Date last) override {
    return sqlite::cases_with_review_until(s_, last);
  }
  Result<std::vector<ports::RegisteredCase>> cases_current_since(values::Date last) override {
    return sqlite::cases_current_since(s_, last);
  }
  Result<std::uint64_t> count_cases() override { return sqlite::count_cases(s_); }

  Result<std::vector<ports::Refused>> refused_of(const std::string& sha256,
                                                 std::size_t max) override {
    return sqlite::refused_of(s_, sha256, max);
  }
  Result<std::optional<ports::Document>> document_by_hash(const std::string& sha256) override {
    return sqlite::document_by_hash(s_, sha256);
  }
  Result<std::vector<ports::Document>> unfinished_documents() override {
    return sqlite::unfinished_documents(s_);
  }
  Result<std::vector<PersonId>> people_of(DocumentId document, PersonId after,
                                          std::size_t max) override {
    return sqlite::people_of(s_, document, after, max);
  }
  Result<std::int64_t> accepted_until() override { return sqlite::accepted_until(s_); }
  Result<std::vector<facts::Fact>> facts_of(PersonId person, Instant received_before,
                                            std::int64_t until) override {
    return sqlite::facts_of(s_, person, received_before, until);
  }
  Result<std::vector<facts::Payment>> payments_of(PersonId person, Instant received_before,
                                                  std::int64_t until) override {
    return sqlite::payments_of(s_, person, received_before, until);
  }
  Result<std::vector<PersonId>> people_with_payments(PersonId after, std::size_t max) override {
    return sqlite::people_with_payments(s_, after, max);
  }
  Result<std::vector<facts::YearlyFigure>> yearly_figures(PersonId person) override {
    return sqlite::yearly_figures(s_, person);
  }
  Result<std::optional<facts::YearlyFigure>> latest_yearly(PersonId person) override {
    return sqlite::latest_yearly(s_, person);
  }
  Result<std::optional<facts::Fact>> fact(const std::string& fact_id) override {
    return sqlite::fact(s_, fact_id);
  }

  Result<std::optional<std::string>> parameters(const std::string& version) override {
    return sqlite::parameters(s_, version);
  }
  Result<std::optional<ports::StoredDecision>> decision(DecisionId id) override {
    return sqlite::decision(s_, id);
  }
  Result<std::optional<ports::StoredDecision>> last_decision(const CaseKey& key) override {
    return sqlite::last_decision(s_, key);
  }
  Result<std::optional<ports::StoredTrigger>> trigger(const std::string& id) override {
    return sqlite::trigger(s_, id);
  }
  Result<void> each_trigger(
      const ports::TriggerFilter& filter,
      const std::function<void(const ports::StoredTrigger&)>& visit) override {
    return sqlite::each_trigger(s_, filter, visit);
  }
  Result<std::vector<triggers::Raised>> raised_of(const CaseKey& key) override {
    return sqlite::raised_of(s_, key);
  }
  Result<std::vector<ports::OutboxLine>> outbox() override { return sqlite::outbox(s_); }
  Result<std::optional<Instant>> next_due() override { return sqlite::next_due(s_); }

  Result<std::vector<ports::RequestFile>> unwritten_request_files() override {
    return sqlite::unwritten_request_files(s_);
  }
  Result<std::optional<ports::FileQuestion>> file_question(const std::string& id) override {
    return sqlite::file_question(s_, id);
  }
  Result<std::vector<ports::FileQuestion>> file_questions_of(PersonId person) override {
    return sqlite::file_questions_of(s_, person);
  }
  Result<std::uint64_t> count_open_file_questions() override {
    return sqlite::count_open_file_questions(s_);
  }
  Result<std::optional<std::string>> answer_file(const std::string& control) override {
    return sqlite::answer_file(s_, control);
  }

  Result<ports::RetentionPlan> retention_plan(const ports::RetentionCutoffs& cutoffs) override {
    return sqlite::retention_plan(s_, cutoffs);
  }
  Result<std::optional<ports::RetentionRun>> open_retention_run() override {
    return sqlite::open_retention_run(s_);
  }
  Result<std::vector<ports::LegalHold>> legal_holds(bool released_too) override {
    return sqlite::legal_holds(s_, released_too);
  }

  Result<std::vector<ports::Held>> held(bool resolved_too) override {
    return sqlite::held(s_, resolved_too);
  }
  Result<std::optional<ports::Held>> held_item(std::int64_t id) override {
    return sqlite::held_item(s_, id);
  }
  Result<bool> is_held(const std::string& subject, const std::string& code) override {
    return sqlite::is_held(s_, subject, code);
  }
  Result<std::optional<ports::Pull>> pull(PersonId person, const std::string& purpose,
                                          values::Date anchor) override {
    return sqlite::pull(s_, person, purpose, anchor);
  }
  Result<core::delivery::PaceState> request_pace() override { return sqlite::request_pace(s_); }
  Result<std::vector<ports::HmrcRequest>> hmrc_requests(PersonId person, ports::Purpose purpose,
                                                        Instant from) override {
    return sqlite::hmrc_requests(s_, person, purpose, from);
  }
  Result<std::vector<ports::FieldSeen>> fields_seen() override { return sqlite::fields_seen(s_); }
  Result<std::vector<ports::HmrcTimes>> hmrc_times(Instant from) override {
    return sqlite::hmrc_times(s_, from);
  }
  Result<ports::AuditReport> verify_audit() override { return sqlite::verify_audit(s_); }
  Result<void> backup(const std::string& file) override {
    base::require(!unit_open_, "a backup is made between units of work");
    return sqlite::backup(s_, file);
  }

 private:
  std::unique_ptr<Session> session_;
  Session& s_ = *session_;
  bool unit_open_ = false;
};

}  // namespace

Result<std::unique_ptr<ports::Store>> open_sqlite_store(const SqliteOptions& options,
                                                        std::unique_ptr<ports::Digest> digest) {
  auto session = open_session(options, std::move(digest), Journal::wal);
  if (!session) return session.error();
  return std::unique_ptr<ports::Store>(std::make_unique<SqliteStore>(*std::move(session)));
}

}  // namespace ig::adapters::store::sqlite
