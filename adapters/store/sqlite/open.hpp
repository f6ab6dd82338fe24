#pragma once

#include "core/base/sensitive.hpp"
#include "core/ports/digest.hpp"
#include "core/ports/store.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace ig::adapters::store::sqlite {

/// How the store is opened.
struct SqliteOptions {
  std::string file;
  /// Under which people are found (HMAC-SHA-256); at least 32 bytes. A store opens only under the
  /// key it was made with.
  core::base::Sensitive<std::string> identity_key;
  bool read_only = false;  ///< the file must be there and of the newest shape; writes fail
  std::chrono::milliseconds busy_limit{5'000};  ///< how long to wait for another writer
  std::string vfs;  ///< name of a registered SQLite VFS, for tests; empty: the system's
};

/// Opens the store, makes it when the file is not there, and brings it to the newest shape.
/// Errors: UNREADABLE (no file, not a database), INTEGRITY_BROKEN (another key, a changed or
/// unknown migration), STORE_FAILED.
[[nodiscard]] core::base::Result<std::unique_ptr<core::ports::Store>> open_sqlite_store(
    const SqliteOptions& options, std::unique_ptr<core::ports::Digest> digest);

}  // namespace ig::adapters::store::sqlite
