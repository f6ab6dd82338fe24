#pragma once

#include "adapters/store/sqlite/open.hpp"
#include "adapters/store/sqlite/session.hpp"

#include <memory>

namespace ig::adapters::store::sqlite {

/// What open_sqlite_store() does, up to the Session; a backup is checked through it too.
[[nodiscard]] base::Result<std::unique_ptr<Session>> open_session(
    const SqliteOptions& options, std::unique_ptr<ports::Digest> digest, Journal journal);

}  // namespace ig::adapters::store::sqlite
