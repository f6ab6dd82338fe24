#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace ig::adapters::api {

/// Counters and gauges of the process, written as Prometheus text (exposition format 0.0.4).
/// Names and labels are constants of the code or names from the configuration; never personal.
/// Safe from several threads.
class Metrics {
 public:
  /// Adds to a counter; `labels` is empty or Prometheus label pairs such as `kind="fps"`.
  void add(std::string_view name, std::string_view labels, std::int64_t by = 1);
  /// Sets a gauge.
  void set(std::string_view name, std::string_view labels, std::int64_t value);
  [[nodiscard]] std::string text() const;

 private:
  struct Family {
    bool gauge = false;
    std::map<std::string, std::int64_t, std::less<>> values;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
};

}  // namespace ig::adapters::api
