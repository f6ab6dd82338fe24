#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <string>

namespace ig::adapters::store::sqlite {

/// Core's Store::backup(): copies the whole store to `file` (mode 0600). The copy is written
/// beside it under another name, checked (SQLite's integrity and foreign keys, the audit chain),
/// flushed to the disk and only then renamed, so that `file` is never a bad or half copy.
/// Errors: UNREADABLE (cannot be written there), INTEGRITY_BROKEN (the copy fails its checks),
/// STORE_FAILED.
[[nodiscard]] base::Result<void> backup(Session& session, const std::string& file);

}  // namespace ig::adapters::store::sqlite
