#pragma once

#include "core/base/require.hpp"

#include <algorithm>
#include <cstdint>

namespace ig::core::delivery {

/// Stops retries from doubling the load on a service that is down: each failure costs a token,
/// each success earns a tenth of one, and at half a tank or less only first attempts are made.
/// Starts full. One target, one thread.
class RetryBudget {
 public:
  explicit RetryBudget(std::int32_t tokens_max) : max_(tokens_max * kParts), tank_(max_) {
    base::require(tokens_max >= 1 && tokens_max <= 1'000'000, "a retry budget holds 1 to 10^6");
  }
  void on_success() noexcept { tank_ = std::min(max_, tank_ + 1); }
  void on_failure() noexcept { tank_ = std::max(0, tank_ - kParts); }
  [[nodiscard]] bool may_retry() const noexcept { return tank_ * 2 > max_; }

 private:
  static constexpr std::int32_t kParts = 10;  ///< parts of a token: what one success earns

  std::int32_t max_;
  std::int32_t tank_;
};

}  // namespace ig::core::delivery
