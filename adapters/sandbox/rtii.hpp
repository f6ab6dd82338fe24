#pragma once

#include "adapters/sandbox/hmrc_token.hpp"
#include "adapters/sandbox/hmrc_world.hpp"
#include "core/base/clock.hpp"

#include <chrono>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ig::adapters::sandbox {

/// Real Time Income Information 1.0: who and since when -> a flat list of payments.
///   POST /real-time-income-information/individuals/{correlationId}/income
/// What the back end once said of a NINO and an identity it says again for 15 minutes, errors
/// included, whatever fields are asked for. A name, birth date or gender that was sent and does
/// not agree makes a pattern below 63 and no payments.
class Rtii {
 public:
  Rtii(const HmrcWorld& world, const core::base::Clock& clock) : world_(world), clock_(clock) {}
  [[nodiscard]] http::Response handle(const http::Request& request, const Grant& grant,
                                      const ActiveFault& fault);

  /// Is the path one of this service's, whatever its correlation id?
  [[nodiscard]] static bool serves(std::string_view path);

 private:
  struct Question {
    std::string nino, surname, first_name, middle_name, initials, gender, born;
    Day from, to;
    std::vector<std::string> fields;  ///< asked for and within the scope
  };
  struct Outcome {
    unsigned status = 200;
    std::string code = {};  ///< of an error
    int pattern = 63;
    std::vector<PaidRow> rows = {};
  };
  using Time = std::chrono::steady_clock::time_point;

  [[nodiscard]] const Outcome& known(const Question& question, const ActiveFault& fault);
  [[nodiscard]] Outcome ask(const Question& question, const ActiveFault& fault) const;
  [[nodiscard]] int pattern(const Question& question, std::size_t person) const;
  [[nodiscard]] http::Response rendered(const Question& question, const Outcome& outcome,
                                        const ActiveFault& fault) const;

  const HmrcWorld& world_;
  const core::base::Clock& clock_;
  std::unordered_map<std::string, Outcome> said_;     ///< by NINO and identity
  std::deque<std::pair<Time, std::string>> said_at_;  ///< oldest first
};

/// The names of all 83 fields of a payment.
[[nodiscard]] const Scopes& rtii_fields();

}  // namespace ig::adapters::sandbox
