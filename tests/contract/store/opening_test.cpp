#include "adapters/store/sqlite/open.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "tests/contract/store/made_up.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

namespace ig::tests::contract::store {
namespace {

using adapters::store::sqlite::SqliteOptions;
using core::base::ErrorCode;
using core::base::Result;
using core::base::Sensitive;
using core::ports::Store;

class Opening : public testing::Test {
 protected:
  Opening() {
    options_.file = folder_.file("ig.db");
    options_.identity_key = Sensitive(std::string(32, 'k'));
  }
  Result<std::unique_ptr<Store>> open() {
    return adapters::store::sqlite::open_sqlite_store(options_,
                                                      adapters::wire::crypto::make_digest());
  }
  void tamper(const char* sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(options_.file.c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }

  support::TempFolder folder_;
  SqliteOptions options_;
};

TEST_F(Opening, MakesAFileThatNobodyElseMayRead) {
  ASSERT_TRUE(open().has_value());
  const auto rights = std::filesystem::status(options_.file).permissions();
  EXPECT_EQ(rights & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Opening, RefusesAnotherIdentityKey) {
  ASSERT_TRUE(open().has_value());
  options_.identity_key = Sensitive(std::string(32, 'x'));
  EXPECT_EQ(open().error().code, ErrorCode::INTEGRITY_BROKEN);
}

TEST_F(Opening, RefusesAKeyThatIsTooShort) {
  options_.identity_key = Sensitive(std::string(31, 'k'));
  EXPECT_EQ(open().error().code, ErrorCode::CONFIG_INVALID);
}

TEST_F(Opening, RefusesAStoreWhoseShapeIsNotTheOneRecorded) {
  ASSERT_TRUE(open().has_value());
  tamper("UPDATE migration SET sha256 = replace(sha256, substr(sha256, 1, 1), 'z')");
  EXPECT_EQ(open().error().code, ErrorCode::INTEGRITY_BROKEN);
}

TEST_F(Opening, RefusesAStoreOfANewerProgram) {
  ASSERT_TRUE(open().has_value());
  tamper("INSERT INTO migration SELECT 999, 'later', sha256 FROM migration WHERE number = 1");
  EXPECT_EQ(open().error().code, ErrorCode::INTEGRITY_BROKEN);
}

TEST_F(Opening, RefusesAFileThatIsNoDatabase) {
  folder_.write("ig.db", std::string(4096, 'x'));
  EXPECT_FALSE(open().has_value());
}

TEST_F(Opening, ReadOnlyMakesNothingAndWritesNothing) {
  options_.read_only = true;
  EXPECT_EQ(open().error().code, ErrorCode::UNREADABLE);
  EXPECT_FALSE(std::filesystem::exists(options_.file));
  options_.read_only = false;
  const auto writer = open();
  register_cases(**writer, {a_case("cms", "1", 1)});
  options_.read_only = true;
  const auto reader = open();
  ASSERT_TRUE(reader.has_value()) << reader.error().message;
  EXPECT_EQ(*(*reader)->count_cases(), 1U);
  EXPECT_FALSE((*reader)->begin().has_value());
}

TEST_F(Opening, ASecondWriterWaitsAndThenSaysSo) {
  const auto first = open();
  options_.busy_limit = std::chrono::milliseconds{20};
  const auto second = open();
  auto unit = (*first)->begin();
  EXPECT_EQ((*second)->begin().error().code, ErrorCode::STORE_FAILED);
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_TRUE((*second)->begin().has_value());
}

TEST_F(Opening, NoPersonalValueLiesOutsideTheIdentityTable) {
  const auto store = open();
  register_cases(**store, {a_case("cms", "1", 7)});
  auto unit = (*store)->begin();
  const auto document = (*unit)->add_document("fps", "june.xml", at(0));
  const std::vector<core::ports::StagedFact> facts{a_payment(person(**store, 7), 1)};
  ASSERT_TRUE((*unit)->stage(*document, facts).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(options_.file.c_str(), &db), SQLITE_OK);
  sqlite3_stmt* found = nullptr;
  ASSERT_EQ(sqlite3_prepare_v2(db,
                               "SELECT count(*) FROM fact WHERE body LIKE '%NA00000%'"
                               " OR body LIKE '%Joseph%' OR body LIKE '%1960%'",
                               -1, &found, nullptr),
            SQLITE_OK);
  ASSERT_EQ(sqlite3_step(found), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(found, 0), 0);
  sqlite3_finalize(found);
  sqlite3_close(db);
}

}  // namespace
}  // namespace ig::tests::contract::store
