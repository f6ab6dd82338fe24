#pragma once

#include <chrono>

namespace ig::core::base {

/// What time it is. Comes in by the constructor, so that a test or a simulator can hold it still.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall clock, UTC; used for what is written down, never for measuring a wait.
  [[nodiscard]] virtual std::chrono::sys_time<std::chrono::milliseconds> now() const = 0;
  /// Monotonic clock; used for deadlines and waits only.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

/// A clock that stands still until it is told otherwise.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(std::chrono::sys_time<std::chrono::milliseconds> start) : now_(start) {}
  [[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> now() const override {
    return now_;
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point{now_.time_since_epoch()};
  }
  void advance(std::chrono::milliseconds by) { now_ += by; }

 private:
  std::chrono::sys_time<std::chrono::milliseconds> now_;
};

}  // namespace ig::core::base
