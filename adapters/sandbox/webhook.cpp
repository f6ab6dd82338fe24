#include "adapters/sandbox/webhook.hpp"

#include "adapters/wire/crypto/hmac.hpp"

#include <fmt/format.h>

#include <charconv>

namespace ig::adapters::sandbox {
namespace {

/// The `v1,` signature of a message; nothing when the secret is not one.
std::optional<std::string> signature(std::string_view id, std::string_view timestamp,
                                     std::string_view body, std::string_view secret) {
  constexpr std::string_view prefix = "whsec_";
  if (!secret.starts_with(prefix)) return std::nullopt;
  while (secret.ends_with('\n')) secret.remove_suffix(1);
  const auto key = wire::crypto::from_base64(secret.substr(prefix.size()));
  if (!key || key->size() < 24) return std::nullopt;
  wire::crypto::HmacSha256 hmac(*key);
  return "v1," + wire::crypto::base64(hmac.sign(fmt::format("{}.{}.{}", id, timestamp, body)));
}

}  // namespace

std::optional<std::string_view> webhook_fault(const http::Request& request, std::string_view secret,
                                              std::chrono::sys_seconds now) {
  const auto* id = http::find(request.headers, "webhook-id");
  const auto* timestamp = http::find(request.headers, "webhook-timestamp");
  const auto* signatures = http::find(request.headers, "webhook-signature");
  if (id == nullptr || timestamp == nullptr || signatures == nullptr) return "NO_SIGNATURE";
  const auto wanted = signature(*id, *timestamp, request.body, secret);
  if (!wanted) return "BAD_SECRET";
  bool good = false;
  for (std::string_view rest = *signatures; !rest.empty() && !good;) {
    const auto end = std::min(rest.find(' '), rest.size());
    good = wire::crypto::equal_in_constant_time(rest.substr(0, end), *wanted);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!good) return "WRONG_SIGNATURE";
  std::int64_t seconds = 0;
  const auto* end = timestamp->data() + timestamp->size();
  constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999
  if (std::from_chars(timestamp->data(), end, seconds).ptr != end || seconds < 0 ||
      seconds > last_second) {
    return "WRONG_SIGNATURE";
  }
  const auto age = now - std::chrono::sys_seconds{std::chrono::seconds{seconds}};
  if (age > kWebhookTolerance) return "TOO_OLD";
  if (age < -kWebhookTolerance) return "FROM_THE_FUTURE";
  return std::nullopt;
}

std::vector<http::Header> webhook_headers(std::string_view id, std::string_view body,
                                          std::string_view secret, std::chrono::sys_seconds now) {
  const std::string timestamp = fmt::format("{}", now.time_since_epoch().count());
  return {{"webhook-id", std::string(id)},
          {"webhook-timestamp", timestamp},
          {"webhook-signature", signature(id, timestamp, body, secret).value_or("v1,")}};
}

}  // namespace ig::adapters::sandbox
