#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// One-time codes by the sandbox's own few lines, so that a slip in the gateway's shows.
namespace ig::adapters::sandbox {

/// The bytes of Base32 text (RFC 4648 section 6; padding may be left out); nothing when it is none.
[[nodiscard]] std::optional<std::string> from_base32(std::string_view text);

/// Base32 text of bytes, without padding.
[[nodiscard]] std::string to_base32(std::string_view bytes);

/// SHA-512 (FIPS 180-4): 64 bytes.
[[nodiscard]] std::string sha512(std::string_view message);

/// HMAC-SHA-512 (RFC 2104): 64 bytes.
[[nodiscard]] std::string hmac_sha512(std::string_view key, std::string_view message);

/// The code of 8 digits that a key shows at a moment, in seconds since 1970: RFC 6238 with
/// HMAC-SHA-512 and steps of 30 seconds.
[[nodiscard]] std::string totp(std::string_view key, std::int64_t unix_seconds);

}  // namespace ig::adapters::sandbox
