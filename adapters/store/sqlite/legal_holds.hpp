#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on legal holds, as described there.
[[nodiscard]] base::Result<std::int64_t> place_hold(Session& session, const ports::LegalHold& hold);
[[nodiscard]] base::Result<void> release_hold(Session& session, std::int64_t id,
                                              const std::string& reason, const std::string& by,
                                              values::Instant at);
[[nodiscard]] base::Result<std::vector<ports::LegalHold>> legal_holds(Session& session,
                                                                      bool released_too);

}  // namespace ig::adapters::store::sqlite
