#include "adapters/sandbox/totp.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ig::adapters::sandbox {
namespace {

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

TEST(SandboxTotp, HashesAsFips180Says) {
  EXPECT_EQ(hex(sha512("abc")),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(hex(sha512("")),
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
            "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
  EXPECT_EQ(hex(sha512(std::string(1'000'000, 'a'))),
            "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
            "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b");
}

// RFC 4231, cases 2 and 6 (a key longer than a block).
TEST(SandboxTotp, SignsAsRfc4231Says) {
  EXPECT_EQ(hex(hmac_sha512("Jefe", "what do ya want for nothing?")),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
  EXPECT_EQ(hex(hmac_sha512(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
            "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

TEST(SandboxTotp, GivesTheCodesOfRfc6238) {
  const std::string key = "1234567890123456789012345678901234567890123456789012345678901234";
  EXPECT_EQ(totp(key, 59), "90693936");
  EXPECT_EQ(totp(key, 1'111'111'109), "25091201");
  EXPECT_EQ(totp(key, 1'111'111'111), "99943326");
  EXPECT_EQ(totp(key, 1'234'567'890), "93441116");
  EXPECT_EQ(totp(key, 2'000'000'000), "38618901");
  EXPECT_EQ(totp(key, 20'000'000'000), "47863826");
}

TEST(SandboxTotp, ReadsBase32) {
  EXPECT_EQ(from_base32("MZXW6YTBOI======"), "foobar");
  EXPECT_EQ(from_base32("mzxw6ytb"), "fooba");
  EXPECT_EQ(from_base32(""), "");
  EXPECT_FALSE(from_base32("MZXW1"));
  std::string bytes;
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(from_base32(to_base32(bytes)), bytes) << i;
    bytes += static_cast<char>(255 - i * 7);
  }
}

}  // namespace
}  // namespace ig::adapters::sandbox
