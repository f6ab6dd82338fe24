#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on what waits for a person or for HMRC, and on
/// parameter sets, as described there.
[[nodiscard]] base::Result<std::int64_t> hold(Session& session, const ports::Held& held);
[[nodiscard]] base::Result<void> resolve_held(Session& session, std::int64_t id,
                                              const std::string& resolution, const std::string& by,
                                              values::Instant at);
[[nodiscard]] base::Result<std::vector<ports::Held>> held(Session& session, bool resolved_too);
[[nodiscard]] base::Result<std::optional<ports::Held>> held_item(Session& session, std::int64_t id);
[[nodiscard]] base::Result<bool> is_held(Session& session, const std::string& subject,
                                         const std::string& code);
[[nodiscard]] base::Result<void> put_pull(Session& session, const ports::Pull& pull);
[[nodiscard]] base::Result<std::optional<ports::Pull>> pull(Session& session,
                                                            values::PersonId person,
                                                            const std::string& purpose,
                                                            values::Date anchor);
[[nodiscard]] base::Result<void> keep_parameters(Session& session, const std::string& version,
                                                 std::string_view text);
[[nodiscard]] base::Result<std::optional<std::string>> parameters(Session& session,
                                                                  const std::string& version);

}  // namespace ig::adapters::store::sqlite
