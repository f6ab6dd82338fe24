#include "adapters/api/metrics.hpp"

#include <fmt/format.h>

#include <iterator>

namespace ig::adapters::api {

void Metrics::add(std::string_view name, std::string_view labels, std::int64_t by) {
  const std::lock_guard lock(mutex_);
  families_[std::string(name)].values[std::string(labels)] += by;
}

void Metrics::set(std::string_view name, std::string_view labels, std::int64_t value) {
  const std::lock_guard lock(mutex_);
  Family& family = families_[std::string(name)];
  family.gauge = true;
  family.values[std::string(labels)] = value;
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    fmt::format_to(std::back_inserter(out), "# TYPE {} {}\n", name,
                   family.gauge ? "gauge" : "counter");
    for (const auto& [labels, value] : family.values) {
      if (labels.empty()) {
        fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
      } else {
        fmt::format_to(std::back_inserter(out), "{}{{{}}} {}\n", name, labels, value);
      }
    }
  }
  return out;
}

}  // namespace ig::adapters::api
