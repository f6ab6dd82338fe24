#pragma once

#include "adapters/http/message.hpp"
#include "adapters/sandbox/truth.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace ig::adapters::sandbox {

/// POST /yearly-figures/v1/search: one person -> their figure; 404 for a stranger. The same
/// requestId gets the same answer again, and 409 with another question.
class YearlyService {
 public:
  explicit YearlyService(const Population& population);
  [[nodiscard]] http::Response search(const http::Request& request);
  /// Figures asked for so far, repeats included.
  [[nodiscard]] std::int64_t asked() const { return asked_; }

 private:
  struct Answered {
    std::string question;
    http::Response answer;
  };
  [[nodiscard]] http::Response figure(const std::string& request_id, const Member& member) const;

  const Population& population_;
  std::unordered_map<std::string, std::size_t> by_number_;  ///< first 8 characters -> person
  std::unordered_map<std::string, Answered> answered_;      ///< by requestId
  std::int64_t asked_ = 0;
};

}  // namespace ig::adapters::sandbox
