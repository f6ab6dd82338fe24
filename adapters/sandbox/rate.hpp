#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace ig::adapters::sandbox {

/// Counts the requests of each application in every sliding second: the half-open second that
/// ends with an arrival. What would be one too many of those let through is refused. The time is
/// the caller's, and never goes back.
class RateCounter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Seen {
    std::int64_t arrived = 0;
    std::int64_t refused = 0;
    std::int64_t worst_second = 0;  ///< most arrivals in any one second, refused ones included
  };

  /// `limit` requests a second; 0: all are let through, and counted.
  explicit RateCounter(int limit) : limit_(limit) {}
  [[nodiscard]] bool let_through(const std::string& application, Time now);
  [[nodiscard]] std::map<std::string, Seen> seen() const;
  [[nodiscard]] int limit() const { return limit_; }

 private:
  struct Application {
    std::deque<Time> arrivals;
    std::deque<Time> passed;
    Seen seen;
  };
  int limit_;
  std::map<std::string, Application> applications_;
};

}  // namespace ig::adapters::sandbox
