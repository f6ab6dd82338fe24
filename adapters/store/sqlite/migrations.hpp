#pragma once

#include "adapters/store/sqlite/session.hpp"

namespace ig::adapters::store::sqlite {

/// Brings the database to the newest shape: runs each file of schemas/sql that was not run, each
/// in a transaction of its own, and records it with its SHA-256. With `read_only` it only checks.
/// Errors: INTEGRITY_BROKEN when a migration that was run has other content now, or is not known
/// to this program; STORE_FAILED.
[[nodiscard]] base::Result<void> migrate(Session& session, bool read_only);

}  // namespace ig::adapters::store::sqlite
