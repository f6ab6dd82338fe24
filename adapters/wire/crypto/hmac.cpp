#include "adapters/wire/crypto/hmac.hpp"

#include "adapters/wire/crypto/freed_by.hpp"
#include "core/base/require.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <limits>

namespace ig::adapters::wire::crypto {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The six bits a base64 character stands for; 64 for any other byte.
constexpr std::array<std::uint8_t, 256> reverse_alphabet() {
  std::array<std::uint8_t, 256> out{};
  out.fill(64);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    out[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return out;
}
constexpr auto reversed = reverse_alphabet();

EVP_MAC* hmac_algorithm() {
  static const std::unique_ptr<EVP_MAC, FreedBy<EVP_MAC_free>> algorithm{
      EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
  return algorithm.get();
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

/// Holds the key inside OpenSSL's context alone, which clears it when it is freed.
struct HmacSha256::Impl {
  std::unique_ptr<EVP_MAC_CTX, FreedBy<EVP_MAC_CTX_free>> context;
};

HmacSha256::HmacSha256(std::string_view key) : impl_(std::make_unique<Impl>()) {
  core::base::require(hmac_algorithm() != nullptr, "OpenSSL has HMAC");
  impl_->context.reset(EVP_MAC_CTX_new(hmac_algorithm()));
  core::base::require(impl_->context != nullptr, "a fetched HMAC gives a context");
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  constexpr std::string_view no_key = "";
  const std::string_view used = key.empty() ? no_key : key;
  core::base::require(
      EVP_MAC_init(impl_->context.get(), bytes_of(used), used.size(), parameters) == 1,
      "an HMAC starts with any key");
}

HmacSha256::~HmacSha256() = default;
HmacSha256::HmacSha256(HmacSha256&&) noexcept = default;

std::array<std::byte, 32> HmacSha256::sign(std::string_view message) {
  std::array<std::byte, 32> out{};
  auto* const context = impl_->context.get();
  std::size_t written = 0;
  const bool done = EVP_MAC_init(context, nullptr, 0, nullptr) == 1 &&
                    EVP_MAC_update(context, bytes_of(message), message.size()) == 1 &&
                    EVP_MAC_final(context, reinterpret_cast<unsigned char*>(out.data()), &written,
                                  out.size()) == 1;
  core::base::require(done && written == out.size(), "a started HMAC signs");
  return out;
}

std::array<std::byte, 64> hmac_sha512(std::span<const std::byte> key,
                                      std::span<const std::byte> message) {
  core::base::require(key.size() <= std::numeric_limits<int>::max(), "a key is short");
  std::array<std::byte, 64> out{};
  unsigned written = 0;
  const bool done = HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()),
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         reinterpret_cast<unsigned char*>(out.data()), &written) != nullptr;
  core::base::require(done && written == out.size(), "OpenSSL has HMAC-SHA-512");
  return out;
}

void cleanse(std::span<std::byte> secret) noexcept {
  OPENSSL_cleanse(secret.data(), secret.size());
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8U | (j < have ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out.push_back(j <= have ? alphabet[group >> (18 - 6 * j) & 63U] : '=');
    }
  }
  return out;
}

std::string base64(const std::array<std::byte, 32>& bytes) {
  return base64(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=') ++padding;
  const std::string_view digits = text.substr(0, text.size() - padding);
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : digits) {
    const std::uint32_t six = reversed[static_cast<unsigned char>(c)];
    if (six == 64) return std::nullopt;
    held = held << 6U | six;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<char>(held >> bits & 255U));
    }
  }
  // Bits that no byte uses are zero, so that each byte string has one text only (RFC 4648 3.5).
  if ((held & ((1U << bits) - 1U)) != 0) return std::nullopt;
  return out;
}

std::string random_bytes(std::size_t count) {
  core::base::require(count <= std::numeric_limits<int>::max(), "random_bytes asks for a few");
  std::string out(count, '\0');
  core::base::require(
      RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) == 1,
      "the system gives random bytes");
  return out;
}

}  // namespace ig::adapters::wire::crypto
