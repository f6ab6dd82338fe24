#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <cstdint>
#include <optional>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on retention, as described there. Plan and
/// removal judge each row by the same query. What stays for good: documents with their hash,
/// refusals, triggers, control numbers, the register and the history of its cases without money,
/// and the numbers of people; see schemas/sql/README.md.
[[nodiscard]] base::Result<ports::RetentionPlan> retention_plan(
    Session& session, const ports::RetentionCutoffs& cutoffs);
[[nodiscard]] base::Result<ports::RetentionStep> remove_expired(
    Session& session, ports::DataClass of, const ports::RetentionCutoffs& cutoffs,
    std::int64_t after, std::size_t max, values::Instant at);
[[nodiscard]] base::Result<std::int64_t> put_retention_run(Session& session,
                                                           const ports::RetentionRun& run);
[[nodiscard]] base::Result<std::optional<ports::RetentionRun>> open_retention_run(Session& session);

}  // namespace ig::adapters::store::sqlite
