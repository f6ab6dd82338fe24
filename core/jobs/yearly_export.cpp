#include "core/base/limits.hpp"
#include "core/jobs/due_reviews.hpp"
#include "core/jobs/yearly_batch.hpp"
#include "core/rules/hmrc_window.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace ig::core::jobs {
namespace {

using base::Result;
using ports::FileQuestion;
using ports::FileQuestionState;
using ports::RegisteredCase;

constexpr const char* kPurpose = "ANNUAL_REVIEW";

/// Somebody to ask about, and whether unearned income is asked for.
struct Asked {
  values::PersonId person;
  bool unearned = false;
};

std::string control_text(std::int64_t control) { return fmt::format("{:09}", control); }

std::string file_name(std::int64_t control) {
  return fmt::format("yearly-request-{}.xml", control_text(control));
}

/// Why a person is not asked about now; nothing when they are.
enum class Passed : std::uint8_t { no, held, outstanding, answered };

Result<Passed> passed_over(const JobContext& context, const DueReview& due, values::Date as_of,
                           const rules::Parameters& law) {
  const auto latest = context.store.latest_yearly(due.person);
  if (!latest) return latest.error();
  if (*latest && (*latest)->requested_on &&
      counts_for_all(due, *(*latest)->requested_on, as_of, law)) {
    return Passed::held;
  }
  const auto questions = context.store.file_questions_of(due.person);
  if (!questions) return questions.error();
  Passed out = Passed::no;
  for (const FileQuestion& question : *questions) {
    if (!counts_for_all(due, question.asked_on, as_of, law)) continue;
    if (question.state == FileQuestionState::open) return Passed::outstanding;
    if (question.state == FileQuestionState::answered) out = Passed::answered;
  }
  return out;
}

Result<std::vector<Asked>> whom_to_ask(const JobContext& context, values::Date as_of,
                                       ExportPlan& plan) {
  const auto law = context.parameters.on(as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  const auto due = find_due_reviews(context, as_of, law->request_days_before);
  if (!due) return due.error();
  plan.cases = due->cases;
  plan.people = due->people.size();
  std::vector<Asked> out;
  for (const DueReview& one : due->people) {
    const auto passed = passed_over(context, one, as_of, *law);
    if (!passed) return passed.error();
    switch (*passed) {
      case Passed::no:
        out.push_back({one.person, needs_unearned(one)});
        break;
      case Passed::held:
        ++plan.held;
        break;
      case Passed::outstanding:
        ++plan.outstanding;
        break;
      case Passed::answered:
        ++plan.answered;
        break;
    }
  }
  plan.questions = out.size();
  return out;
}

/// Puts a file in its place and notes that it stands there.
Result<std::string> put_in_place(const JobContext& context, const ports::RequestFile& file,
                                 const ExportOptions& options) {
  std::string name = file_name(file.control);
  if (const auto placed = options.place(name, file.text); !placed) return placed.error();
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto noted = (*unit)->request_file_written(file.control);
  if (!noted) return noted.error();
  const auto audited = (*unit)->audit({context.now(), "system", "YEARLY_REQUEST_WRITTEN",
                                       "request/" + control_text(file.control), file.sha256});
  if (!audited) return audited.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return name;
}

/// The file of `asked`, committed with its number, questions and text before anything is written.
Result<ports::RequestFile> prepare(const JobContext& context, ports::YearlyBatch& files,
                                   const ExportOptions& options, const std::vector<Asked>& asked) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto control = (*unit)->next_control();
  if (!control) return control.error();
  ports::BatchRequest request{options.site, control_text(*control), context.now(),
                              kPurpose,     options.as_of,          {}};
  std::vector<FileQuestion> questions;
  for (const Asked& one : asked) {
    auto identity = context.store.identity(one.person);
    if (!identity) return std::move(identity).error();
    std::string id =
        ports::hex(context.digest.sha256(fmt::format("yearly-file|{}|{}|{}", options.site,
                                                     request.control, values::text(one.person))),
                   16);
    questions.push_back(
        {id, *control, one.person, kPurpose, options.as_of, one.unearned, FileQuestionState::open});
    request.questions.push_back({std::move(id), *std::move(identity), one.unearned});
  }
  ports::RequestFile file;
  file.control = *control;
  file.created_at = request.created;
  file.asked_on = options.as_of;
  file.questions = questions.size();
  file.text = files.write(request);
  file.sha256 = ports::hex(context.digest.sha256(file.text));
  const auto added = (*unit)->add_request_file(file, questions);
  if (!added) return added.error();
  const auto audited =
      (*unit)->audit({context.now(), "system", "YEARLY_ASKED_BY_FILE", "request/" + request.control,
                      fmt::format("{} question(s)", questions.size())});
  if (!audited) return audited.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return file;
}

}  // namespace

Result<ExportPlan> plan_yearly_export(const JobContext& context, values::Date as_of) {
  ExportPlan plan;
  const auto asked = whom_to_ask(context, as_of, plan);
  if (!asked) return asked.error();
  const auto unwritten = context.store.unwritten_request_files();
  if (!unwritten) return unwritten.error();
  plan.unwritten = unwritten->size();
  return plan;
}

Result<ExportSummary> run_yearly_export(const JobContext& context, ports::YearlyBatch& files,
                                        const ExportOptions& options) {
  ExportSummary summary;
  const auto unwritten = context.store.unwritten_request_files();
  if (!unwritten) return unwritten.error();
  summary.plan.unwritten = unwritten->size();
  for (const ports::RequestFile& file : *unwritten) {
    auto name = put_in_place(context, file, options);
    if (!name) return std::move(name).error();
    summary.finished.push_back(*std::move(name));
  }
  auto asked = whom_to_ask(context, options.as_of, summary.plan);
  if (!asked) return std::move(asked).error();
  if (asked->empty()) return summary;
  if (asked->size() > base::limits::yearly_file_entries_max) {
    summary.left = asked->size() - base::limits::yearly_file_entries_max;
    asked->resize(base::limits::yearly_file_entries_max);
  }
  const auto file = prepare(context, files, options, *asked);
  if (!file) return file.error();
  auto name = put_in_place(context, *file, options);
  if (!name) return std::move(name).error();
  summary.file = *std::move(name);
  summary.questions = file->questions;
  return summary;
}

}  // namespace ig::core::jobs
