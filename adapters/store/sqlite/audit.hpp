#pragma once

#include "adapters/store/sqlite/session.hpp"

namespace ig::adapters::store::sqlite {

/// Appends an entry to the chain. Its hash is SHA-256 over the hash before it and the entry's
/// fields, each with its length before it, so that no two entries have the same bytes.
[[nodiscard]] base::Result<void> audit(Session& session, const ports::AuditEntry& entry);

/// Writes the new end of the chain to the store's own row, sealed under the key; called once,
/// before a unit of work commits.
[[nodiscard]] base::Result<void> seal_audit(Session& session);

/// Removes the entries up to and with `last` and seals the place of the cut, so that the chain can
/// still be walked from there and nobody without the key can cut it elsewhere.
/// Errors: INTEGRITY_BROKEN, NOT_FOUND when there is no entry `last`.
[[nodiscard]] base::Result<void> cut_audit(Session& session, std::int64_t last);

/// Walks the chain from its first entry, or from the cut, and compares its end with the sealed one,
/// so that an edited, swapped, deleted or cut-off entry is found.
[[nodiscard]] base::Result<ports::AuditReport> verify_audit(Session& session);

/// The end of an empty chain, for a store that is being made.
[[nodiscard]] AuditHead empty_chain();
[[nodiscard]] std::string audit_seal(Session& session, const AuditHead& head);

}  // namespace ig::adapters::store::sqlite
