#pragma once

#include "adapters/hmrc/token.hpp"
#include "adapters/hmrc/yearly_reply.hpp"
#include "adapters/http/client.hpp"
#include "core/base/clock.hpp"
#include "core/ports/yearly_figures.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace ig::adapters::hmrc {

struct YearlyRestOptions {
  std::string target = "/yearly-figures/v1/search";  ///< path of the service on its host
  std::chrono::milliseconds call_limit{10'000};      ///< longest wait for one call
};

/// Asks the yearly-figure service over REST (schemas/yearly-figures.openapi.yaml). The person goes
/// in the body, never in the URL. A 401 costs one new token and one replay. A 429 or 503 with
/// Retry-After is remembered: until then fetch() answers THROTTLED without a call.
/// Client, tokens and clock outlive it. One call at a time.
class YearlyRest final : public core::ports::YearlyFigures {
 public:
  YearlyRest(http::Client& client, TokenSource& tokens, const core::base::Clock& clock,
             YearlyRestOptions options = {});
  ~YearlyRest() override;

  /// Errors beside those of the port: NO_PERSON (the question has no NINO), NOT_FOUND (the service
  /// does not know the person), FORBIDDEN, REFUSED_BY_PEER (it refuses the question for good).
  [[nodiscard]] core::base::Result<core::ports::YearlyAnswer> fetch(
      const core::ports::YearlyQuestion& question, core::base::Deadline by) override;

  /// Until when the service asked not to be called; nothing when it did not.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> not_before() const {
    return not_before_;
  }

 private:
  [[nodiscard]] core::base::Result<http::Response> call(const std::string& body,
                                                        const core::ports::YearlyQuestion& question,
                                                        core::base::Deadline by);
  [[nodiscard]] core::base::Error refusal(const http::Response& response);

  http::Client& client_;
  TokenSource& tokens_;
  const core::base::Clock& clock_;
  YearlyRestOptions options_;
  wire::json::Reader reader_;
  std::unique_ptr<core::ports::Digest> digest_;
  std::optional<std::chrono::steady_clock::time_point> not_before_;
};

}  // namespace ig::adapters::hmrc
