#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <optional>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on decisions, as described there.
[[nodiscard]] base::Result<values::DecisionId> add_decision(Session& session,
                                                            const ports::NewDecision& decision);
[[nodiscard]] base::Result<std::optional<ports::StoredDecision>> decision(Session& session,
                                                                          values::DecisionId id);
[[nodiscard]] base::Result<std::optional<ports::StoredDecision>> last_decision(
    Session& session, const values::CaseKey& key);

}  // namespace ig::adapters::store::sqlite
