#include "adapters/wire/crypto/hmac.hpp"

#include "core/ports/digest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace ig::adapters::wire::crypto {
namespace {

struct Vector {
  std::string key;
  std::string message;
  std::string_view expected;
};

// RFC 4231 sections 4.2 to 4.8 (4.6 is about truncation, which nothing here does).
const Vector vectors[] = {
    {std::string(20, '\x0b'), "Hi There",
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {"Jefe", "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {std::string(20, '\xaa'), std::string(50, '\xdd'),
     "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
};

TEST(HmacSha256, AgreesWithRfc4231) {
  for (const Vector& vector : vectors) {
    HmacSha256 hmac(vector.key);
    EXPECT_EQ(core::ports::hex(hmac.sign(vector.message)), vector.expected);
  }
}

TEST(HmacSha256, SignsTheSameAgainWithTheKeptContext) {
  HmacSha256 hmac(vectors[1].key);
  const auto other = hmac.sign("something else");
  const auto first = hmac.sign(vectors[1].message);
  EXPECT_EQ(core::ports::hex(first), vectors[1].expected);
  EXPECT_EQ(hmac.sign("something else"), other);
  EXPECT_NE(first, other);
}

TEST(HmacSha256, TakesAnEmptyKey) {
  HmacSha256 hmac("");
  EXPECT_EQ(core::ports::hex(hmac.sign("")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(HmacSha256, StaysUsableWhenMoved) {
  HmacSha256 hmac(vectors[1].key);
  HmacSha256 moved(std::move(hmac));
  EXPECT_EQ(core::ports::hex(moved.sign(vectors[1].message)), vectors[1].expected);
}

TEST(EqualInConstantTime, ComparesLengthAndEveryByte) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secrets"));
  const std::string text = "secret";
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = 'x';
    EXPECT_FALSE(equal_in_constant_time(text, other)) << i;
  }
}

TEST(Base64, AgreesWithRfc4648) {
  const std::pair<std::string_view, std::string_view> pairs[] = {{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : pairs) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(from_base64(text), std::string(bytes));
  }
}

TEST(Base64, RefusesWhatIsNotBase64) {
  for (const std::string_view text : {"Z", "Zg", "Zg=", "Zm9v=", "Z===", "====", "Zg==Zg==", "Zm 9",
                                      "Zm9v\n", "Zm9-", "Zm9_", "Zh==", "Zm9=", "=Zm9", "Zm=v"}) {
    EXPECT_FALSE(from_base64(text).has_value()) << text;
  }
}

RC_GTEST_PROP(Base64, ReadsBackWhatItWrote, (const std::string& bytes)) {
  RC_ASSERT(from_base64(base64(bytes)) == std::optional(bytes));
}

TEST(RandomBytes, AreAsManyAsAskedForAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(random_bytes(16));
  EXPECT_EQ(seen.size(), 100U);
  EXPECT_EQ(seen.begin()->size(), 16U);
  EXPECT_TRUE(random_bytes(0).empty());
}

}  // namespace
}  // namespace ig::adapters::wire::crypto
