#include "core/base/limits.hpp"
#include "core/jobs/yearly_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace ig::core::jobs {
namespace {

namespace limits = base::limits;
using base::Error;
using base::ErrorCode;
using base::Result;
using ports::BatchAnswer;
using ports::BatchReport;
using ports::FileQuestion;
using ports::FileQuestionState;

constexpr const char* kSystem = "yearly";  ///< Document::system of an answer file

void add(BatchReceipt& receipt, std::int64_t BatchTally::* part, values::Money annual) {
  ++(receipt.answers.*part);
  receipt.pence.*part += annual.in_pence();
}

/// Everything that came in becomes one kind.
void move_all(BatchReceipt& receipt, std::int64_t BatchTally::* part) {
  for (BatchTally* tally : {&receipt.answers, &receipt.pence}) {
    const std::int64_t in = tally->in;
    *tally = {};
    tally->in = in;
    tally->*part = in;
  }
}

/// Takes the answers of a whole file: stages the facts, and notes what becomes of each question.
class Intake {
 public:
  Intake(const JobContext& context, ports::YearlyBatch& files, values::DocumentId document,
         BatchReceipt& receipt)
      : context_(context), files_(files), document_(document), receipt_(receipt) {}

  Result<void> answer(BatchAnswer&& answer) {
    const auto question = context_.store.file_question(answer.request_id);
    if (!question) return question.error();
    if (auto why = refusal_of(answer, *question)) return refuse(answer, *std::move(why));
    seen_.insert(answer.request_id);
    if (answer.unavailable) {
      add(receipt_, &BatchTally::unavailable, answer.annual);
      // An answer that came before this one stands.
      if ((*question)->state == FileQuestionState::open) {
        settled_.emplace_back(answer.request_id, FileQuestionState::unavailable);
      }
      return {};
    }
    const auto needed = is_needed((*question)->person);
    if (!needed) return needed.error();
    if (!*needed) {
      settled_.emplace_back(answer.request_id, FileQuestionState::answered);
      add(receipt_, &BatchTally::not_needed, answer.annual);
      return {};
    }
    const auto id = fact_id_of(answer, **question);
    if (!id) return id.error();
    auto why = overtaken_or_changed(answer, **question, *id);
    if (!why) return std::move(why).error();
    if (*why) return refuse(answer, *std::move(*why));
    return stage(std::move(answer), **question, *id);
  }

  /// Writes what is still in hand. Called once, after the last answer.
  Result<void> flush() {
    if (batch_.empty() && refused_.empty()) return {};
    auto unit = context_.store.begin();
    if (!unit) return std::move(unit).error();
    const auto fresh = (*unit)->stage(document_, batch_);
    if (!fresh) return fresh.error();
    if (const auto noted = (*unit)->add_refused(document_, refused_); !noted) return noted;
    if (const auto done = (*unit)->commit(); !done) return done;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      add(receipt_, (*fresh)[i] ? &BatchTally::kept : &BatchTally::duplicate, sums_[i]);
    }
    batch_.clear();
    sums_.clear();
    refused_.clear();
    return {};
  }

  /// The last words of the file on its questions, to be committed with its acceptance.
  Result<void> settle_questions(ports::UnitOfWork& unit, values::Instant at) const {
    for (const auto& [id, state] : settled_) {
      const auto done = unit.settle_question(id, state, at);
      if (!done) return done;
    }
    return {};
  }
  [[nodiscard]] std::uint64_t contradictions() const { return contradictions_; }

 private:
  /// Why the answer is refused for what it is; nothing when it is not.
  std::optional<Error> refusal_of(const BatchAnswer& answer,
                                  const std::optional<FileQuestion>& question) {
    const std::string at = answer.position + "/RequestId";
    if (!question) {
      return base::fail(ErrorCode::NOT_FOUND, at, "it answers a question that was never asked");
    }
    if (seen_.contains(answer.request_id)) {
      ++contradictions_;
      return base::fail(ErrorCode::CONTRADICTION, at, "the file answers one question twice");
    }
    return answer.refused;
  }

  /// Why the answer is refused for what the store holds; nothing when it is not.
  Result<std::optional<Error>> overtaken_or_changed(const BatchAnswer& answer,
                                                    const FileQuestion& question,
                                                    const std::string& fact_id) {
    std::optional<Error> out;
    const std::string at = answer.position + "/RequestId";
    if (question.state == FileQuestionState::answered) {
      const auto held = context_.store.fact(fact_id);
      if (!held) return held.error();
      if (!*held) {
        ++contradictions_;
        out = base::fail(ErrorCode::CONTRADICTION, at,
                         "the question was answered before, and not with this");
      }
      return out;
    }
    const auto latest = context_.store.latest_yearly(question.person);
    if (!latest) return latest.error();
    if (*latest && (*latest)->requested_on > question.asked_on) {
      out = base::fail(ErrorCode::STALE_VERSION, at,
                       "it answers an older question than the figure that is held");
    }
    return out;
  }

  /// The fact's own id, with the person it is about and the day it was asked for.
  Result<std::string> fact_id_of(const BatchAnswer& answer, const FileQuestion& question) {
    auto identity = context_.store.identity(question.person);
    if (!identity) return std::move(identity).error();
    facts::Fact fact = *answer.fact;
    complete(fact, question);
    facts::header(fact).subject = *std::move(identity);
    return files_.fact_id(fact);
  }

  static void complete(facts::Fact& fact, const FileQuestion& question) {
    auto* figure = std::get_if<facts::YearlyFigure>(&fact);
    if (figure == nullptr) return;
    figure->requested_on = question.asked_on;
    if (!question.unearned) figure->unearned.clear();
  }

  Result<bool> is_needed(values::PersonId person) {
    const auto cases = context_.store.cases_of(person);
    if (!cases) return cases.error();
    return std::ranges::any_of(*cases, [](const ports::RegisteredCase& one) {
      return one.record.status == facts::CaseStatus::open;
    });
  }

  Result<void> stage(BatchAnswer&& answer, const FileQuestion& question,
                     const std::string& fact_id) {
    const auto* figure = std::get_if<facts::YearlyFigure>(&*answer.fact);
    if (answer.parts_differ) ++receipt_.parts_differ;
    const bool too_much = figure != nullptr && !figure->unearned.empty() && !question.unearned;
    if (too_much) ++receipt_.unearned_dropped;
    ports::StagedFact staged;
    staged.person = question.person;
    staged.fact = *std::move(answer.fact);
    complete(staged.fact, question);
    facts::FactHeader& header = facts::header(staged.fact);
    header.fact_id = fact_id;
    header.subject = {};
    header.subject.person = question.person;
    // What nobody may keep is not kept as evidence either.
    if (!too_much) staged.evidence = std::move(answer.raw);
    staged.byte_from = answer.byte_from;
    staged.byte_to = answer.byte_to;
    settled_.emplace_back(answer.request_id, FileQuestionState::answered);
    batch_.push_back(std::move(staged));
    sums_.push_back(answer.annual);
    return batch_.size() >= limits::stage_batch_rows ? flush() : Result<void>{};
  }

  Result<void> refuse(const BatchAnswer& answer, Error why) {
    ++receipt_.refusals[std::string(base::name(why.code))];
    add(receipt_, &BatchTally::refused, answer.annual);
    refused_.push_back(ports::Refused::of(answer.position, why));
    return refused_.size() >= limits::stage_batch_rows ? flush() : Result<void>{};
  }

  const JobContext& context_;
  ports::YearlyBatch& files_;
  values::DocumentId document_;
  BatchReceipt& receipt_;
  std::vector<ports::StagedFact> batch_;
  std::vector<values::Money> sums_;
  std::vector<ports::Refused> refused_;
  std::vector<std::pair<std::string, FileQuestionState>> settled_;
  std::set<std::string> seen_;
  std::uint64_t contradictions_ = 0;
};

ports::Held held_item(const JobContext& context, const BatchReport& report, std::string detail) {
  return ports::Held::fresh("DOCUMENT", report.sha256, base::name(ErrorCode::CONTRADICTION),
                            std::move(detail), context.now());
}

/// Why nothing of a whole file may be taken in; `known`: the hash under its control number.
std::optional<Error> refusal_of(const BatchReport& report, const std::optional<std::string>& known,
                                const std::string& site) {
  if (report.error) return report.error;
  if (report.header.site != site) {
    return base::fail(ErrorCode::CONTRADICTION, "/YearlyAnswer/Header/Site",
                      "the file answers the questions of another site");
  }
  if (known) {
    return base::fail(ErrorCode::CONTRADICTION, "/YearlyAnswer/Header/ControlNumber",
                      "another file was taken in under this control number");
  }
  return std::nullopt;
}

Result<values::DocumentId> open_document(const JobContext& context, const std::string& name,
                                         values::Instant received_at) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto document = (*unit)->add_document(kSystem, name, received_at);
  if (!document) return document.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return *document;
}

/// Keeps a refused file's receipt; where `held`, with an alarm for a person.
Result<void> keep_refusal(const JobContext& context, const std::string& name,
                          values::Instant received_at, const BatchReport& report,
                          const std::string& receipt, const Error& why, bool held) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  ports::UnitOfWork& work = **unit;
  const auto document = work.add_document(kSystem, name, received_at);
  if (!document) return document.error();
  const auto refused = ports::Refused::of(why.field, why);
  if (const auto noted = work.add_refused(*document, std::span(&refused, 1)); !noted) return noted;
  const auto done = work.refuse(*document, report.sha256, report.bytes, receipt);
  if (!done) return done;
  if (held) {
    const auto item = work.hold(held_item(
        context, report,
        "another file was taken in under this control number: ask the sender which one holds; a "
        "corrected file has a number of its own"));
    if (!item) return item.error();
  }
  const auto audited =
      work.audit({context.now(), "system", held ? "DOCUMENT_HELD" : "DOCUMENT_REFUSED",
                  report.sha256, std::string(base::name(why.code))});
  if (!audited) return audited;
  return work.commit();
}

/// Ends a staged file: its facts, control number and questions become visible together.
Result<void> accept(const JobContext& context, values::DocumentId document,
                    const BatchReport& report, const Intake& intake, const std::string& receipt) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  ports::UnitOfWork& work = **unit;
  const auto accepted = work.accept(document, report.sha256, report.bytes, receipt);
  if (!accepted) return accepted;
  const auto finished = work.worked_through(document, {}, true);
  if (!finished) return finished;
  const auto numbered = work.add_answer_file(report.header.control, document, report.sha256);
  if (!numbered) return numbered;
  const auto settled = intake.settle_questions(work, context.now());
  if (!settled) return settled;
  if (intake.contradictions() != 0) {
    const auto item = work.hold(held_item(
        context, report,
        "answers of this file contradict others to the same questions; they were refused and the "
        "first ones stand: ask the sender"));
    if (!item) return item.error();
  }
  const auto audited =
      work.audit({context.now(), "system", "DOCUMENT_ACCEPTED", report.sha256, {}});
  if (!audited) return audited;
  return work.commit();
}

Result<BatchReport> read_once(ports::YearlyBatch& files, const OpenFile& open,
                              const ports::BatchContext& context, const ports::OnAnswer& answer) {
  auto source = open();
  if (!source) return std::move(source).error();
  return files.read(**source, context, answer);
}

/// Reads the file a second time, now with its hash known and its answers wanted.
Result<void> take_answers(const JobContext& context, ports::YearlyBatch& files,
                          const std::string& name, const OpenFile& open, const BatchReport& seen,
                          const ImportOptions& options, values::Instant received_at,
                          BatchReceipt& receipt) {
  const auto document = open_document(context, name, received_at);
  if (!document) return document.error();
  Intake intake(context, files, *document, receipt);
  const auto again =
      read_once(files, open, {received_at, "sha256:" + seen.sha256},
                [&](BatchAnswer&& answer) { return intake.answer(std::move(answer)); });
  if (!again) return again.error();
  if (again->sha256 != seen.sha256) {
    return base::fail(ErrorCode::UNREADABLE, {}, "the file changed while it was read");
  }
  if (const auto flushed = intake.flush(); !flushed) return flushed;
  return accept(context, *document, seen, intake, options.encode(receipt));
}

}  // namespace

std::string_view name(FileOutcome outcome) noexcept {
  constexpr std::string_view names[] = {"ACCEPTED", "DUPLICATE", "HELD", "REFUSED", "PARTIAL"};
  return names[static_cast<std::size_t>(outcome)];
}

Result<BatchReceipt> import_yearly_answers(const JobContext& context, ports::YearlyBatch& files,
                                           const std::string& name, const OpenFile& open,
                                           const ImportOptions& options) {
  const values::Instant received_at = options.received_at.value_or(context.now());
  const auto seen = read_once(files, open, {received_at, {}}, {});
  if (!seen) return seen.error();
  BatchReceipt receipt;
  receipt.control = seen->header.control;
  receipt.answers.in = static_cast<std::int64_t>(seen->answers);
  receipt.pence.in = seen->total.in_pence();
  if (seen->partial) {
    receipt.outcome = FileOutcome::partial;
    receipt.why = seen->error;
    move_all(receipt, &BatchTally::held);
    return receipt;
  }
  const auto known = context.store.answer_file(receipt.control);
  if (!known) return known.error();
  if (!seen->error && *known && **known == seen->sha256) {
    receipt.outcome = FileOutcome::duplicate;
    move_all(receipt, &BatchTally::duplicate);
    return receipt;
  }
  receipt.why = refusal_of(*seen, *known, options.site);
  if (!receipt.why) {
    const auto taken =
        take_answers(context, files, name, open, *seen, options, received_at, receipt);
    if (!taken) return taken.error();
    return receipt;
  }
  const bool held = !seen->error && known->has_value();
  receipt.outcome = held ? FileOutcome::held : FileOutcome::refused;
  receipt.refusals = {{std::string(base::name(receipt.why->code)), 1}};
  move_all(receipt, held ? &BatchTally::held : &BatchTally::refused);
  const auto before = context.store.document_by_hash(seen->sha256);
  if (!before) return before.error();
  if (*before && (*before)->state == ports::DocumentState::refused) return receipt;
  const auto kept =
      keep_refusal(context, name, received_at, *seen, options.encode(receipt), *receipt.why, held);
  if (!kept) return kept.error();
  return receipt;
}

Result<void> drop_interrupted_imports(const JobContext& context) {
  const auto documents = context.store.unfinished_documents();
  if (!documents) return documents.error();
  for (const ports::Document& document : *documents) {
    if (document.system != kSystem || document.state == ports::DocumentState::accepted) continue;
    auto unit = context.store.begin();
    if (!unit) return std::move(unit).error();
    const auto refused =
        (*unit)->refuse(document.id, document.sha256, document.bytes, R"({"interrupted":true})");
    if (!refused) return refused;
    const auto audited = (*unit)->audit({context.now(), "system", "DOCUMENT_INTERRUPTED",
                                         document.sha256, "its staged facts are removed"});
    if (!audited) return audited;
    if (const auto done = (*unit)->commit(); !done) return done;
  }
  return {};
}

}  // namespace ig::core::jobs
