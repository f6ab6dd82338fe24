#pragma once

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"

#include <future>
#include <string>
#include <vector>

namespace ig::adapters::http {

/// Looks up the addresses of one host. The system's resolver cannot be stopped, so that it runs on
/// a thread of its own: a caller whose deadline passes leaves it running, and the next call takes
/// up its answer. The destructor waits for it (resolv.conf bounds it: some 10 seconds as a rule).
/// Not for two threads at once.
class Resolver {
 public:
  explicit Resolver(std::string host) : host_(std::move(host)) {}

  /// Addresses as text, in the system's order of preference; an address stands for itself.
  /// Errors: UNAVAILABLE (no such host), DEADLINE.
  [[nodiscard]] core::base::Result<std::vector<std::string>> resolve(core::base::Deadline by);

 private:
  std::string host_;
  std::future<std::vector<std::string>> pending_;
};

}  // namespace ig::adapters::http
