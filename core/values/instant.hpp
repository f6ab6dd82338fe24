#pragma once

#include "core/base/result.hpp"

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

namespace ig::core::values {

/// A moment in UTC, to the millisecond.
class Instant {
 public:
  using Rep = std::chrono::sys_time<std::chrono::milliseconds>;

  constexpr Instant() = default;
  [[nodiscard]] static constexpr Instant of(Rep at) noexcept { return Instant(at); }
  [[nodiscard]] static constexpr Instant of_millis(std::int64_t since_epoch) noexcept {
    return Instant(Rep{std::chrono::milliseconds{since_epoch}});
  }

  /// Reads RFC 3339 with any offset ("2026-01-29T10:11:12Z", "...+01:00"); a fraction is cut to
  /// milliseconds, a leap second is refused, the years are 1900 to 2099. Errors: INVALID_INSTANT.
  [[nodiscard]] static base::Result<Instant> parse(std::string_view text);

  [[nodiscard]] constexpr Rep at() const noexcept { return at_; }
  [[nodiscard]] constexpr std::int64_t millis() const noexcept {
    return at_.time_since_epoch().count();
  }
  /// RFC 3339 in UTC; a fraction only when there is one.
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant a, std::chrono::milliseconds b) noexcept {
    return Instant(a.at_ + b);
  }

 private:
  explicit constexpr Instant(Rep at) noexcept : at_(at) {}
  Rep at_{};
};

}  // namespace ig::core::values
