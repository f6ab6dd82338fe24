#include "adapters/store/sqlite/opening.hpp"

#include "adapters/store/sqlite/audit.hpp"
#include "adapters/store/sqlite/migrations.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t kKeyBytesMin = 32;

/// Makes a file that is not there with mode 0600; SQLite gives its journals the same. Never opens
/// one that is there: closing it would drop the locks of another connection of this process.
void make_private(const std::string& file) {
  const int made = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (made >= 0) ::close(made);
}

std::string key_check(Session& session) { return keyed(session, "key check", "identity key"); }

/// The store's own row, made with the first opening.
Result<void> put_own_row(Session& session) {
  const AuditHead head = empty_chain();
  return run(session.db,
             "INSERT INTO store (one, key_check, audit_hash, audit_seal) VALUES (1, ?, ?, ?)"
             " ON CONFLICT DO NOTHING",
             Blob{key_check(session)}, as_blob(head.hash), Blob{audit_seal(session, head)});
}

Result<void> make_own_row(Session& session) {
  const auto begun = session.db.begin();
  if (!begun) return begun;
  const auto done = put_own_row(session);
  if (!done) {
    session.db.rollback();
    return done;
  }
  return session.db.commit();
}

Result<bool> check_key(Session& session) {
  Query query(session.db, "SELECT key_check FROM store");
  const auto row = query.next();
  if (!row) return row.error();
  if (!*row) return false;
  if (query.blob(0) != key_check(session)) {
    return base::fail(ErrorCode::INTEGRITY_BROKEN, {},
                      "the store was made under another identity key");
  }
  return true;
}

Result<void> settle(Session& session, bool read_only) {
  const auto migrated = migrate(session, read_only);
  if (!migrated) return migrated;
  const auto known = check_key(session);
  if (!known) return known.error();
  if (*known || read_only) return {};
  const auto made = make_own_row(session);
  if (!made) return made;
  const auto checked = check_key(session);
  if (!checked) return checked.error();
  return {};
}

}  // namespace

Result<std::unique_ptr<Session>> open_session(const SqliteOptions& options,
                                              std::unique_ptr<ports::Digest> digest,
                                              Journal journal) {
  if (options.identity_key.reveal().size() < kKeyBytesMin) {
    return base::fail(ErrorCode::CONFIG_INVALID, {}, "the identity key has at least 32 bytes");
  }
  if (!options.read_only) make_private(options.file);
  auto db = Database::open({.file = options.file,
                            .read_only = options.read_only,
                            .journal = journal,
                            .busy_limit = options.busy_limit,
                            .vfs = options.vfs});
  if (!db) return db.error();
  auto session = std::unique_ptr<Session>(
      new Session{.db = *std::move(db),
                  .key = wire::crypto::HmacSha256(options.identity_key.reveal()),
                  .identity_key = options.identity_key,
                  .digest = std::move(digest),
                  .reader = {},
                  .file = options.file,
                  .audit_head = std::nullopt,
                  .buffer = {}});
  const auto settled = settle(*session, options.read_only);
  if (!settled) return settled.error();
  return session;
}

}  // namespace ig::adapters::store::sqlite
