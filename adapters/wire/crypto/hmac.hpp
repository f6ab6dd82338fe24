#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ig::adapters::wire::crypto {

/// HMAC-SHA-256 (RFC 2104) under one key, with one context kept for all calls. Not for two
/// threads at once. The key is wiped when the object goes.
class HmacSha256 {
 public:
  explicit HmacSha256(std::string_view key);
  ~HmacSha256();
  HmacSha256(HmacSha256&&) noexcept;
  HmacSha256& operator=(HmacSha256&&) = delete;
  [[nodiscard]] std::array<std::byte, 32> sign(std::string_view message);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// HMAC-SHA-512 of one message.
[[nodiscard]] std::array<std::byte, 64> hmac_sha512(std::span<const std::byte> key,
                                                    std::span<const std::byte> message);

/// Overwrites bytes that held a secret.
void cleanse(std::span<std::byte> secret) noexcept;

/// True when both are equal; takes the same time wherever they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

/// Base64 (RFC 4648, with padding).
[[nodiscard]] std::string base64(std::string_view bytes);
/// Nothing when the text is not base64.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string base64(const std::array<std::byte, 32>& bytes);

/// `count` unpredictable bytes from the system.
[[nodiscard]] std::string random_bytes(std::size_t count);

}  // namespace ig::adapters::wire::crypto
