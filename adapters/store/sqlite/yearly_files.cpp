#include "adapters/store/sqlite/yearly_files.hpp"

#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;
using ports::FileQuestion;
using ports::FileQuestionState;
using ports::RequestFile;

base::Error used(std::string_view what) {
  return base::fail(ErrorCode::CONTRADICTION, {}, std::string(what) + " was used before");
}

/// Columns: request_id, control, person, purpose, asked_on, unearned, state.
FileQuestion read_question(const Query& row) {
  FileQuestion out;
  out.request_id = row.string(0);
  out.control = row.integer(1);
  out.person = row.id<values::PersonTag>(2);
  out.purpose = row.string(3);
  out.asked_on = row.date(4);
  out.unearned = row.truth(5);
  out.state = row.code<FileQuestionState>(6);
  return out;
}

Result<void> add_question(Session& session, const FileQuestion& question) {
  const auto there =
      number(session.db, "SELECT 1 FROM file_question WHERE request_id = ?", question.request_id);
  if (!there) return there.error();
  if (*there) return used("the id of a question");
  return run(session.db,
             "INSERT INTO file_question (request_id, control, person, purpose, asked_on, unearned,"
             " state) VALUES (?, ?, ?, ?, ?, ?, ?)",
             question.request_id, question.control, question.person, question.purpose,
             question.asked_on, question.unearned, question.state);
}

}  // namespace

Result<std::int64_t> next_control(Session& session) {
  const auto last = number(session.db, "SELECT max(control) FROM request_file");
  if (!last) return last.error();
  return last->value_or(0) + 1;
}

Result<void> add_request_file(Session& session, const RequestFile& file,
                              std::span<const FileQuestion> questions) {
  const auto there =
      number(session.db, "SELECT 1 FROM request_file WHERE control = ?", file.control);
  if (!there) return there.error();
  if (*there) return used("the control number of a request file");
  const auto added =
      run(session.db,
          "INSERT INTO request_file (control, created_at, asked_on, questions,"
          " sha256, text) VALUES (?, ?, ?, ?, ?, ?)",
          file.control, file.created_at, file.asked_on, file.questions, file.sha256, file.text);
  if (!added) return added;
  for (const FileQuestion& question : questions) {
    const auto kept = add_question(session, question);
    if (!kept) return kept;
  }
  return {};
}

Result<void> request_file_written(Session& session, std::int64_t control) {
  return run(session.db, "UPDATE request_file SET text = NULL WHERE control = ?", control);
}

Result<void> add_answer_file(Session& session, const std::string& control,
                             values::DocumentId document, const std::string& sha256) {
  const auto there = answer_file(session, control);
  if (!there) return there.error();
  if (*there) return used("the control number of an answer file");
  return run(session.db, "INSERT INTO answer_file (control, document, sha256) VALUES (?, ?, ?)",
             control, document, sha256);
}

Result<void> settle_question(Session& session, const std::string& request_id,
                             FileQuestionState state, values::Instant at) {
  const auto done =
      run(session.db, "UPDATE file_question SET state = ?, settled_at = ? WHERE request_id = ?",
          state, at, request_id);
  if (!done) return done;
  if (session.db.changes() == 0) return missing("question of a request file");
  return {};
}

Result<std::vector<RequestFile>> unwritten_request_files(Session& session) {
  Query query(session.db,
              "SELECT control, created_at, asked_on, questions, sha256, text FROM request_file"
              " WHERE text IS NOT NULL ORDER BY control");
  std::vector<RequestFile> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    RequestFile file;
    file.control = row.integer(0);
    file.created_at = row.instant(1);
    file.asked_on = row.date(2);
    file.questions = static_cast<std::uint64_t>(row.integer(3));
    file.sha256 = row.string(4);
    file.text = row.string(5);
    if (ports::hex(session.digest->sha256(file.text)) != file.sha256) {
      return broken("the text of a request file");
    }
    out.push_back(std::move(file));
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::optional<FileQuestion>> file_question(Session& session, const std::string& request_id) {
  Query query(session.db,
              "SELECT request_id, control, person, purpose, asked_on, unearned, state"
              " FROM file_question WHERE request_id = ?");
  const auto row = query.bind(request_id).next();
  if (!row) return row.error();
  std::optional<FileQuestion> out;
  if (*row) out = read_question(query);
  return out;
}

Result<std::vector<FileQuestion>> file_questions_of(Session& session, values::PersonId person) {
  Query query(session.db,
              "SELECT request_id, control, person, purpose, asked_on, unearned, state"
              " FROM file_question WHERE person = ? ORDER BY asked_on, control");
  query.bind(person);
  std::vector<FileQuestion> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    out.push_back(read_question(row));
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::uint64_t> count_open_file_questions(Session& session) {
  const auto count = number(session.db, "SELECT count(*) FROM file_question WHERE state = 0");
  if (!count) return count.error();
  return static_cast<std::uint64_t>(count->value_or(0));
}

Result<std::optional<std::string>> answer_file(Session& session, const std::string& control) {
  Query query(session.db, "SELECT sha256 FROM answer_file WHERE control = ?");
  const auto row = query.bind(control).next();
  if (!row) return row.error();
  std::optional<std::string> out;
  if (*row) out = query.string(0);
  return out;
}

}  // namespace ig::adapters::store::sqlite
