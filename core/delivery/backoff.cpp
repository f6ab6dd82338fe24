#include "core/delivery/backoff.hpp"

#include "core/base/limits.hpp"
#include "core/base/require.hpp"

#include <algorithm>

namespace ig::core::delivery {

std::chrono::milliseconds backoff_ceiling(std::uint32_t failed, const BackoffOptions& options) {
  base::require(failed >= 1, "a wait follows an attempt that failed");
  base::require(options.base.count() > 0 && options.base <= options.cap,
                "a backoff's base is positive and at most its cap");
  auto ceiling = options.base;
  for (std::uint32_t i = 1; i < failed && ceiling < options.cap; ++i) {
    ceiling = std::min(options.cap, ceiling + std::min(ceiling, options.cap - ceiling));
  }
  return ceiling;
}

std::chrono::milliseconds backoff(std::uint32_t failed,
                                  std::optional<std::chrono::seconds> retry_after,
                                  base::Random& random, const BackoffOptions& options) {
  const auto ceiling = backoff_ceiling(failed, options);
  const auto bound = static_cast<std::uint64_t>(ceiling.count()) + 1;
  const std::chrono::milliseconds wait{static_cast<std::int64_t>(random.below(bound))};
  if (!retry_after) return wait;
  const std::chrono::milliseconds asked = std::min(*retry_after, base::limits::retry_after_max);
  return std::max(wait, asked);
}

}  // namespace ig::core::delivery
