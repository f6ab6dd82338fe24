#include "adapters/wire/files/spool.hpp"

#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace ig::adapters::wire::files {
namespace {

using std::chrono::seconds;
using Names = std::vector<std::string>;

class SpoolFolder : public testing::Test {
 protected:
  Spool open(seconds settle = seconds{0}) {
    auto out = Spool::open(folder_.file("in"), {settle, ".xml", ".control.json"});
    EXPECT_TRUE(out.has_value());
    return *std::move(out);
  }
  Names ready(Spool& spool, seconds after = seconds{0}) {
    return spool.ready(std::chrono::steady_clock::time_point{} + after).value();
  }
  void put(const std::string& name, std::string_view text = "x") {
    folder_.write("in/" + name, text);
  }
  [[nodiscard]] bool there(const std::string& name) const {
    return std::filesystem::exists(folder_.file("in/" + name));
  }

  tests::support::TempFolder folder_;
};

TEST_F(SpoolFolder, GivesItsFilesInOrderAndPassesOverWhatIsNotOurs) {
  auto spool = open();
  for (const char* name : {"b.xml", "a.xml", ".a.xml", "c.xml.part", "d.txt", ".xml"}) put(name);
  std::filesystem::create_directory(folder_.file("in/folder.xml"));
  std::filesystem::create_symlink(folder_.file("in/a.xml"), folder_.file("in/link.xml"));
  ASSERT_EQ(::mkfifo(folder_.file("in/pipe.xml").c_str(), 0600), 0);
  EXPECT_EQ(ready(spool), (Names{"a.xml", "b.xml"}));
}

TEST_F(SpoolFolder, WaitsForAFileThatIsStillGrowing) {
  auto spool = open(seconds{10});
  put("a.xml", "one");
  EXPECT_EQ(ready(spool, seconds{0}), Names{});
  EXPECT_EQ(ready(spool, seconds{9}), Names{});
  put("a.xml", "one and more");
  EXPECT_EQ(ready(spool, seconds{11}), Names{}) << "it grew";
  EXPECT_EQ(ready(spool, seconds{20}), Names{});
  EXPECT_EQ(ready(spool, seconds{21}), Names{"a.xml"});
}

TEST_F(SpoolFolder, GivesWhatAKilledRunHadPickedUpAgainAndFirst) {
  {
    auto spool = open();
    put("z.xml");
    ASSERT_TRUE(spool.take("z.xml").has_value());
  }
  auto spool = open();
  put("a.xml");
  EXPECT_EQ(ready(spool), (Names{"z.xml", "a.xml"}));
  EXPECT_TRUE(spool.take("z.xml").has_value());
}

TEST_F(SpoolFolder, MovesAFileToItsEndWithItsReceiptAndWhatStoodBesideIt) {
  auto spool = open();
  put("a.xml");
  put("a.xml.control.json", "{}");
  ASSERT_TRUE(spool.take("a.xml").has_value());
  EXPECT_FALSE(there("a.xml"));
  EXPECT_TRUE(there("taking/a.xml.control.json"));
  ASSERT_TRUE(spool.finish("a.xml", Spool::End::done, "{\"files\":1}").has_value());
  EXPECT_TRUE(there("done/a.xml"));
  EXPECT_TRUE(there("done/a.xml.control.json"));
  EXPECT_TRUE(there("done/a.xml.receipt.json"));
  EXPECT_EQ(ready(spool), Names{});
}

TEST_F(SpoolFolder, KeepsBothWhenANameComesTwice) {
  auto spool = open();
  for (int i = 0; i < 2; ++i) {
    put("a.xml");
    ASSERT_TRUE(spool.take("a.xml").has_value());
    ASSERT_TRUE(spool.finish("a.xml", Spool::End::refused, "{}").has_value());
  }
  EXPECT_TRUE(there("refused/a.xml"));
  EXPECT_TRUE(there("refused/a.xml.2"));
  EXPECT_TRUE(there("refused/a.xml.2.receipt.json"));
}

TEST_F(SpoolFolder, SaysSoWhenAFileIsGone) {
  auto spool = open();
  const auto taken = spool.take("never.xml");
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().code, core::base::ErrorCode::UNREADABLE);
}

TEST_F(SpoolFolder, IsNotMadeWhereAFileStands) {
  folder_.write("in", "a file");
  EXPECT_FALSE(Spool::open(folder_.file("in"), {}).has_value());
}

}  // namespace
}  // namespace ig::adapters::wire::files
