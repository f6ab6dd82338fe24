#pragma once

#include "core/base/random.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace ig::core::delivery {

/// How long to wait before the next attempt.
struct BackoffOptions {
  std::chrono::milliseconds base{5'000};   ///< ceiling of the first wait; doubles each time
  std::chrono::milliseconds cap{900'000};  ///< no ceiling is above this: 15 minutes
};

/// The longest wait after the `failed`-th attempt (from 1): base * 2^(failed - 1), at most the cap.
[[nodiscard]] std::chrono::milliseconds backoff_ceiling(std::uint32_t failed,
                                                        const BackoffOptions& options = {});

/// The wait after the `failed`-th attempt: anything from 0 to the ceiling, each millisecond equally
/// likely (full jitter), so that deliveries that failed together do not come back together. A
/// Retry-After of the peer is obeyed up to limits::retry_after_max: the wait is never shorter.
[[nodiscard]] std::chrono::milliseconds backoff(std::uint32_t failed,
                                                std::optional<std::chrono::seconds> retry_after,
                                                base::Random& random,
                                                const BackoffOptions& options = {});

}  // namespace ig::core::delivery
