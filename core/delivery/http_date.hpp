#pragma once

#include "core/values/instant.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace ig::core::delivery {

/// Reads the one form of HTTP's dates that is still sent, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110
/// section 5.6.7, IMF-fixdate). Nothing for the old forms, for a day that is not in the calendar
/// and for anything else; the name of the week's day is not compared.
[[nodiscard]] std::optional<values::Instant> parse_http_date(std::string_view text) noexcept;

/// Retry-After in either form (RFC 9110 section 10.2.3): seconds, or a date as the time from `now`
/// to it, at least 0. Nothing for anything else.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                                    values::Instant now) noexcept;

}  // namespace ig::core::delivery
