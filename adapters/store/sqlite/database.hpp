#pragma once

#include "core/base/result.hpp"
#include "core/values/ids.hpp"
#include "core/values/instant.hpp"
#include "core/values/money.hpp"
#include "core/values/tax_year.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace ig::adapters::store::sqlite {

namespace base = core::base;
namespace values = core::values;

/// SQL that stands in the source: its address is its name in the statement cache.
struct Sql {
  const char* text;
  consteval Sql(const char* literal) : text(literal) {}  // NOLINT: reads as the SQL it is
};

/// Bytes for or from a BLOB column; valid until the next step of the query they came from.
struct Blob {
  std::string_view bytes;
};

enum class Journal : std::uint8_t {
  wal,          ///< the live store
  single_file,  ///< a copy that must stand on its own
};

/// How a database file is opened.
struct DatabaseOptions {
  std::string file;
  bool read_only = false;
  bool create = true;
  Journal journal = Journal::wal;
  std::chrono::milliseconds busy_limit{5'000};
  std::string vfs;  ///< name of a registered SQLite VFS; empty: the system's
};

/// One connection with its prepared statements. One thread. After a failed COMMIT, or a failed
/// checkpoint, it is broken: every later call fails, and the process must open the store anew,
/// because what the disk holds is then known only by reading it (fsync may lie when tried again).
class Database {
 public:
  /// Errors: UNREADABLE (not there, not a database), STORE_FAILED.
  [[nodiscard]] static base::Result<Database> open(const DatabaseOptions& options);
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;
  ~Database();

  /// BEGIN IMMEDIATE: takes the write lock at once. Errors: STORE_FAILED.
  [[nodiscard]] base::Result<void> begin();
  /// Errors: STORE_IN_DOUBT; the connection is then broken.
  [[nodiscard]] base::Result<void> commit();
  void rollback() noexcept;

  /// Several statements without results, as a migration has them. Errors: STORE_FAILED.
  [[nodiscard]] base::Result<void> script(const std::string& sql);
  [[nodiscard]] std::int64_t last_rowid() const;
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] sqlite3* handle() const { return db_; }
  /// The error of SQLite's result code, with `doing` in its message. Names no value.
  [[nodiscard]] base::Error failed(int code, std::string_view doing) const;

 private:
  friend class Query;
  explicit Database(sqlite3* db) : db_(db) {}
  [[nodiscard]] base::Result<void> settle(const DatabaseOptions& options);
  /// Commits are followed here, so that a failed checkpoint is seen.
  static int after_commit(void* self, sqlite3* db, const char* schema, int pages);
  [[nodiscard]] sqlite3_stmt* take(Sql sql, int& code);
  void give_back(Sql sql, sqlite3_stmt* statement) noexcept;

  sqlite3* db_ = nullptr;
  bool broken_ = false;
  std::unordered_map<const char*, sqlite3_stmt*> cache_;
};

/// One run of a prepared statement: bind in order, then next() for each row. The first failure
/// stays: later calls do nothing and next() and run() report it.
class Query {
 public:
  Query(Database& db, Sql sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  template <class... Args>
  Query& bind(const Args&... args) {
    (put(args), ...);
    return *this;
  }

  /// The same without a copy of texts and bytes: they outlive this query.
  template <class... Args>
  Query& bind_in_place(const Args&... args) {
    in_place_ = true;
    return bind(args...);
  }

  /// Steps to the next row; false when there is none. Errors: STORE_FAILED.
  [[nodiscard]] base::Result<bool> next();
  /// Runs a statement without rows. Errors: STORE_FAILED.
  [[nodiscard]] base::Result<void> run();

  // Columns of the row that next() found, by number from 0.
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] bool truth(int column) const { return integer(column) != 0; }
  [[nodiscard]] values::Date date(int column) const;
  [[nodiscard]] values::Instant instant(int column) const;
  [[nodiscard]] values::Money money(int column) const;
  [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const;
  [[nodiscard]] std::optional<values::Date> maybe_date(int column) const;
  [[nodiscard]] std::optional<values::Instant> maybe_instant(int column) const;
  [[nodiscard]] std::optional<values::Money> maybe_money(int column) const;
  [[nodiscard]] std::optional<values::TaxYear> maybe_tax_year(int column) const;
  template <class Tag>
  [[nodiscard]] values::Id<Tag> id(int column) const {
    return {integer(column)};
  }
  /// An enumerator stored by its number; the column's CHECK keeps the number in range.
  template <class Enum>
  [[nodiscard]] Enum code(int column) const {
    return static_cast<Enum>(integer(column));
  }

 private:
  void put(std::int64_t value);
  void put(int value) { put(std::int64_t{value}); }
  void put(std::uint32_t value) { put(std::int64_t{value}); }
  void put(std::uint64_t value) { put(static_cast<std::int64_t>(value)); }
  void put(bool value) { put(std::int64_t{value ? 1 : 0}); }
  void put(std::string_view value);
  void put(const std::string& value) { put(std::string_view{value}); }
  void put(const char* value) { put(std::string_view{value}); }
  void put(Blob value);
  void put(std::nullopt_t);
  void put(values::Date value) { put(std::int64_t{value.days().time_since_epoch().count()}); }
  void put(values::Instant value) { put(value.millis()); }
  void put(values::Money value) { put(value.in_pence()); }
  void put(values::TaxYear value) { put(std::int64_t{value.start_year()}); }
  template <class Tag>
  void put(values::Id<Tag> value) {
    put(value.value);
  }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void put(Enum value) {
    put(static_cast<std::int64_t>(value));
  }
  template <class T>
  void put(const std::optional<T>& value) {
    if (value) {
      put(*value);
    } else {
      put(std::nullopt);
    }
  }
  void note(int code);

  Database& db_;
  Sql sql_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
  int code_ = 0;
  bool in_place_ = false;
};

/// Runs a statement without rows, with its bindings.
template <class... Args>
[[nodiscard]] base::Result<void> run(Database& db, Sql sql, const Args&... args) {
  return Query(db, sql).bind_in_place(args...).run();
}

/// The one number a query of one row gives, or nothing when it gives no row.
template <class... Args>
[[nodiscard]] base::Result<std::optional<std::int64_t>> number(Database& db, Sql sql,
                                                               const Args&... args) {
  Query query(db, sql);
  query.bind_in_place(args...);
  const auto row = query.next();
  if (!row) return row.error();
  return *row ? query.maybe_integer(0) : std::nullopt;
}

/// Calls `visit(query)` for each row.
template <class Visit>
[[nodiscard]] base::Result<void> each_row(Query& query, const Visit& visit) {
  while (true) {
    const auto row = query.next();
    if (!row) return row.error();
    if (!*row) return {};
    base::Result<void> done = visit(query);
    if (!done) return done;
  }
}

}  // namespace ig::adapters::store::sqlite
