#include "adapters/wire/files/secret_file.hpp"

#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::wire::files {
namespace {

using core::base::ErrorCode;
using tests::support::TempFolder;

TEST(SecretFile, IsReadWithoutItsLineEnd) {
  const TempFolder folder;
  EXPECT_EQ(read_secret_file(folder.write("a", "s3cret\r\n\n"), "x")->reveal(), "s3cret");
  EXPECT_EQ(read_secret_file(folder.write("b", " s p \n"), "x")->reveal(), " s p ");
  const std::string longest(secret_file_bytes_max, 'k');
  EXPECT_EQ(read_secret_file(folder.write("c", longest), "x")->reveal(), longest);
}

TEST(SecretFile, IsRefusedWhenItIsNoSmallPlainFile) {
  const TempFolder folder;
  const std::string files[] = {folder.file("absent"), folder.file("."), folder.write("empty", ""),
                               folder.write("ends", "\n\r\n"),
                               folder.write("long", std::string(secret_file_bytes_max + 1, 'k'))};
  for (const std::string& file : files) {
    const auto secret = read_secret_file(file, "the canary secret");
    ASSERT_FALSE(secret.has_value()) << file;
    EXPECT_EQ(secret.error().code, ErrorCode::UNREADABLE) << file;
    EXPECT_NE(secret.error().message.find("the canary secret"), std::string::npos);
  }
}

TEST(SecretFile, IsOverwrittenInMemoryWhenWiped) {
  std::string secret = "a secret that is longer than a short string can hold";
  const char* bytes = secret.data();
  const std::size_t size = secret.size();
  wipe(secret);
  EXPECT_TRUE(secret.empty());
  EXPECT_EQ(secret.data(), bytes);
  secret.resize(size, '\0');
  EXPECT_EQ(secret.find_first_not_of('\0'), std::string::npos);
}

}  // namespace
}  // namespace ig::adapters::wire::files
