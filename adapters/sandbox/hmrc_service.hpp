#pragma once

#include "adapters/http/message.hpp"
#include "adapters/sandbox/faults.hpp"
#include "adapters/sandbox/hmrc_token.hpp"
#include "adapters/sandbox/hmrc_world.hpp"
#include "adapters/sandbox/individuals.hpp"
#include "adapters/sandbox/rate.hpp"
#include "adapters/sandbox/rtii.hpp"
#include "adapters/sandbox/truth.hpp"
#include "adapters/sandbox/yearly.hpp"
#include "core/base/clock.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

namespace ig::adapters::sandbox {

struct HmrcOptions {
  TokenOptions token;
  int requests_per_second = 3;  ///< of each application; 0: no limit
  std::vector<FaultRule> faults = {};
};

/// HMRC as the sandbox plays it, behind one gateway that counts requests and checks tokens.
///   POST /oauth/token                                  a bearer token of four hours
///   POST /real-time-income-information/.../income      Rtii
///   /individuals/...                                   Individuals
///   POST /yearly-figures/v1/search                     YearlyService
/// Faults come between the gateway and the services. Time is the clock's alone and nothing waits,
/// so that a simulator may call handle() without a socket. From any thread, one at a time. The
/// population and the clock outlive it.
class HmrcService {
 public:
  /// The only application of a service that is given no more than its id and secret.
  struct Credentials {
    std::string client_id;
    std::string client_secret;
  };

  HmrcService(const Population& population, HmrcOptions options, const core::base::Clock& clock);
  /// With the default limit and no faults.
  HmrcService(const Population& population, Credentials credentials,
              const core::base::Clock& clock);

  [[nodiscard]] http::Response handle(const http::Request& request);
  /// The control side: POST /control/faults replaces the rules (read_fault_rules), and
  /// GET /control/hmrc gives what report() does.
  [[nodiscard]] http::Response control(const http::Request& request);
  /// Replaces all rules of faults.
  void set_faults(std::vector<FaultRule> rules);

  /// Yearly figures asked for so far, repeats included.
  [[nodiscard]] std::int64_t asked() const;
  /// By application; the empty name is for requests without a known token.
  [[nodiscard]] std::map<std::string, RateCounter::Seen> rate() const;
  /// Tokens, requests by service and by status, the rate, and the faults that happened: JSON.
  [[nodiscard]] std::string report() const;

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Sticky {
    Time until;
    ActiveFault fault;
  };

  [[nodiscard]] http::Response answer(const http::Request& request);
  [[nodiscard]] http::Response token(const http::Request& request);
  [[nodiscard]] http::Response behind_gateway(const http::Request& request, const Grant& grant);
  [[nodiscard]] http::Response route(const http::Request& request, const Grant& grant,
                                     const ActiveFault& fault);
  [[nodiscard]] bool still_broken(const std::string& key, ActiveFault& fault);

  const core::base::Clock& clock_;
  mutable std::mutex mutex_;  ///< guards all below
  HmrcWorld world_;
  TokenService tokens_;
  RateCounter rate_;
  FaultBook faults_;
  Rtii rtii_;
  Individuals individuals_;
  YearlyService yearly_;
  std::unordered_map<std::string, Sticky> broken_;  ///< by what was asked
  std::map<std::string, std::int64_t> requests_;    ///< by service
  std::map<unsigned, std::int64_t> statuses_;
};

}  // namespace ig::adapters::sandbox
