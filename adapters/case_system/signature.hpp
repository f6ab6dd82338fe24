#pragma once

#include "adapters/http/message.hpp"
#include "adapters/wire/crypto/hmac.hpp"
#include "core/base/result.hpp"
#include "core/values/instant.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::case_system {

/// Header names of Standard Webhooks 1.0.
inline constexpr const char* id_header = "webhook-id";
inline constexpr const char* timestamp_header = "webhook-timestamp";
inline constexpr const char* signature_header = "webhook-signature";

/// How far the clocks of sender and receiver may be apart.
inline constexpr std::chrono::seconds signature_tolerance{300};
/// Secrets of one target, and signatures a receiver looks at, at most.
inline constexpr std::size_t signatures_max = 8;

/// The keys shared with one receiver, newest first. While a key is rotated there are two, and every
/// message carries a signature by each. Keys are in no log and no error. Not for two threads at
/// once.
class WebhookKeys {
 public:
  /// Reads one secret a line: "whsec_" and base64 of 24 to 64 bytes. Errors: CONFIG_INVALID,
  /// naming the line and the rule, never the secret.
  [[nodiscard]] static core::base::Result<WebhookKeys> parse(std::string_view text);

  /// "v1," and base64 of HMAC-SHA-256 over "<id>.<unix_seconds>.<body>", once for each key, with a
  /// space between.
  [[nodiscard]] std::string sign(std::string_view id, std::int64_t unix_seconds,
                                 std::string_view body);

  /// What a receiver does: one of the signatures is by one of the keys, and the time stamp is no
  /// more than `tolerance` away from `now`. Signatures of other versions are passed over. Errors:
  /// UNAUTHORISED, with the header's name as field.
  [[nodiscard]] core::base::Result<void> verify(
      const std::vector<http::Header>& headers, std::string_view body, core::values::Instant now,
      std::chrono::seconds tolerance = signature_tolerance);

 private:
  explicit WebhookKeys(std::vector<wire::crypto::HmacSha256> keys);

  std::vector<wire::crypto::HmacSha256> keys_;
  std::string message_;  ///< kept for its memory
};

}  // namespace ig::adapters::case_system
