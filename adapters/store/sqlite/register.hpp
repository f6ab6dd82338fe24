#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on people and cases, as described there.
[[nodiscard]] base::Result<ports::CaseOutcome> put_case(Session& session,
                                                        const facts::CaseRecord& record,
                                                        values::Instant received_at);
[[nodiscard]] base::Result<void> move_figure(Session& session, const values::CaseKey& key,
                                             const facts::InForce& figure,
                                             std::optional<values::Date> review_date,
                                             const std::string& trigger_id, values::Instant at);
[[nodiscard]] base::Result<std::optional<values::PersonId>> person_of(Session& session,
                                                                      const values::Nino& nino);
[[nodiscard]] base::Result<facts::Subject> identity(Session& session, values::PersonId person);
[[nodiscard]] base::Result<void> each_person(Session& session,
                                             const ports::Store::PersonVisitor& visit);
[[nodiscard]] base::Result<std::vector<ports::RegisteredCase>> cases_of(Session& session,
                                                                        values::PersonId person);
[[nodiscard]] base::Result<std::optional<ports::RegisteredCase>> case_of(
    Session& session, const values::CaseKey& key);
[[nodiscard]] base::Result<ports::RegisteredCase> case_at(Session& session, std::int64_t history);
[[nodiscard]] base::Result<std::vector<ports::RegisteredCase>> cases_with_review_until(
    Session& session, values::Date last);
[[nodiscard]] base::Result<std::vector<ports::RegisteredCase>> cases_named(
    Session& session, const std::string& case_id);
[[nodiscard]] base::Result<std::vector<ports::RegisteredCase>> cases_current_since(
    Session& session, values::Date last);
[[nodiscard]] base::Result<std::uint64_t> count_cases(Session& session);

/// The row number of a case, by which all other tables name it. Errors: NOT_FOUND, STORE_FAILED.
[[nodiscard]] base::Result<std::int64_t> case_number(Session& session, const values::CaseKey& key);

}  // namespace ig::adapters::store::sqlite
