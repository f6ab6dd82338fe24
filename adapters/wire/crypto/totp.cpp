#include "adapters/wire/crypto/totp.hpp"

#include "adapters/wire/crypto/hmac.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace ig::adapters::wire::crypto {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr std::size_t key_bytes_min = 16;  ///< RFC 4226 section 4 asks for 128 bits
constexpr std::size_t key_bytes_max = 256;
constexpr std::uint32_t eight_digits = 100'000'000;

/// The bytes of a key, wiped when they go.
struct Key {
  std::array<std::byte, key_bytes_max> bytes{};
  std::size_t size = 0;

  Key() = default;
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key() { cleanse(bytes); }
};

/// The five bits of a character; 32 for none of the alphabet.
std::uint32_t five_bits(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= '2' && c <= '7') return static_cast<std::uint32_t>(c - '2') + 26;
  return 32;
}

/// False when the text is no Base32 or too long.
bool decode(std::string_view text, Key& key) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    const std::uint32_t five = five_bits(c);
    if (five == 32) return false;
    held = (held << 5U | five) & 0xFFFFU;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    if (key.size == key.bytes.size()) return false;
    key.bytes[key.size++] = static_cast<std::byte>(held >> bits & 255U);
  }
  return true;
}

}  // namespace

Result<std::string> totp_code(std::string_view base32_key, std::chrono::sys_seconds at) {
  Key key;
  if (!decode(base32_key, key) || key.size < key_bytes_min) {
    return fail(ErrorCode::CONFIG_INVALID, {},
                "the key of one-time codes is Base32 of 16 to 256 bytes");
  }
  const auto step = static_cast<std::uint64_t>(at.time_since_epoch() / totp_step);
  std::array<std::byte, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<std::byte>(step >> (56 - 8 * i) & 255U);
  }
  auto sum = hmac_sha512(std::span(key.bytes).first(key.size), counter);
  const auto byte = [&sum](std::size_t i) { return std::to_integer<std::uint32_t>(sum[i]); };
  const std::size_t from = byte(sum.size() - 1) & 15U;  // truncation of RFC 4226 section 5.3
  std::uint32_t cut = byte(from) & 127U;
  for (std::size_t i = 1; i < 4; ++i) cut = cut << 8U | byte(from + i);
  cleanse(sum);
  return fmt::format("{:08}", cut % eight_digits);
}

}  // namespace ig::adapters::wire::crypto
