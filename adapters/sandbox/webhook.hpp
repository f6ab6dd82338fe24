#pragma once

#include "adapters/http/message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ig::adapters::sandbox {

/// How far the sender's clock may be off, or a message old (Standard Webhooks).
inline constexpr std::chrono::seconds kWebhookTolerance{300};

/// Checks a message as a receiver of Standard Webhooks does: headers webhook-id,
/// webhook-timestamp and webhook-signature (space-separated `v1,` base64 of HMAC-SHA-256 over
/// `id.timestamp.body`). `secret` is "whsec_" + base64. Nothing when it is good; else the reason
/// as a code: NO_SIGNATURE, WRONG_SIGNATURE, TOO_OLD, FROM_THE_FUTURE, BAD_SECRET.
[[nodiscard]] std::optional<std::string_view> webhook_fault(const http::Request& request,
                                                            std::string_view secret,
                                                            std::chrono::sys_seconds now);

/// The three headers of a message, for tests and tools that play the sender.
[[nodiscard]] std::vector<http::Header> webhook_headers(std::string_view id, std::string_view body,
                                                        std::string_view secret,
                                                        std::chrono::sys_seconds now);

}  // namespace ig::adapters::sandbox
