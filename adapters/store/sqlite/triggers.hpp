#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on triggers and on what was raised before, as
/// described there.
[[nodiscard]] base::Result<bool> add_trigger(Session& session, const triggers::Trigger& trigger,
                                             triggers::Mode mode, values::DecisionId decision,
                                             values::Instant at, const std::string& correlation_id);
[[nodiscard]] base::Result<std::optional<ports::StoredTrigger>> trigger(Session& session,
                                                                        const std::string& id);
[[nodiscard]] base::Result<void> each_trigger(
    Session& session, const ports::TriggerFilter& filter,
    const std::function<void(const ports::StoredTrigger&)>& visit);
[[nodiscard]] base::Result<void> put_raised(Session& session, const values::CaseKey& key,
                                            std::span<const triggers::Raised> raised);
[[nodiscard]] base::Result<std::vector<triggers::Raised>> raised_of(Session& session,
                                                                    const values::CaseKey& key);

/// A trigger from its stored text. Errors: INTEGRITY_BROKEN.
[[nodiscard]] base::Result<triggers::Trigger> read_body(Session& session, std::string_view body,
                                                        std::string dedupe_key);

}  // namespace ig::adapters::store::sqlite
