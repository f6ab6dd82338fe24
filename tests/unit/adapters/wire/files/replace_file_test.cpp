#include "adapters/wire/files/replace_file.hpp"

#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace ig::adapters::wire::files {
namespace {

std::string content(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(ReplaceFile, PutsTheWholeTextInPlaceOfTheOld) {
  const tests::support::TempFolder folder;
  const std::string file = folder.file("state");
  ASSERT_TRUE(replace_file(file, "one\n").has_value());
  EXPECT_EQ(content(file), "one\n");
  ASSERT_TRUE(replace_file(file, "").has_value());
  EXPECT_EQ(content(file), "");
}

TEST(ReplaceFile, LeavesNothingElseBehind) {
  const tests::support::TempFolder folder;
  const std::string file = folder.file("state");
  ASSERT_TRUE(replace_file(file, std::string(100'000, 'x')).has_value());
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.file(""))) {
    EXPECT_EQ(entry.path(), file);
    ++files;
  }
  EXPECT_EQ(files, 1U);
}

TEST(ReplaceFile, MakesAFileNobodyElseReads) {
  const tests::support::TempFolder folder;
  const std::string file = folder.file("state");
  ASSERT_TRUE(replace_file(file, "x").has_value());
  struct stat about{};
  ASSERT_EQ(::stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST(ReplaceFile, SaysWhenItCannot) {
  const tests::support::TempFolder folder;
  const auto done = replace_file(folder.file("absent/state"), "x");
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, core::base::ErrorCode::UNREADABLE);
}

TEST(ReplaceFile, KeepsTheOldWhenAFolderStandsInTheWay) {
  const tests::support::TempFolder folder;
  std::filesystem::create_directories(folder.file("state/inside"));
  EXPECT_FALSE(replace_file(folder.file("state"), "x").has_value());
  EXPECT_TRUE(std::filesystem::is_directory(folder.file("state/inside")));
}

}  // namespace
}  // namespace ig::adapters::wire::files
