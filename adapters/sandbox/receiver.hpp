#pragma once

#include "adapters/http/server.hpp"
#include "adapters/sandbox/report.hpp"
#include "adapters/sandbox/truth.hpp"
#include "core/base/clock.hpp"
#include "core/base/random.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ig::adapters::sandbox {

/// The case systems as the sandbox plays them.
///   POST /cases/<name>/triggers   one signed CloudEvent of one case system
///   GET  /control/report          Report as JSON
/// A delivery goes through: client certificate, signature, form of the event, known id, sequence
/// of its case. A known id with the same content is a redelivery (200, duplicate); with other
/// content, or a sequence that is not the next one, it is 409. An IN_YEAR_INCOME that the
/// population calls for is taken up with the population's own figure, a review that changes the
/// figure with HMRC's; everything else is a task received. handle() and report() may be called
/// from different threads. Population and clock outlive it.
class Receiver {
 public:
  struct Consumer {
    std::string name;    ///< as in the case register
    std::string secret;  ///< "whsec_" + base64
  };
  struct Options {
    std::vector<Consumer> consumers;
    int drop_permille = 0;              ///< answers lost after the trigger was applied
    std::chrono::milliseconds slow{0};  ///< each delivery takes at least this long
    bool need_certificate = true;
  };

  Receiver(const Population& population, Options options, const core::base::Clock& clock);
  [[nodiscard]] http::Response handle(const http::Request& request, const http::Peer& peer);
  [[nodiscard]] Report report() const;
  /// Ends the waits of slow deliveries.
  void stop();

 private:
  using Key = std::pair<std::string, std::string>;  ///< case system, case
  struct Known {
    std::string content;  ///< the event, its members in order
    std::string receipt;  ///< what was answered
  };
  struct CaseState {
    std::int64_t sequence = 0;  ///< the last one applied
    std::vector<Applied> applied;
  };

  [[nodiscard]] http::Response deliver(const Consumer& consumer, const http::Request& request,
                                       const http::Peer& peer);
  [[nodiscard]] http::Response take(const Consumer& consumer, const nlohmann::json& event);
  [[nodiscard]] http::Response refuse(unsigned status, std::string_view code);
  [[nodiscard]] std::string receipt(const Case& own_case, const Applied& trigger,
                                    std::string_view mode) const;
  void wait();

  const Population& population_;
  const Options options_;
  const core::base::Clock& clock_;
  core::base::SeededRandom random_;
  std::map<Key, std::size_t> cases_;  ///< -> index into Population::cases

  mutable std::mutex mutex_;  ///< guards all below
  std::condition_variable stopped_;
  bool stop_ = false;
  std::map<Key, CaseState> states_;
  std::unordered_map<std::string, Known> known_;  ///< by case system + trigger id
  Report counts_;                                 ///< without the judgement
};

}  // namespace ig::adapters::sandbox
