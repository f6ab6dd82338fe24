#pragma once

#include "adapters/hmrc/answers.hpp"
#include "adapters/hmrc/token.hpp"
#include "adapters/http/client.hpp"
#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/delivery/breaker.hpp"
#include "core/delivery/retry_budget.hpp"
#include "core/ports/fetched.hpp"
#include "core/ports/request_budget.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace ig::adapters::hmrc {

/// One request to HMRC and what it is for.
struct Call {
  Interface interface = Interface::rtii;
  Version version = Version::any;
  http::Request request;  ///< without Authorization; personal data in the body only
  std::string correlation_id;
  core::ports::Purpose purpose = core::ports::Purpose::watch;
};

struct CallerOptions {
  std::chrono::milliseconds call_limit{10'000};        ///< longest wait for one attempt
  std::uint32_t attempts_max = 3;                      ///< of one call, the first included
  std::function<void(std::chrono::nanoseconds)> wait;  ///< sleeps, or moves a test's clock
};

/// The one way a request goes to HMRC: a token, a place in the budget, the call, and what its
/// answer means. A 401 costs one new token and one replay. What is transient is tried again, with
/// exponential waits and full jitter, inside the caller's deadline and the retry budget; the
/// breaker stops calls to a back end that mostly fails. A redirect is followed for GET only, once,
/// on the same origin; every other one is a config_fault, and no token ever goes to another host.
/// One back end, one thread.
class Caller {
 public:
  Caller(http::Client& client, TokenSource& tokens, core::ports::RequestBudget& budget,
         const core::base::Clock& clock, core::base::Random& random, CallerOptions options);

  /// Never fails: what goes wrong is a FetchResult. A 200 comes back as `matched` with its body;
  /// who reads the body may know better.
  [[nodiscard]] core::ports::Fetched call(const Call& call, core::base::Deadline by);

  [[nodiscard]] core::delivery::BreakerState breaker() const noexcept { return breaker_.state(); }

 private:
  http::Client& client_;
  TokenSource& tokens_;
  core::ports::RequestBudget& budget_;
  const core::base::Clock& clock_;
  core::base::Random& random_;
  CallerOptions options_;
  core::delivery::Breaker breaker_;
  core::delivery::RetryBudget retries_{20};
};

}  // namespace ig::adapters::hmrc
