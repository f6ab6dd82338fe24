#pragma once

#include "core/base/error_code.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace ig::core::delivery {

/// What one call says about the health of its target.
enum class Health : std::uint8_t { well, failing };

/// 5xx, 408 and what is no HTTP status are failing. Everything else, business refusals with 4xx
/// too, shows that the target is alive.
[[nodiscard]] Health health_of_status(int status) noexcept;

/// When a target is left alone, and how it is tried again.
struct BreakerOptions {
  std::uint32_t calls_min = 20;        ///< fewer calls in the window never open it
  std::uint32_t failing_percent = 50;  ///< at or above this share of the window it opens
  std::chrono::seconds open_for{30};   ///< then one probe is let through
};

/// Where a breaker stands; the names are for the status page.
enum class BreakerState : std::uint8_t { closed, open, half_open };
[[nodiscard]] std::string_view name(BreakerState state) noexcept;

/// Stops calls to one target that mostly fail. Counts the calls of the last 30 seconds, by the
/// second. Half-open lets one probe through: it closes or opens again by that one; a probe whose
/// result never comes is given up after `open_for`. Told the time, keeps none; `now` never goes
/// back. One target, one thread.
class Breaker {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kWindowSeconds = 30;

  explicit Breaker(BreakerOptions options = {});

  /// Whether a call may be made now. A yes while half-open is the one probe: report its result.
  [[nodiscard]] bool may_call(Time now);
  /// Reports the result of a call that was let through.
  void on_result(Health health, Time now);
  [[nodiscard]] BreakerState state() const noexcept { return state_; }
  /// When a call may be made again; `now` or earlier unless open or waiting for a probe.
  [[nodiscard]] Time next_call_at() const noexcept { return blocked_until_; }

 private:
  struct Second {
    std::int64_t number = -1;
    std::uint32_t calls = 0;
    std::uint32_t failing = 0;
  };
  void open(Time now);
  void count(Health health, Time now);
  [[nodiscard]] bool too_many_failing(Time now) const;

  BreakerOptions options_;
  BreakerState state_ = BreakerState::closed;
  Time blocked_until_ = Time::min();
  std::array<Second, kWindowSeconds> window_{};
};

}  // namespace ig::core::delivery
