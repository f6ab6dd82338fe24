#include "adapters/wire/crypto/digest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ig::adapters::wire::crypto {
namespace {

template <std::size_t Size>
std::string hex(const std::array<std::byte, Size>& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const std::byte byte : bytes) {
    out.push_back(digits[static_cast<unsigned>(byte) >> 4U]);
    out.push_back(digits[static_cast<unsigned>(byte) & 15U]);
  }
  return out;
}

constexpr std::string_view two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

// The vectors of FIPS 180-4's examples.
TEST(Digest, AgreesWithThePublishedVectorsOfSha256) {
  const auto digest = make_digest();
  EXPECT_EQ(core::ports::hex(digest->sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(core::ports::hex(digest->sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(core::ports::hex(digest->sha256(two_blocks)),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(core::ports::hex(digest->sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, GivesTheSameForAStreamCutAnywhere) {
  const auto digest = make_digest();
  const auto whole = digest->sha256(two_blocks);
  Sha256Stream stream;
  for (std::size_t cut = 0; cut <= two_blocks.size(); ++cut) {
    stream.feed(two_blocks.substr(0, cut));
    stream.feed(two_blocks.substr(cut));
    ASSERT_EQ(stream.finish(), whole) << "cut at " << cut;
  }
}

TEST(Digest, AgreesWithThePublishedVectorsOfSha1) {
  Sha1Stream stream;
  stream.feed("abc");
  EXPECT_EQ(hex(stream.finish()), "a9993e364706816aba3e25717850c26c9cd0d89d");
  stream.feed(two_blocks);
  EXPECT_EQ(hex(stream.finish()), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
  EXPECT_EQ(hex(stream.finish()), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

}  // namespace
}  // namespace ig::adapters::wire::crypto
