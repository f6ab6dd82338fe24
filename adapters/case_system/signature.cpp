#include "adapters/case_system/signature.hpp"

#include "adapters/wire/files/secret_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace ig::adapters::case_system {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::string_view signature_prefix = "v1,";
constexpr std::size_t key_bytes_min = 24;
constexpr std::size_t key_bytes_max = 64;

Error bad_secret(std::size_t line, std::string_view rule) {
  return fail(ErrorCode::CONFIG_INVALID, {},
              fmt::format("line {} of the signing secrets {}", line, rule));
}

Error refused(const char* header, const char* rule) {
  return fail(ErrorCode::UNAUTHORISED, header, rule);
}

/// Takes the text up to `end` off the front of `text`.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

Result<std::int64_t> read_seconds(const std::string& text) {
  std::int64_t seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc{} || stop != end || seconds < 0 || seconds > 99'999'999'999) {
    return refused(timestamp_header, "whole seconds since 1970 are expected");
  }
  return seconds;
}

}  // namespace

WebhookKeys::WebhookKeys(std::vector<wire::crypto::HmacSha256> keys) : keys_(std::move(keys)) {}

Result<WebhookKeys> WebhookKeys::parse(std::string_view text) {
  std::vector<wire::crypto::HmacSha256> keys;
  std::size_t number = 0;
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (keys.size() == signatures_max) return bad_secret(number, "is one secret too many");
    if (!line.starts_with(secret_prefix)) return bad_secret(number, "must start with whsec_");
    auto key = wire::crypto::from_base64(line.substr(secret_prefix.size()));
    if (!key || key->size() < key_bytes_min || key->size() > key_bytes_max) {
      return bad_secret(number, "must be whsec_ and base64 of 24 to 64 bytes");
    }
    keys.emplace_back(*key);
    wire::files::wipe(*key);
  }
  if (keys.empty()) return bad_secret(1, "must hold a secret");
  return WebhookKeys(std::move(keys));
}

std::string WebhookKeys::sign(std::string_view id, std::int64_t unix_seconds,
                              std::string_view body) {
  message_.clear();
  fmt::format_to(std::back_inserter(message_), "{}.{}.", id, unix_seconds);
  message_.append(body);
  std::string out;
  for (auto& key : keys_) {
    if (!out.empty()) out.push_back(' ');
    out.append(signature_prefix).append(wire::crypto::base64(key.sign(message_)));
  }
  return out;
}

Result<void> WebhookKeys::verify(const std::vector<http::Header>& headers, std::string_view body,
                                 core::values::Instant now, std::chrono::seconds tolerance) {
  const std::string* id = http::find(headers, id_header);
  if (id == nullptr || id->empty()) return refused(id_header, "the header is needed");
  const std::string* stamp = http::find(headers, timestamp_header);
  if (stamp == nullptr) return refused(timestamp_header, "the header is needed");
  const std::string* given = http::find(headers, signature_header);
  if (given == nullptr) return refused(signature_header, "the header is needed");
  const auto seconds = read_seconds(*stamp);
  if (!seconds) return seconds.error();
  const std::int64_t apart = now.millis() / 1'000 - *seconds;
  if (apart > tolerance.count() || apart < -tolerance.count()) {
    return refused(timestamp_header, "the time stamp is too far from now");
  }
  const std::string expected = sign(*id, *seconds, body);
  bool fits = false;
  std::string_view rest = *given;
  for (std::size_t i = 0; i < signatures_max && !rest.empty(); ++i) {
    const std::string_view one = take_until(rest, ' ');
    std::string_view ours = expected;
    while (!ours.empty()) {
      const std::string_view mine = take_until(ours, ' ');
      fits = wire::crypto::equal_in_constant_time(one, mine) || fits;
    }
  }
  if (!fits) return refused(signature_header, "no signature is by a key that is shared");
  return {};
}

}  // namespace ig::adapters::case_system
