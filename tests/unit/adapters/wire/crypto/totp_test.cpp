#include "adapters/wire/crypto/totp.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::wire::crypto {
namespace {

using core::base::ErrorCode;

/// The 64 bytes "1234567890..." of RFC 6238 appendix B.
constexpr const char* kKey =
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA";

std::string code_at(std::int64_t seconds, const std::string& key = kKey) {
  const auto code = totp_code(key, std::chrono::sys_seconds{std::chrono::seconds{seconds}});
  EXPECT_TRUE(code.has_value());
  return code ? *code : std::string();
}

TEST(Totp, GivesTheCodesOfRfc6238ForSha512) {
  EXPECT_EQ(code_at(59), "90693936");
  EXPECT_EQ(code_at(1'111'111'109), "25091201");
  EXPECT_EQ(code_at(1'111'111'111), "99943326");
  EXPECT_EQ(code_at(1'234'567'890), "93441116");
  EXPECT_EQ(code_at(2'000'000'000), "38618901");
  EXPECT_EQ(code_at(20'000'000'000), "47863826");
}

TEST(Totp, ChangesEveryThirtySeconds) {
  EXPECT_EQ(code_at(30), code_at(59));
  EXPECT_NE(code_at(29), code_at(30));
  EXPECT_NE(code_at(59), code_at(60));
}

TEST(Totp, ReadsBase32AsPeopleWriteIt) {
  std::string lower = kKey;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  EXPECT_EQ(code_at(59, lower), "90693936");
  EXPECT_EQ(code_at(59, std::string(kKey) + "="), "90693936");
  std::string grouped;
  for (std::size_t i = 0; kKey[i] != '\0'; ++i) {
    if (i > 0 && i % 4 == 0) grouped.push_back(' ');
    grouped.push_back(kKey[i]);
  }
  EXPECT_EQ(code_at(59, grouped), "90693936");
}

TEST(Totp, RefusesWhatIsNoKeyAndDoesNotShowIt) {
  const std::string keys[] = {"",
                              "GEZDGNBV",
                              "GEZDGNBVGY3TQOJQGEZDGNBVG1",
                              "canary-canary-canary-ca",
                              "GEZDGNBVGY3TQOJQ=EZDGNBVGY3TQOJQ",
                              std::string(420, 'A')};
  for (const std::string& key : keys) {
    const auto code = totp_code(key, std::chrono::sys_seconds{});
    ASSERT_FALSE(code.has_value()) << key;
    EXPECT_EQ(code.error().code, ErrorCode::CONFIG_INVALID);
    EXPECT_EQ(code.error().message.find("canary"), std::string::npos);
  }
}

}  // namespace
}  // namespace ig::adapters::wire::crypto
