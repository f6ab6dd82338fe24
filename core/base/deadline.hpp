#pragma once

#include <chrono>

namespace ig::core::base {

/// The moment after which an answer is of no use. Passed down instead of timeouts, so that each
/// layer sees what is left of the caller's time.
struct Deadline {
  std::chrono::steady_clock::time_point at;

  [[nodiscard]] static Deadline in(std::chrono::milliseconds wait) {
    return {std::chrono::steady_clock::now() + wait};
  }
  [[nodiscard]] bool passed() const { return std::chrono::steady_clock::now() >= at; }
};

}  // namespace ig::core::base
