#pragma once

#include "adapters/hmrc/answers.hpp"
#include "adapters/hmrc/token.hpp"
#include "adapters/http/client.hpp"
#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/delivery/backoff.hpp"
#include "core/delivery/breaker.hpp"
#include "core/delivery/retry_budget.hpp"
#include "core/ports/fetched.hpp"
#include "core/ports/request_budget.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace ig::adapters::hmrc {

/// One request to HMRC and what it is for.
struct Call {
  Interface interface = Interface::rtii;
  Version version = Version::any;
  http::Request request;  ///< without Authorization; personal data in the body only
  std::string correlation_id;
  core::ports::Purpose purpose = core::ports::Purpose::watch;
  std::uint32_t attempts_max = 0;  ///< of this call; 0: as many as the caller makes
};

struct CallerOptions {
  std::chrono::milliseconds call_limit{10'000};        ///< longest wait for one attempt
  std::uint32_t attempts_max = 3;                      ///< of one call, the first included
  std::function<void(std::chrono::nanoseconds)> wait;  ///< sleeps, or moves a test's clock
  std::string authority{};  ///< "host" or "host:port" of the client's peer, for absolute redirects
  core::delivery::BackoffOptions backoff{std::chrono::milliseconds{500},
                                         std::chrono::milliseconds{8'000}};
  core::delivery::BreakerOptions breaker{};
};

/// The one way a request goes to HMRC: a token, a place in the budget, the call, and what its
/// answer means. A 401 costs one new token and one replay. What is transient is tried again, with
/// exponential waits and full jitter, inside the caller's deadline and the retry budget; the
/// breaker stops calls to a back end that mostly fails. A redirect is followed for GET only, once,
/// on the same origin; every other one is a config_fault, and no token ever goes to another host.
/// A 503 with Retry-After is left alone until then. Client, tokens, budget, clock and chance
/// outlive it. One back end, one thread.
class Caller {
 public:
  Caller(http::Client& client, TokenSource& tokens, core::ports::RequestBudget& budget,
         const core::base::Clock& clock, core::base::Random& random, CallerOptions options);

  /// Never fails: what goes wrong is a FetchResult. A 200 comes back as `matched` with its body;
  /// who reads the body may know better. Codes of our own beside those of ErrorCode: BREAKER_OPEN
  /// and RETRY_AFTER, where no call was made.
  [[nodiscard]] core::ports::Fetched call(const Call& call, core::base::Deadline by);

  [[nodiscard]] core::delivery::BreakerState breaker() const noexcept { return breaker_.state(); }

 private:
  class TimeLeft;
  struct Run;

  /// Fills in why no call may start now; false when one may.
  [[nodiscard]] bool held_back(const TimeLeft& time, core::ports::Fetched& out);
  void once(const Call& call, const TimeLeft& time, Run& run, core::ports::Fetched& out);
  /// A token, a connection that stands, and a place in the budget. Errors fill `out`.
  [[nodiscard]] std::optional<core::base::Sensitive<std::string>> ready(const Call& call,
                                                                        const TimeLeft& time,
                                                                        core::ports::Fetched& out);
  /// True when the answer asks for the same call once more; `target` may then have moved.
  [[nodiscard]] bool once_more(const http::Response& response,
                               const core::base::Sensitive<std::string>& token, Run& run,
                               http::Request& request);
  [[nodiscard]] std::optional<std::string> same_origin(std::string_view location) const;
  void take_in(http::Response response, const Call& call, core::ports::Fetched& out);
  void unanswered(core::base::ErrorCode error, core::ports::Fetched& out) const;
  void report(core::delivery::Health health);
  [[nodiscard]] std::chrono::nanoseconds wait_after(std::uint32_t attempt,
                                                    const core::ports::Fetched& out);

  http::Client& client_;
  TokenSource& tokens_;
  core::ports::RequestBudget& budget_;
  const core::base::Clock& clock_;
  core::base::Random& random_;
  CallerOptions options_;
  core::delivery::Breaker breaker_;
  core::delivery::RetryBudget retries_{20};
  std::optional<std::chrono::steady_clock::time_point> not_before_;
};

}  // namespace ig::adapters::hmrc
