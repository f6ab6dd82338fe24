#include "adapters/store/sqlite/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

constexpr int kCheckpointPages = 4'000;  ///< WAL pages after which a commit moves them home
constexpr int kNothingPrepared = SQLITE_MISUSE;

using base::ErrorCode;

/// Runs one PRAGMA, or any statement whose rows do not matter.
int run_plain(sqlite3* db, const char* sql) {
  return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
}

/// SQLite counts the memory it has unless told otherwise, under a lock for each piece. Nobody asks.
void count_no_memory() {
  static const int told = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)told;  // too late where the library is in use already: it then counts, and that is all
}

bool is_passing(int code) { return code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY; }

}  // namespace

base::Result<Database> Database::open(const DatabaseOptions& options) {
  count_no_memory();
  sqlite3* raw = nullptr;
  const int access = options.read_only
                         ? SQLITE_OPEN_READONLY
                         : SQLITE_OPEN_READWRITE | (options.create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(options.file.c_str(), &raw,
                                   access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                   options.vfs.empty() ? nullptr : options.vfs.c_str());
  Database db(raw);
  if (code != SQLITE_OK) {
    return base::fail(
        ErrorCode::UNREADABLE, {},
        fmt::format("the store {} cannot be opened: {}", options.file, sqlite3_errstr(code)));
  }
  const auto settled = db.settle(options);
  if (!settled) return settled.error();
  return db;
}

base::Result<void> Database::settle(const DatabaseOptions& options) {
  sqlite3_busy_timeout(db_, static_cast<int>(options.busy_limit.count()));
  int ignored = 0;
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, &ignored);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, &ignored);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, &ignored);
  const char* journal = options.journal == Journal::wal ? "PRAGMA journal_mode = WAL"
                                                        : "PRAGMA journal_mode = DELETE";
  for (const char* sql :
       {options.read_only ? "PRAGMA query_only = ON" : journal, "PRAGMA synchronous = FULL",
        "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -24576", "PRAGMA mmap_size = 0"}) {
    const int code = run_plain(db_, sql);
    if (code != SQLITE_OK) return failed(code, "settings");
  }
  return {};
}

Database::Database(Database&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)),
      broken_(other.broken_),
      cache_(std::move(other.cache_)) {
  other.cache_.clear();
}

Database::~Database() {
  for (const auto& [sql, statement] : cache_) sqlite3_finalize(statement);
  sqlite3_close_v2(db_);
}

int Database::after_commit(void* self, sqlite3* db, const char* schema, int pages) {
  if (pages < kCheckpointPages) return SQLITE_OK;
  const int code =
      sqlite3_wal_checkpoint_v2(db, schema, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (!is_passing(code)) static_cast<Database*>(self)->broken_ = true;
  return SQLITE_OK;
}

base::Result<void> Database::begin() {
  // The hook holds this object's address, which is settled by the first transaction.
  sqlite3_wal_hook(db_, &Database::after_commit, this);
  Query query(*this, "BEGIN IMMEDIATE");
  return query.run();
}

base::Result<void> Database::commit() {
  int code = SQLITE_OK;
  {
    Query query(*this, "COMMIT");
    const auto done = query.run();
    if (done) return {};
    code = sqlite3_extended_errcode(db_);
  }
  const bool was_broken = std::exchange(broken_, true);
  if (was_broken) return failed(code, "commit");
  rollback();
  return base::fail(ErrorCode::STORE_IN_DOUBT, {},
                    fmt::format("the store did not confirm a commit ({}): open it again and look "
                                "up what is there",
                                sqlite3_errstr(code)));
}

void Database::rollback() noexcept {
  if (sqlite3_get_autocommit(db_) == 0) run_plain(db_, "ROLLBACK");
}

base::Result<void> Database::script(const std::string& sql) {
  const int code = run_plain(db_, sql.c_str());
  if (code != SQLITE_OK) return failed(code, "script");
  return {};
}

std::int64_t Database::last_rowid() const { return sqlite3_last_insert_rowid(db_); }
std::int64_t Database::changes() const { return sqlite3_changes64(db_); }

base::Error Database::failed(int code, std::string_view doing) const {
  if (broken_) {
    return base::fail(ErrorCode::STORE_FAILED, {},
                      "the store is closed after a failed write: open it again");
  }
  return base::fail(
      ErrorCode::STORE_FAILED, {},
      fmt::format("the store failed: {} (SQLite {}, at: {})", sqlite3_errstr(code), code, doing));
}

sqlite3_stmt* Database::take(Sql sql, int& code) {
  code = broken_ ? kNothingPrepared : SQLITE_OK;
  if (broken_) return nullptr;
  const auto found = cache_.find(sql.text);
  if (found != cache_.end() && found->second != nullptr) {
    return std::exchange(found->second, nullptr);
  }
  sqlite3_stmt* statement = nullptr;
  code = sqlite3_prepare_v3(db_, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  return statement;
}

void Database::give_back(Sql sql, sqlite3_stmt* statement) noexcept {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  sqlite3_stmt*& place = cache_[sql.text];
  if (place != nullptr) sqlite3_finalize(place);
  place = statement;
}

Query::Query(Database& db, Sql sql) : db_(db), sql_(sql) { statement_ = db.take(sql, code_); }

Query::~Query() {
  if (statement_ != nullptr) db_.give_back(sql_, statement_);
}

void Query::note(int code) {
  if (code_ == SQLITE_OK) code_ = code;
}

void Query::put(std::int64_t value) {
  if (code_ == SQLITE_OK) note(sqlite3_bind_int64(statement_, ++bound_, value));
}

void Query::put(std::string_view value) {
  if (code_ != SQLITE_OK) return;
  note(sqlite3_bind_text64(statement_, ++bound_, value.data() == nullptr ? "" : value.data(),
                           value.size(), in_place_ ? SQLITE_STATIC : SQLITE_TRANSIENT,
                           SQLITE_UTF8));
}

void Query::put(Blob value) {
  if (code_ != SQLITE_OK) return;
  const char* data = value.bytes.data() == nullptr ? "" : value.bytes.data();
  note(sqlite3_bind_blob64(statement_, ++bound_, data, value.bytes.size(),
                           in_place_ ? SQLITE_STATIC : SQLITE_TRANSIENT));
}

void Query::put(std::nullopt_t) {
  if (code_ == SQLITE_OK) note(sqlite3_bind_null(statement_, ++bound_));
}

base::Result<bool> Query::next() {
  if (code_ != SQLITE_OK) return db_.failed(code_, sql_.text);
  base::require(bound_ == sqlite3_bind_parameter_count(statement_),
                "every parameter of a query is bound");
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  code_ = code;
  return db_.failed(code, sql_.text);
}

base::Result<void> Query::run() {
  const auto row = next();
  if (!row) return row.error();
  return {};
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::text(int column) const {
  const auto* data = sqlite3_column_text(statement_, column);
  if (data == nullptr) return {};
  return {reinterpret_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Query::blob(int column) const {
  const auto* data = sqlite3_column_blob(statement_, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

values::Date Query::date(int column) const {
  return values::Date::of(std::chrono::sys_days{std::chrono::days{integer(column)}});
}

values::Instant Query::instant(int column) const {
  return values::Instant::of_millis(integer(column));
}

values::Money Query::money(int column) const { return values::Money::pence(integer(column)); }

std::optional<std::int64_t> Query::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<values::Date> Query::maybe_date(int column) const {
  if (is_null(column)) return std::nullopt;
  return date(column);
}

std::optional<values::Instant> Query::maybe_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

std::optional<values::Money> Query::maybe_money(int column) const {
  if (is_null(column)) return std::nullopt;
  return money(column);
}

std::optional<values::TaxYear> Query::maybe_tax_year(int column) const {
  if (is_null(column)) return std::nullopt;
  return values::TaxYear::starting(static_cast<int>(integer(column)));
}

}  // namespace ig::adapters::store::sqlite
