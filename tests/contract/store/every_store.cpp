#include "tests/contract/store/every_store.hpp"

#include "adapters/store/sqlite/open.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/base/require.hpp"
#include "tests/support/temp_folder.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace ig::tests::contract::store {
namespace {

class SqliteMemory final : public Memory {
 public:
  std::unique_ptr<core::ports::Store> open() override { return open_file(folder_.file("ig.db")); }
  std::unique_ptr<core::ports::Store> open_backup(const std::string& file) override {
    return open_file(file);
  }
  std::string backup_file() override { return folder_.file("backup.db"); }
  void tamper(const std::string& sql) override {
    sqlite3* db = nullptr;
    core::base::require(sqlite3_open(folder_.file("ig.db").c_str(), &db) == SQLITE_OK,
                        "the store of a test opens");
    const int code = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
    EXPECT_EQ(code, SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }

 private:
  static std::unique_ptr<core::ports::Store> open_file(const std::string& file) {
    adapters::store::sqlite::SqliteOptions options;
    options.file = file;
    options.identity_key = core::base::Sensitive(std::string(32, 'k'));
    auto store =
        adapters::store::sqlite::open_sqlite_store(options, adapters::wire::crypto::make_digest());
    EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().message);
    core::base::require(store.has_value(), "the store of a test opens");
    return *std::move(store);
  }

  support::TempFolder folder_;
};

}  // namespace

std::vector<Implementation> implementations() {
  return {{"Sqlite", [] { return std::unique_ptr<Memory>(std::make_unique<SqliteMemory>()); }}};
}

}  // namespace ig::tests::contract::store
