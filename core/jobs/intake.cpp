#include "core/jobs/intake.hpp"

#include "core/base/limits.hpp"
#include "core/jobs/stager.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace ig::core::jobs {
namespace {

namespace limits = base::limits;
using base::Error;
using base::ErrorCode;
using base::Result;

/// Everything that came in becomes one kind: the document is refused, held or a duplicate whole.
void move_all(Tally& tally, std::int64_t Tally::* to) {
  const std::int64_t in = tally.in;
  tally = {};
  tally.in = in;
  tally.*to = in;
}

void move_all(IntakeReceipt& receipt, std::int64_t Tally::* to) {
  move_all(receipt.payments, to);
  move_all(receipt.pence, to);
}

/// Why nothing of the document is taken in; empty when it is.
std::string refusal_of(const ports::BulkReport& report) {
  if (report.document_error) return std::string(base::name(report.document_error->code));
  for (const ports::MessageReport& message : report.messages) {
    if (message.refused) return message.refused_code;
    if (message.test) return std::string(base::name(ErrorCode::TEST_MESSAGE));
  }
  if (report.messages.empty()) return std::string(base::name(ErrorCode::MISSING_ELEMENT));
  return {};
}

/// Is the document what its sender says it is?
bool keeps(const ports::BulkReport& report, const BulkControl& control) {
  std::int64_t employees = 0;
  std::int64_t payments = 0;
  std::int64_t pence = 0;
  for (const ports::MessageReport& message : report.messages) {
    employees += static_cast<std::int64_t>(message.employees);
    payments += static_cast<std::int64_t>(message.payments);
    pence += message.taxable_pay.in_pence();
  }
  const auto agrees = [](const auto& said, const auto& found) { return !said || *said == found; };
  return agrees(control.sha256, report.sha256) &&
         agrees(control.bytes, static_cast<std::int64_t>(report.bytes)) &&
         agrees(control.employees, employees) && agrees(control.payments, payments) &&
         agrees(control.taxable_pay_pence, pence);
}

/// What becomes of a document.
struct Verdict {
  std::string refusal;                    ///< why it is refused; empty when it is not
  std::string where;                      ///< in the control file, where that is why
  std::optional<ErrorCode> held;          ///< why a person looks at it first
  bool again = false;                     ///< the same bytes were taken in before
  std::optional<std::string> control_no;  ///< the number it uses up
};

std::optional<std::string> control_number(const IntakeOptions& options) {
  if (!options.control || !options.control->sequence) return std::nullopt;
  return fmt::format("bulk/{}/{}", options.control->sender, *options.control->sequence);
}

/// What becomes of a document that was read.
Result<Verdict> judge(const JobContext& context, const ports::BulkReport& report,
                      const IntakeOptions& options, bool too_many) {
  Verdict out;
  const auto known = context.store.document_by_hash(report.sha256);
  if (!known) return known.error();
  out.again = known->has_value() && (*known)->state == ports::DocumentState::accepted;
  out.refusal = refusal_of(report);
  if (!out.refusal.empty()) return out;
  if (options.control && options.control->unreadable) {
    out.refusal = base::name(options.control->unreadable->code);
    out.where = " control file " + options.control->unreadable->field;
  } else if (options.control && !keeps(report, *options.control)) {
    out.refusal = base::name(ErrorCode::CONTROL_TOTAL);
  } else if (out.again && !options.again) {
    out.refusal = base::name(ErrorCode::DUPLICATE_DOCUMENT);
  } else if (too_many) {
    out.held = ErrorCode::TOO_MANY_REFUSED;
  }
  out.control_no = control_number(options);
  if (!out.control_no || !out.refusal.empty()) return out;
  const auto used = context.store.answer_file(*out.control_no);
  if (!used) return used.error();
  if (*used && **used != report.sha256) out.held = ErrorCode::CONTRADICTION;
  return out;
}

Result<values::DocumentId> open_document(const JobContext& context, const std::string& name,
                                         values::Instant received_at) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto document = (*unit)->add_document("fps", name, received_at);
  if (!document) return document.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return *document;
}

ports::AuditEntry audit_of(const JobContext& context, const char* action,
                           const std::string& document, std::string detail) {
  return {context.now(), "system", action, document, std::move(detail)};
}

const char* action_of(const Verdict& verdict) {
  if (!verdict.refusal.empty()) return "DOCUMENT_REFUSED";
  if (verdict.held) return "DOCUMENT_HELD";
  return verdict.again ? "DOCUMENT_TAKEN_AGAIN" : "DOCUMENT_ACCEPTED";
}

Result<void> accept(ports::UnitOfWork& work, values::DocumentId document,
                    const ports::BulkReport& report, const Verdict& verdict,
                    const std::string& receipt) {
  if (verdict.again) return work.accept_again(document, report.sha256, report.bytes, receipt);
  const auto accepted = work.accept(document, report.sha256, report.bytes, receipt);
  if (!accepted || !verdict.control_no) return accepted;
  return work.add_answer_file(*verdict.control_no, document, report.sha256);
}

Result<void> hold(const JobContext& context, ports::UnitOfWork& work, const char* kind,
                  const std::string& document, ErrorCode code, const char* detail) {
  const auto item = work.hold({0,
                               kind,
                               document,
                               std::string(base::name(code)),
                               detail,
                               context.now(),
                               std::nullopt,
                               {},
                               {}});
  if (!item) return item.error();
  return {};
}

const char* advice_on(ErrorCode code) {
  return code == ErrorCode::CONTRADICTION
             ? "another file was taken in under this sender's sequence: ask the sender which one "
               "holds; its facts are not used"
             : "more than 5 % of its employees are refused: look at the problems, then ask for a "
               "corrected file; its facts are not used";
}

/// What a person is to look at although the document is taken in.
Result<void> hold_doubts(const JobContext& context, ports::UnitOfWork& work,
                         const std::string& document, const Stager& stager) {
  if (stager.dummies() != 0) {
    const auto held = hold(context, work, "MATCH", document, ErrorCode::DUMMY_NINO,
                           "employees carry a number known to be a filler; ask the employer");
    if (!held) return held;
  }
  if (stager.doubtful() == 0) return {};
  return hold(context, work, "MATCH", document, ErrorCode::AMBIGUOUS_PERSON,
              "employees without a NINO who may be registered people: ask the employer for the "
              "number, or correct the name in the register and take the file in again");
}

/// Ends a document in one transaction: accepted, refused, or held for a person.
Result<void> settle(const JobContext& context, values::DocumentId document,
                    const ports::BulkReport& report, const Verdict& verdict, const Stager& stager,
                    const std::string& receipt) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  ports::UnitOfWork& work = **unit;
  Result<void> step;
  if (!verdict.refusal.empty()) {
    step = work.refuse(document, report.sha256, report.bytes, receipt);
  } else if (verdict.held) {
    const auto held =
        hold(context, work, "DOCUMENT", report.sha256, *verdict.held, advice_on(*verdict.held));
    if (!held) return held;
    step = work.refuse(document, report.sha256, report.bytes, receipt);
  } else {
    step = accept(work, document, report, verdict, receipt);
  }
  if (!step) return step;
  if (verdict.refusal.empty()) {
    if (const auto held = hold_doubts(context, work, report.sha256, stager); !held) return held;
  }
  const auto audited = work.audit(
      audit_of(context, action_of(verdict), report.sha256, verdict.refusal + verdict.where));
  if (!audited) return audited;
  return work.commit();
}

/// Stores one batch of decisions and moves the document's cursor with them.
Result<void> keep_batch(const JobContext& context, ports::UnitOfWork& unit,
                        values::DocumentId document, const MadeBatch& batch,
                        values::PersonId& after, DecideTotals& totals) {
  const auto known = unit.keep_parameters(context.parameters.version(), context.parameters_text);
  if (!known) return known;
  for (const MadeDecisions& made : batch.people) {
    const auto kept = keep_decisions(context, unit, made, Keep::always);
    if (!kept) return kept.error();
    totals.add(*kept);
    after = made.person;
  }
  const auto moved = unit.worked_through(document, after, batch.last);
  if (!moved) return moved;
  return unit.commit();
}

/// Decides for every person of an accepted document, from where its cursor stands. What was made
/// ahead counts as long as nobody else commits. Where somebody did, the next decisions are made in
/// the unit itself, and those after them ahead again.
Result<DecideTotals> work_through(const JobContext& context, values::DocumentId document,
                                  values::PersonId after, values::Date as_of,
                                  DecisionsAhead* ahead) {
  DecideTotals totals;
  auto before = context.store.commits_of_others();
  if (!before) return before.error();
  if (ahead != nullptr) ahead->begin(document, after, as_of);
  while (true) {
    Result<MadeBatch> batch = MadeBatch{};
    if (ahead != nullptr) batch = ahead->next();
    if (!batch) return std::move(batch).error();
    auto unit = context.store.begin();
    if (!unit) return std::move(unit).error();
    const auto now = context.store.commits_of_others();
    if (!now) return now.error();
    const bool overtaken = *now != *before;
    if (ahead == nullptr || overtaken) {
      batch = make_decisions_of(context, document, after, as_of, limits::decided_people);
      if (!batch) return std::move(batch).error();
    }
    const auto kept = keep_batch(context, **unit, document, *batch, after, totals);
    if (!kept) return kept.error();
    if (batch->last) return totals;
    if (ahead != nullptr && overtaken) ahead->begin(document, after, as_of);
    before = now;
  }
}

}  // namespace

void Tally::add(const Tally& other) {
  in += other.in;
  kept += other.kept;
  unmatched += other.unmatched;
  duplicate += other.duplicate;
  refused += other.refused;
  held += other.held;
}

void IntakeReceipt::add(const IntakeReceipt& other) {
  files += other.files;
  messages += other.messages;
  employees += other.employees;
  payments.add(other.payments);
  pence.add(other.pence);
  nil_periods += other.nil_periods;
  triggers += other.triggers;
  for (const auto& [code, count] : other.refusals) refusals[code] += count;
}

Result<PersonIndex> load_people(ports::Store& store) {
  PersonIndex index;
  const auto read = store.each_person(
      [&](std::uint64_t packed, std::span<const std::uint64_t> keys, values::PersonId person) {
        index.add(packed, person);
        for (const std::uint64_t key : keys) index.names().add(key, person);
      });
  if (!read) return read.error();
  index.names().sort();
  return index;
}

Result<MadeBatch> make_decisions_of(const JobContext& context, values::DocumentId document,
                                    values::PersonId after, values::Date as_of, std::size_t max) {
  const auto people = context.store.people_of(document, after, max);
  if (!people) return people.error();
  MadeBatch out;
  out.last = people->size() < max;
  out.people.reserve(people->size());
  for (const values::PersonId person : *people) {
    auto made = make_decisions(context, person, as_of, "intake");
    if (!made) return std::move(made).error();
    out.people.push_back(*std::move(made));
  }
  return out;
}

Result<IntakeReceipt> take_in(const JobContext& context, const std::string& name,
                              ports::ByteSource& bytes, ports::BulkReader& reader,
                              const PersonIndex& people, const IntakeOptions& options,
                              const std::function<std::string(const IntakeReceipt&)>& encode) {
  const values::Instant received_at = options.received_at.value_or(context.now());
  const auto document = open_document(context, name, received_at);
  if (!document) return document.error();
  Stager stager(context, *document, people, options);
  const auto report = reader.read(bytes, stager, {received_at, {}});
  if (!report) return report.error();
  if (const auto flushed = stager.flush(); !flushed) return flushed.error();

  IntakeReceipt& receipt = stager.receipt();
  receipt.files = 1;
  receipt.messages = report->messages.size();
  for (const ports::MessageReport& message : report->messages) {
    if (message.nil_period && !message.refused && !message.test) ++receipt.nil_periods;
  }
  const auto verdict = judge(context, *report, options, stager.too_many_refused());
  if (!verdict) return verdict.error();
  if (verdict->again && !options.again) {
    move_all(receipt, &Tally::duplicate);
  } else if (!verdict->refusal.empty()) {
    move_all(receipt, &Tally::refused);
    receipt.refusals = {{verdict->refusal, 1}};
  } else if (verdict->held) {
    move_all(receipt, &Tally::held);
  }
  const auto settled = settle(context, *document, *report, *verdict, stager, encode(receipt));
  if (!settled) return settled.error();
  if (verdict->refusal.empty() && !verdict->held) {
    const auto decided = work_through(context, *document, {}, options.as_of, options.ahead);
    if (!decided) return decided.error();
    receipt.triggers = decided->triggers;
  }
  return std::move(receipt);
}

Result<DecideTotals> finish_documents(const JobContext& context, values::Date as_of) {
  DecideTotals totals;
  const auto documents = context.store.unfinished_documents();
  if (!documents) return documents.error();
  for (const ports::Document& document : *documents) {
    if (document.state == ports::DocumentState::accepted) {
      const auto decided =
          work_through(context, document.id, document.worked_through, as_of, nullptr);
      if (!decided) return decided.error();
      totals.add(*decided);
      continue;
    }
    auto unit = context.store.begin();
    if (!unit) return std::move(unit).error();
    const auto refused =
        (*unit)->refuse(document.id, document.sha256, document.bytes, R"({"interrupted":true})");
    if (!refused) return refused.error();
    const auto audited = (*unit)->audit(
        audit_of(context, "DOCUMENT_INTERRUPTED", document.sha256, "its staged facts are removed"));
    if (!audited) return audited.error();
    if (const auto done = (*unit)->commit(); !done) return done.error();
  }
  return totals;
}

}  // namespace ig::core::jobs
