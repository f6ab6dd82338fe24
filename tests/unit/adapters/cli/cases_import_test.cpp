#include "adapters/cli/command.hpp"
#include "adapters/cli/open_store.hpp"
#include "tests/support/temp_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace ig::adapters::cli {
namespace {

std::string line(int case_number, const std::string& nino, int version = 1) {
  return fmt::format(
      R"({{"case_system":"cms","case":"{}","paying_parent":"PP1","version":{},)"
      R"("sent_at":"2025-12-02T06:00:00Z","status":"OPEN","person":{{"nino":"{}"}}}})"
      "\n",
      case_number, version, nino);
}

class CasesImport : public testing::Test {
 protected:
  CasesImport() {
    folder_.write("gateway.toml", "[store]\nfile = \"ig.db\"\nidentity_key_file = \"ig.key\"\n");
  }

  /// Runs a command line; gives its exit status and keeps what it printed.
  int run(std::vector<std::string> arguments) {
    CLI::App root;
    Invocation invocation;
    invocation.config_file = folder_.file("gateway.toml");
    add_cases(root, invocation);
    add_audit(root, invocation);
    add_store(root, invocation);
    std::vector<const char*> argv{"income-gateway"};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    root.parse(static_cast<int>(argv.size()), argv.data());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int status = invocation.run();
    std::fflush(stdout);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return status;
  }
  int import(const std::string& text) {
    folder_.write("cases.ndjson", text);
    return run({"cases", "import", folder_.file("cases.ndjson"), "--json", "--refused",
                folder_.file("refused.ndjson")});
  }
  std::string refused() {
    std::ifstream in(folder_.file("refused.ndjson"));
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  tests::support::TempFolder folder_;
  std::string out_, err_;
};

TEST_F(CasesImport, TakesTheGoodLinesAndSaysWhatIsWrongWithTheOthers) {
  EXPECT_EQ(import(line(1, "NA000001A") + "not json\n" + line(2, "QQ123456C") +
                   line(3, "NA000001A") + line(4, "AB123456C")),
            kRefused);
  EXPECT_EQ(out_,
            "{\"read\":5,\"added\":2,\"updated\":0,\"unchanged\":0,\"stale\":0,\"held\":1,"
            "\"refused\":2}\n");
  EXPECT_EQ(err_, refused());
  EXPECT_NE(err_.find("\"line\":2"), std::string::npos) << err_;
  EXPECT_NE(err_.find("INVALID_NINO"), std::string::npos) << err_;
  EXPECT_NE(err_.find("/person/nino"), std::string::npos) << err_;
  EXPECT_EQ(err_.find("QQ123456C"), std::string::npos) << "an error never shows the value";
}

TEST_F(CasesImport, TheSameFileTwiceChangesNothing) {
  const std::string file = line(1, "NA000001A") + line(2, "NA000002A") + line(3, "TN310855M");
  ASSERT_EQ(import(file), kDone);
  ASSERT_EQ(run({"audit", "verify"}), kDone);
  const std::string before = out_;
  ASSERT_EQ(import(file), kDone);
  EXPECT_NE(out_.find("\"added\":0,\"updated\":0,\"unchanged\":2,\"stale\":0,\"held\":1"),
            std::string::npos)
      << out_;
  ASSERT_EQ(run({"audit", "verify"}), kDone);
  EXPECT_EQ(out_, before);
}

TEST_F(CasesImport, CountsNewerAndOlderVersions) {
  ASSERT_EQ(import(line(1, "NA000001A", 5)), kDone);
  ASSERT_EQ(import(line(1, "NA000001A", 4) + line(1, "NA000001A", 6)), kDone);
  EXPECT_NE(out_.find("\"updated\":1,\"unchanged\":0,\"stale\":1"), std::string::npos) << out_;
}

TEST_F(CasesImport, MoreThanOneTransactionOfLinesIsTakenWhole) {
  std::string file;
  for (int i = 1; i <= 2'500; ++i) file += line(i, fmt::format("NA{:06}A", i));
  ASSERT_EQ(import(file), kDone);
  EXPECT_NE(out_.find("\"added\":2500"), std::string::npos) << out_;
}

TEST_F(CasesImport, AFileThatIsNotThereIsNoRefusal) {
  EXPECT_EQ(run({"cases", "import", folder_.file("nowhere")}), kCouldNot);
  EXPECT_FALSE(std::filesystem::exists(folder_.file("ig.db")));
}

TEST_F(CasesImport, MakesTheIdentityKeyForItsOwnerOnlyAndNeverASecondOne) {
  ASSERT_EQ(import(line(1, "NA000001A")), kDone);
  const auto rights = std::filesystem::status(folder_.file("ig.key")).permissions();
  EXPECT_EQ(rights & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::remove(folder_.file("ig.key"));
  EXPECT_EQ(import(line(1, "NA000001A")), kCouldNot);
  EXPECT_FALSE(std::filesystem::exists(folder_.file("ig.key")));
}

TEST_F(CasesImport, ABackupIsMadeAndAStoreThatIsNotThereIsNotMadeByLooking) {
  EXPECT_EQ(run({"audit", "verify"}), kCouldNot);
  EXPECT_EQ(run({"store", "backup", folder_.file("copy.db")}), kCouldNot);
  EXPECT_FALSE(std::filesystem::exists(folder_.file("ig.db")));
  ASSERT_EQ(import(line(1, "NA000001A")), kDone);
  EXPECT_EQ(run({"store", "backup", folder_.file("copy.db")}), kDone);
  EXPECT_TRUE(std::filesystem::exists(folder_.file("copy.db")));
  EXPECT_EQ(run({"store", "backup", folder_.file("ig.db")}), kMisuse)
      << "a backup never overwrites the store";
}

}  // namespace
}  // namespace ig::adapters::cli
