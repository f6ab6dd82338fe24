#pragma once

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/ports/fetched.hpp"

#include <chrono>
#include <optional>

namespace ig::core::ports {

/// The one budget of requests that HMRC grants this application, whoever asks and from where.
/// Contract: between any two moments one second apart no more requests start than the limit;
/// INITIAL goes before ANNUAL_REVIEW before WATCH, and none of them starves. A place that was taken
/// is used at once: the connection stands before take() is called.
/// Safe for many threads where the implementation says so.
class RequestBudget {
 public:
  virtual ~RequestBudget() = default;
  /// Waits for the next place and takes it. Errors: DEADLINE (nothing was taken), THROTTLED (HMRC
  /// asked to be left alone until after the deadline), STORE_FAILED.
  [[nodiscard]] virtual base::Result<void> take(Purpose purpose, base::Deadline by) = 0;
  /// HMRC answered 429: nobody asks before `wait` is over (limits::throttled_wait without one).
  virtual void throttled(std::optional<std::chrono::seconds> wait) = 0;
};

}  // namespace ig::core::ports
