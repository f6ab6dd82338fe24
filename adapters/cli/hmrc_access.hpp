#pragma once

#include "adapters/cli/runtime.hpp"
#include "adapters/hmrc/caller.hpp"
#include "adapters/hmrc/individuals_client.hpp"
#include "adapters/hmrc/individuals_earnings.hpp"
#include "adapters/hmrc/rtii_client.hpp"
#include "adapters/hmrc/token.hpp"
#include "adapters/hmrc/yearly_rest.hpp"
#include "adapters/http/client.hpp"
#include "core/jobs/hmrc_desk.hpp"
#include "core/jobs/store_budget.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace ig::adapters::cli {

/// Sleeps; `serve` gives one that wakes up when it is told to stop.
using Wait = std::function<void(std::chrono::nanoseconds)>;

/// Sleeps for as long as it is told, in a command that nothing stops.
[[nodiscard]] Wait sleep();

/// The credentials of the configured application: one token for every worker. Safe for many
/// threads.
class HmrcAccess {
 public:
  /// Errors: CONFIG_INVALID (nothing configured), UNREADABLE.
  [[nodiscard]] static core::base::Result<std::unique_ptr<HmrcAccess>> open(
      const HmrcConfig& config, Wait wait);
  [[nodiscard]] hmrc::TokenSource& tokens() { return *tokens_; }

 private:
  HmrcAccess() = default;
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<hmrc::TokenSource> tokens_;
};

/// HMRC as one worker reaches it: connections of its own, and its end of the shared budget. Access
/// and runtime outlive it. One thread.
class Hmrc {
 public:
  /// Errors: CONFIG_INVALID, UNREADABLE.
  [[nodiscard]] static core::base::Result<std::unique_ptr<Hmrc>> open(HmrcAccess& access,
                                                                      Runtime& runtime, Wait wait);
  [[nodiscard]] core::jobs::HmrcPorts ports();
  [[nodiscard]] http::Client& client() { return *client_; }
  [[nodiscard]] hmrc::Caller& caller() { return *caller_; }
  /// The caller of the yearly figure; another one where it has an address of its own.
  [[nodiscard]] hmrc::Caller& yearly_caller() {
    return yearly_caller_ ? *yearly_caller_ : *caller_;
  }
  [[nodiscard]] const std::string& yearly_target() const { return yearly_target_; }

 private:
  Hmrc() = default;
  std::unique_ptr<core::jobs::StoreBudget> budget_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<http::Client> yearly_client_;
  std::unique_ptr<hmrc::Caller> caller_;
  std::unique_ptr<hmrc::Caller> yearly_caller_;
  std::string yearly_target_;
  std::unique_ptr<hmrc::YearlyRest> yearly_;
  std::unique_ptr<hmrc::IndividualsClient> individuals_;
  std::unique_ptr<core::ports::CurrentEarnings> earnings_;  ///< over one of them, or none
};

}  // namespace ig::adapters::cli
