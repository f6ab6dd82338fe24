#include "core/jobs/intake.hpp"

#include "core/base/limits.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace ig::core::jobs {
namespace {

namespace limits = base::limits;
using base::Error;
using base::ErrorCode;
using base::Result;

/// Where one Employee's payments go in the receipt.
enum class Fate : std::uint8_t { unmatched, refused, held };

/// Collects what the reader finds: counts everything, stages the payments of registered people.
class Stager final : public ports::BulkVisitor {
 public:
  Stager(const JobContext& context, values::DocumentId document, const PersonIndex& people,
         const IntakeOptions& options)
      : context_(context), document_(document), people_(people), options_(options) {}

  [[nodiscard]] bool wanted(const values::Nino& nino) override {
    return people_.find(nino.packed()).has_value();
  }

  Result<void> employee(ports::EmployeePiece&& piece) override {
    ++receipt_.employees;
    if (options_.progress && receipt_.employees % 10'000 == 0)
      options_.progress(receipt_.employees);
    if (piece.test) return count(piece, Fate::refused);
    if (piece.refused) {
      ++employees_refused_;
      ++receipt_.refusals[piece.refused->code];
      refused_.push_back(
          {piece.refused->position,
           base::fail(ErrorCode::UNEXPECTED_ELEMENT, piece.refused->code, piece.refused->message)});
      return count(piece, Fate::refused);
    }
    const bool dummy = piece.subject.nino && piece.subject.nino->reveal().is_dummy() &&
                       !options_.allow_dummy_ninos;
    if (dummy) {
      ++dummies_;
      return count(piece, Fate::held);
    }
    if (!piece.wanted) return count(piece, Fate::unmatched);
    return stage(std::move(piece));
  }

  /// Writes what is still in hand. Called once, after the last employee.
  Result<void> flush() {
    if (batch_.empty() && refused_.empty()) return {};
    auto unit = context_.store.begin();
    if (!unit) return std::move(unit).error();
    const auto fresh = (*unit)->stage(document_, batch_);
    if (!fresh) return fresh.error();
    if (const auto kept = (*unit)->add_refused(document_, refused_); !kept) return kept.error();
    if (const auto done = (*unit)->commit(); !done) return done.error();
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      const std::int64_t amount = pence_of(batch_[i]);
      auto& payments = (*fresh)[i] ? receipt_.payments.kept : receipt_.payments.duplicate;
      auto& pence = (*fresh)[i] ? receipt_.pence.kept : receipt_.pence.duplicate;
      ++payments;
      pence += amount;
    }
    batch_.clear();
    refused_.clear();
    return {};
  }

  [[nodiscard]] IntakeReceipt& receipt() { return receipt_; }
  [[nodiscard]] std::uint64_t employees_refused() const { return employees_refused_; }
  [[nodiscard]] std::uint64_t dummies() const { return dummies_; }

 private:
  static std::int64_t pence_of(const ports::StagedFact& staged) {
    const auto* payment = std::get_if<facts::Payment>(&staged.fact);
    return payment != nullptr && payment->taxable_pay ? payment->taxable_pay->in_pence() : 0;
  }

  Result<void> count(const ports::EmployeePiece& piece, Fate fate) {
    const auto number = static_cast<std::int64_t>(piece.payment_count);
    const std::int64_t amount = piece.taxable_pay.in_pence();
    receipt_.payments.in += number;
    receipt_.pence.in += amount;
    switch (fate) {
      case Fate::unmatched:
        receipt_.payments.unmatched += number;
        receipt_.pence.unmatched += amount;
        return {};
      case Fate::refused:
        receipt_.payments.refused += number;
        receipt_.pence.refused += amount;
        return {};
      case Fate::held:
        receipt_.payments.held += number;
        receipt_.pence.held += amount;
        return {};
    }
    IG_UNREACHABLE("an employee has one of three fates");
  }

  Result<void> stage(ports::EmployeePiece&& piece) {
    const auto person = people_.find(piece.subject.nino->reveal().packed());
    base::require(person.has_value(), "a wanted employee is in the index");
    receipt_.payments.in += static_cast<std::int64_t>(piece.payment_count);
    receipt_.pence.in += piece.taxable_pay.in_pence();
    base::require(piece.payments.size() == piece.payment_count,
                  "an employee that is not refused has every payment built");
    for (facts::Payment& payment : piece.payments) {
      payment.header.subject = {};
      payment.header.subject.person = *person;
      ports::StagedFact staged;
      staged.person = *person;
      staged.fact = std::move(payment);
      staged.evidence = std::move(piece.raw);  // with the first payment; later ones find it moved
      piece.raw.clear();
      staged.byte_from = piece.byte_from;
      staged.byte_to = piece.byte_to;
      batch_.push_back(std::move(staged));
    }
    return batch_.size() >= limits::stage_batch_rows ? flush() : Result<void>{};
  }

  const JobContext& context_;
  values::DocumentId document_;
  const PersonIndex& people_;
  const IntakeOptions& options_;
  IntakeReceipt receipt_;
  std::vector<ports::StagedFact> batch_;
  std::vector<ports::Refused> refused_;
  std::uint64_t employees_refused_ = 0;
  std::uint64_t dummies_ = 0;
};

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

bool too_many_refused(const Stager& stager, const IntakeReceipt& receipt) {
  return stager.employees_refused() * 1000 >
         receipt.employees * static_cast<std::uint64_t>(limits::refused_permille_max);
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

/// Ends a document in one transaction: accepted, refused, or held for a person.
Result<void> settle(const JobContext& context, values::DocumentId document,
                    const ports::BulkReport& report, const Verdict& verdict, std::uint64_t dummies,
                    const std::string& receipt) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  ports::UnitOfWork& work = **unit;
  const auto entry =
      audit_of(context, action_of(verdict), report.sha256, verdict.refusal + verdict.where);
  Result<void> step;
  if (!verdict.refusal.empty()) {
    step = work.refuse(document, report.sha256, report.bytes, receipt);
  } else if (verdict.held) {
    const auto item = work.hold(
        {0,
         "DOCUMENT",
         report.sha256,
         std::string(base::name(*verdict.held)),
         *verdict.held == ErrorCode::CONTRADICTION
             ? "another file was taken in under this sender's sequence: ask the sender which one "
               "holds; its facts are not used"
             : "more than 5 % of its employees are refused: look at the problems, then ask for a "
               "corrected file; its facts are not used",
         context.now(),
         std::nullopt,
         {},
         {}});
    if (!item) return item.error();
    step = work.refuse(document, report.sha256, report.bytes, receipt);
  } else {
    step = accept(work, document, report, verdict, receipt);
  }
  if (!step) return step;
  if (dummies != 0 && verdict.refusal.empty()) {
    const auto item = work.hold({0,
                                 "MATCH",
                                 report.sha256,
                                 std::string(base::name(ErrorCode::DUMMY_NINO)),
                                 "employees carry a number known to be a filler; ask the employer",
                                 context.now(),
                                 std::nullopt,
                                 {},
                                 {}});
    if (!item) return item.error();
  }
  if (const auto audited = work.audit(entry); !audited) return audited;
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
  triggers += other.triggers;
  for (const auto& [code, count] : other.refusals) refusals[code] += count;
}

Result<PersonIndex> load_people(ports::Store& store) {
  PersonIndex index;
  const auto read = store.each_person(
      [&](std::uint64_t packed, values::PersonId person) { index.add(packed, person); });
  if (!read) return read.error();
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
  const auto verdict = judge(context, *report, options, too_many_refused(stager, receipt));
  if (!verdict) return verdict.error();
  if (verdict->again && !options.again) {
    move_all(receipt, &Tally::duplicate);
  } else if (!verdict->refusal.empty()) {
    move_all(receipt, &Tally::refused);
    receipt.refusals = {{verdict->refusal, 1}};
  } else if (verdict->held) {
    move_all(receipt, &Tally::held);
  }
  const auto settled =
      settle(context, *document, *report, *verdict, stager.dummies(), encode(receipt));
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
