#pragma once

#include "adapters/store/sqlite/database.hpp"
#include "adapters/wire/crypto/hmac.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/sensitive.hpp"
#include "core/ports/digest.hpp"
#include "core/ports/store.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace ig::adapters::store::sqlite {

namespace facts = core::facts;
namespace ports = core::ports;
namespace triggers = core::triggers;

using Hash = std::array<std::byte, 32>;

/// The end of the audit chain: how many entries, and the hash of the last.
struct AuditHead {
  std::int64_t entries = 0;
  Hash hash{};
};

/// What all parts of the store work with: the connection, the key and the codecs' buffers.
struct Session {
  Database db;
  wire::crypto::HmacSha256 key;
  base::Sensitive<std::string> identity_key;  ///< under which a backup is opened and checked
  std::unique_ptr<ports::Digest> digest;
  wire::json::Reader reader;
  std::string file;                     ///< where the database lies
  std::optional<AuditHead> audit_head;  ///< read by the first audit entry of a unit of work
  std::string buffer;                   ///< reused for the texts that are written
};

/// The bytes of a digest as text for a BLOB.
[[nodiscard]] inline Blob as_blob(const Hash& hash, std::size_t count = 32) {
  return {{reinterpret_cast<const char*>(hash.data()), count}};
}

/// The first 16 bytes of HMAC-SHA-256 over `label`, a zero byte and `message`, for a BLOB column.
/// The label keeps the uses of the one key apart.
[[nodiscard]] std::string keyed(Session& session, std::string_view label, std::string_view message);

/// Reads JSON that we wrote. Errors: INTEGRITY_BROKEN, naming `what`.
[[nodiscard]] base::Result<wire::json::Document> read_own_json(Session& session,
                                                               std::string_view text,
                                                               std::string_view what);

/// 32 hex digits as 16 bytes; nothing when the text is something else.
[[nodiscard]] std::optional<std::string> bytes_of_hex(std::string_view hex);
[[nodiscard]] std::string hex_of_bytes(std::string_view bytes);

/// A stored thing that breaks a promise of the store's own writing.
[[nodiscard]] base::Error broken(std::string_view what);
/// What the caller named is not there.
[[nodiscard]] base::Error missing(std::string_view what);

}  // namespace ig::adapters::store::sqlite
