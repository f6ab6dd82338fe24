#include "core/jobs/intake.hpp"

#include "core/base/limits.hpp"
#include "core/jobs/stager.hpp"

#include <fmt/format.h>

#include <memory>
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

/// Why nothing of the message is taken in; empty when it is.
std::string refusal_of(const ports::MessageReport& message) {
  if (message.refused) return message.refused_code;
  if (message.test) return std::string(base::name(ErrorCode::TEST_MESSAGE));
  return {};
}

/// Is the file what its sender says it is?
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

/// One message of a file that was read: a document of its own.
struct Read {
  const ports::MessageReport& message;
  std::string sha256;  ///< by which the document is known
  std::uint64_t bytes = 0;
};

/// By what the `index`th message is known: the file's hash where it is the only one, else the hash
/// of "hash/number". The same file gives the same again.
std::string key_of(const JobContext& context, const ports::BulkReport& report, std::size_t index) {
  if (report.messages.size() == 1) return report.sha256;
  return ports::hex(context.digest.sha256(fmt::format("{}/{}", report.sha256, index + 1)));
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

/// What becomes of a message that was read.
Result<Verdict> judge(const JobContext& context, const ports::BulkReport& report, const Read& read,
                      const IntakeOptions& options, bool too_many) {
  Verdict out;
  const auto known = context.store.document_by_hash(read.sha256);
  if (!known) return known.error();
  out.again = known->has_value() && (*known)->state == ports::DocumentState::accepted;
  out.refusal = refusal_of(read.message);
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
  if (*used && **used == report.sha256) out.control_no.reset();  // a message before used it up
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

Result<void> accept(ports::UnitOfWork& work, values::DocumentId document, const Read& read,
                    const Verdict& verdict, const std::string& file_sha256,
                    const std::string& receipt) {
  if (verdict.again) return work.accept_again(document, read.sha256, read.bytes, receipt);
  const auto accepted = work.accept(document, read.sha256, read.bytes, receipt);
  if (!accepted || !verdict.control_no) return accepted;
  return work.add_answer_file(*verdict.control_no, document, file_sha256);
}

Result<void> hold(const JobContext& context, ports::UnitOfWork& work, const char* kind,
                  const std::string& document, ErrorCode code, const char* detail) {
  const auto item =
      work.hold(ports::Held::fresh(kind, document, base::name(code), detail, context.now()));
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
Result<void> settle(const JobContext& context, const Stager& stager, const Read& read,
                    const Verdict& verdict, const std::string& file_sha256,
                    const std::string& receipt) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  ports::UnitOfWork& work = **unit;
  Result<void> step;
  if (!verdict.refusal.empty()) {
    step = work.refuse(stager.document(), read.sha256, read.bytes, receipt);
  } else if (verdict.held) {
    const auto held =
        hold(context, work, "DOCUMENT", read.sha256, *verdict.held, advice_on(*verdict.held));
    if (!held) return held;
    step = work.refuse(stager.document(), read.sha256, read.bytes, receipt);
  } else {
    step = accept(work, stager.document(), read, verdict, file_sha256, receipt);
  }
  if (!step) return step;
  if (verdict.refusal.empty()) {
    if (const auto held = hold_doubts(context, work, read.sha256, stager); !held) return held;
  }
  const auto audited = work.audit(
      audit_of(context, action_of(verdict), read.sha256, verdict.refusal + verdict.where));
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

/// Gives each message of a file to a stager of its own.
class Messages final : public ports::BulkVisitor {
 public:
  Messages(const JobContext& context, const std::string& name, values::Instant received_at,
           const PersonIndex& people, const IntakeOptions& options)
      : context_(context),
        name_(name),
        received_at_(received_at),
        people_(people),
        options_(options) {}

  /// Opens a document for the next message.
  Result<void> open() {
    const std::string name =
        all_.empty() ? name_ : fmt::format("{}, message {}", name_, all_.size() + 1);
    const auto document = open_document(context_, name, received_at_);
    if (!document) return document.error();
    all_.push_back(std::make_unique<Stager>(context_, *document, people_, options_));
    ended_ = false;
    return {};
  }
  [[nodiscard]] bool wanted(const values::Nino& nino) override {
    return people_.find(nino.packed()).has_value();
  }
  [[nodiscard]] bool wanted_by_name(const facts::Subject& told) override {
    const auto key = facts::name_key(told);
    return key && !people_.names().find(*key).empty();
  }
  Result<void> employee(ports::EmployeePiece&& piece) override {
    ++employees_;
    if (options_.progress && employees_ % 10'000 == 0) options_.progress(employees_);
    if (ended_) {
      if (const auto opened = open(); !opened) return opened;
    }
    return all_.back()->employee(std::move(piece));
  }
  Result<void> message_ended(const ports::MessageReport& /*message*/) override {
    if (ended_) {
      if (const auto opened = open(); !opened) return opened;
    }
    ended_ = true;
    return all_.back()->flush();
  }
  /// What was staged of the `index`th message; asked for in their order, and each once.
  Result<std::unique_ptr<Stager>> take(std::size_t index) {
    if (index == all_.size()) {
      if (const auto opened = open(); !opened) return opened.error();
    }
    if (const auto flushed = all_[index]->flush(); !flushed) return flushed.error();
    return std::move(all_[index]);
  }

 private:
  const JobContext& context_;
  const std::string& name_;
  values::Instant received_at_;
  const PersonIndex& people_;
  const IntakeOptions& options_;
  std::vector<std::unique_ptr<Stager>> all_;
  std::uint64_t employees_ = 0;
  bool ended_ = false;  ///< the last of them
};

/// Settles one message and decides for its people.
Result<IntakeReceipt> take_message_in(
    const JobContext& context, Stager& stager, const ports::BulkReport& report, const Read& read,
    const IntakeOptions& options, const std::function<std::string(const IntakeReceipt&)>& encode,
    bool first) {
  IntakeReceipt& receipt = stager.receipt();
  receipt.files = first ? 1 : 0;
  receipt.messages = 1;
  const auto verdict = judge(context, report, read, options, stager.too_many_refused());
  if (!verdict) return verdict.error();
  if (verdict->again && !options.again) {
    move_all(receipt, &Tally::duplicate);
  } else if (!verdict->refusal.empty()) {
    move_all(receipt, &Tally::refused);
    receipt.refusals = {{verdict->refusal, 1}};
  } else if (verdict->held) {
    move_all(receipt, &Tally::held);
  } else if (read.message.nil_period) {
    receipt.nil_periods = 1;
  }
  const auto settled = settle(context, stager, read, *verdict, report.sha256, encode(receipt));
  if (!settled) return settled.error();
  if (verdict->refusal.empty() && !verdict->held) {
    const auto decided = work_through(context, stager.document(), {}, options.as_of, options.ahead);
    if (!decided) return decided.error();
    receipt.triggers = decided->triggers;
  }
  return std::move(receipt);
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
  Messages messages(context, name, received_at, people, options);
  if (const auto opened = messages.open(); !opened) return opened.error();
  const auto report = reader.read(bytes, messages, {received_at, {}});
  if (!report) return report.error();
  IntakeReceipt total;
  for (std::size_t i = 0; i < report->messages.size(); ++i) {
    auto stager = messages.take(i);
    if (!stager) return stager.error();
    const Read read{report->messages[i], key_of(context, *report, i), report->bytes};
    auto receipt = take_message_in(context, **stager, *report, read, options, encode, i == 0);
    if (!receipt) return receipt.error();
    total.add(*receipt);
  }
  return total;
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
