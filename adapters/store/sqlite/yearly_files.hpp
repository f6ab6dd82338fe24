#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on questions by file, as described there.
[[nodiscard]] base::Result<std::int64_t> next_control(Session& session);
[[nodiscard]] base::Result<void> add_request_file(Session& session, const ports::RequestFile& file,
                                                  std::span<const ports::FileQuestion> questions);
[[nodiscard]] base::Result<void> request_file_written(Session& session, std::int64_t control);
[[nodiscard]] base::Result<void> add_answer_file(Session& session, const std::string& control,
                                                 values::DocumentId document,
                                                 const std::string& sha256);
[[nodiscard]] base::Result<void> settle_question(Session& session, const std::string& request_id,
                                                 ports::FileQuestionState state,
                                                 values::Instant at);
[[nodiscard]] base::Result<std::vector<ports::RequestFile>> unwritten_request_files(
    Session& session);
[[nodiscard]] base::Result<std::optional<ports::FileQuestion>> file_question(
    Session& session, const std::string& request_id);
[[nodiscard]] base::Result<std::vector<ports::FileQuestion>> file_questions_of(
    Session& session, values::PersonId person);
[[nodiscard]] base::Result<std::uint64_t> count_open_file_questions(Session& session);
[[nodiscard]] base::Result<std::optional<std::string>> answer_file(Session& session,
                                                                   const std::string& control);

}  // namespace ig::adapters::store::sqlite
