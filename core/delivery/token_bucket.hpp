#pragma once

#include "core/base/require.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace ig::core::delivery {

/// Holds calls to a rate: `per_second` on average, up to `burst` at once. In any stretch of time t
/// at most burst + per_second * t calls start; where a peer counts calls in sliding seconds, a
/// burst of 1 keeps every second, its first moment in and its last out, at or under the rate.
/// Starts full. Told the time, keeps none; a time that goes back only waits longer.
/// One thread.
class TokenBucket {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Wait = std::chrono::nanoseconds;

  TokenBucket(std::uint32_t per_second, std::uint32_t burst)
      : gap_((1'000'000'000 + std::int64_t{per_second} - 1) / std::max(per_second, 1U)),
        slack_(gap_ * (std::int64_t{burst} - 1)) {
    base::require(per_second >= 1 && per_second <= 1'000'000, "a rate is 1 to 10^6 a second");
    base::require(burst >= 1 && burst <= 1'000'000, "a burst is 1 to 10^6");
  }

  /// Takes a token: 0 when a call may start now, else how long until one may; nothing is then
  /// taken.
  [[nodiscard]] Wait take(Time now) {
    if (!started_) {
      started_ = true;
      due_ = now;
    }
    const Time earliest = due_ - slack_;
    if (now < earliest) return std::chrono::duration_cast<Wait>(earliest - now);
    due_ = std::max(due_, now) + gap_;
    return Wait{0};
  }

 private:
  Wait gap_;    ///< between two calls at the steady rate, rounded up
  Wait slack_;  ///< how far ahead of the steady rate a burst may be
  bool started_ = false;
  Time due_{};  ///< when the next call would start at the steady rate
};

}  // namespace ig::core::delivery
