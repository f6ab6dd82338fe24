#include "adapters/store/sqlite/migrations.hpp"

#include <fmt/format.h>

#include <span>

namespace ig::embedded {
extern const std::string_view migration_001_first;
extern const std::string_view migration_002_hmrc;
extern const std::string_view migration_003_retention;
extern const std::string_view migration_004_yearly_batch;
extern const std::string_view migration_005_other_surnames;
extern const std::string_view migration_006_taken_in_again;
extern const std::string_view migration_007_interest;
}  // namespace ig::embedded

namespace ig::adapters::store::sqlite {
namespace {

struct Migration {
  std::int64_t number;
  std::string_view name;
  std::string_view sql;
};

/// The files of schemas/sql in order. A new shape is a new file and a new line here; a file that
/// was ever released is never changed.
std::span<const Migration> all_migrations() {
  static const Migration list[] = {
      {1, "first", embedded::migration_001_first},
      {2, "hmrc", embedded::migration_002_hmrc},
      {3, "retention", embedded::migration_003_retention},
      {4, "yearly_batch", embedded::migration_004_yearly_batch},
      {5, "other_surnames", embedded::migration_005_other_surnames},
      {6, "taken_in_again", embedded::migration_006_taken_in_again},
      {7, "interest", embedded::migration_007_interest},
  };
  return list;
}

base::Error refused(std::int64_t number, std::string_view why) {
  return base::fail(base::ErrorCode::INTEGRITY_BROKEN, {},
                    fmt::format("migration {:03} of the store {}", number, why));
}

/// Gives how many migrations were run; each must be one of ours, unchanged.
base::Result<std::size_t> check_run_ones(Session& session) {
  const auto list = all_migrations();
  Query query(session.db, "SELECT number, sha256 FROM migration ORDER BY number");
  std::size_t count = 0;
  const auto read = each_row(query, [&](Query& row) -> base::Result<void> {
    const std::int64_t number = row.integer(0);
    if (count >= list.size() || list[count].number != number) {
      return refused(number, "is not known to this program: it is older than the store");
    }
    if (row.text(1) != ports::hex(session.digest->sha256(list[count].sql))) {
      return refused(number, "is not the one that was run");
    }
    ++count;
    return {};
  });
  if (!read) return read.error();
  return count;
}

base::Result<void> run_one(Session& session, const Migration& migration) {
  const auto done = session.db.script(std::string(migration.sql));
  if (!done) return done;
  return run(session.db, "INSERT INTO migration (number, name, sha256) VALUES (?, ?, ?)",
             migration.number, migration.name, ports::hex(session.digest->sha256(migration.sql)));
}

/// Inside a transaction, so that two programs started together do not both run a migration.
base::Result<void> run_missing(Session& session) {
  const auto made = session.db.script(
      "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
      " sha256 TEXT NOT NULL CHECK (length(sha256) = 64)) STRICT");
  if (!made) return made;
  const auto run_already = check_run_ones(session);
  if (!run_already) return run_already.error();
  for (const Migration& migration : all_migrations().subspan(*run_already)) {
    const auto done = run_one(session, migration);
    if (!done) return done;
  }
  return {};
}

}  // namespace

base::Result<void> migrate(Session& session, bool read_only) {
  const auto there = number(
      session.db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'");
  if (!there) return there.error();
  std::size_t run_already = 0;
  if (there->value_or(0) == 1) {
    const auto checked = check_run_ones(session);
    if (!checked) return checked.error();
    run_already = *checked;
  }
  if (run_already == all_migrations().size()) return {};
  if (read_only) {
    return base::fail(base::ErrorCode::UNREADABLE, {},
                      "the store is of an older shape: open it for writing once");
  }
  const auto begun = session.db.begin();
  if (!begun) return begun;
  const auto done = run_missing(session);
  if (!done) {
    session.db.rollback();
    return done;
  }
  return session.db.commit();
}

}  // namespace ig::adapters::store::sqlite
