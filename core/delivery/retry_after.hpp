#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ig::core::delivery {

/// Reads the seconds form of Retry-After (RFC 9110 section 10.2.3): digits and nothing else. A
/// number beyond 999,999,999 is read as that. Nothing for the date form and anything else: the
/// caller then waits as long as it would without the header.
[[nodiscard]] constexpr std::optional<std::chrono::seconds> parse_retry_after(
    std::string_view text) noexcept {
  constexpr std::int64_t most = 999'999'999;
  if (text.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    seconds = seconds * 10 + (c - '0');
    if (seconds > most) seconds = most;
  }
  return std::chrono::seconds{seconds};
}

static_assert(parse_retry_after("120") == std::chrono::seconds{120});
static_assert(!parse_retry_after("-1"));
static_assert(!parse_retry_after("Wed, 21 Oct 2026 07:28:00 GMT"));

}  // namespace ig::core::delivery
