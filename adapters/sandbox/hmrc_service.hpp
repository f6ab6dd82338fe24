#pragma once

#include "adapters/http/server.hpp"
#include "adapters/sandbox/truth.hpp"
#include "core/base/clock.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

namespace ig::adapters::sandbox {

/// HMRC as the sandbox plays it: a token service and the yearly figure.
///   POST /oauth/token                 form; client credentials -> a bearer token of four hours
///   POST /yearly-figures/v1/search    JSON; one person -> their figure; 404 for a stranger
/// The same requestId gets the same answer again, and 409 with another question. handle() is for
/// one thread at a time. Population and clock outlive it.
class HmrcService {
 public:
  struct Credentials {
    std::string client_id;
    std::string client_secret;
  };

  HmrcService(const Population& population, Credentials credentials,
              const core::base::Clock& clock);
  [[nodiscard]] http::Response handle(const http::Request& request);
  /// Figures asked for so far, repeats included. From any thread.
  [[nodiscard]] std::int64_t asked() const { return asked_.load(); }

 private:
  struct Answered {
    std::string question;
    http::Response answer;
  };

  [[nodiscard]] http::Response token(const http::Request& request);
  [[nodiscard]] http::Response search(const http::Request& request);
  [[nodiscard]] http::Response figure(const std::string& request_id, const Member& member) const;
  [[nodiscard]] bool allowed(const http::Request& request) const;

  const Population& population_;
  const Credentials credentials_;
  const core::base::Clock& clock_;
  std::unordered_map<std::string, std::size_t> by_number_;  ///< first 8 characters -> person
  std::map<std::string, std::chrono::steady_clock::time_point> tokens_;  ///< token -> its end
  std::unordered_map<std::string, Answered> answered_;                   ///< by requestId
  std::atomic<std::int64_t> asked_ = 0;
};

}  // namespace ig::adapters::sandbox
