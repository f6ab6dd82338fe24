#pragma once

#include "adapters/http/message.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// What may go wrong at HMRC on purpose.
namespace ig::adapters::sandbox {

/// The names are those of the header, of the control side and of the report. What stands behind
/// "=" in a header (`argument` in a rule) is in parentheses.
enum class Fault : std::uint8_t {
  NONE,
  MESSAGE_THROTTLED_OUT,  ///< 429 of the gateway
  TOO_MANY_REQUESTS,      ///< 429 of a service whose back end is throttled
  THROTTLED_NOT_JSON,     ///< 429 with a body that only looks like JSON
  SERVER_ERROR,           ///< 5xx (503), the same for 15 minutes
  SERVER_ERROR_ONCE,      ///< 5xx (503), this time only
  TWO_FAILURES,           ///< 400 with a list of failures, as RTII's back end reports them
  PROXY_403,              ///< a proxy's page
  PROXY_200,              ///< a proxy's page with a status of success
  TOKEN_EXPIRED,          ///< the token ends before its time
  TOTP_SKEW,              ///< the token service's clock runs ahead (seconds: 90)
  DRIP,                   ///< the answer drips, 50 ms between two drips (bytes: 16)
  TRUNCATED,              ///< the end of the answer never comes (bytes kept back: half the body)
  RESET,                  ///< a TCP reset in the answer (bytes sent before: 40)
  UNANSWERED,             ///< the connection ends before any byte
  POISON_ROW,             ///< 500 for every range that holds one payday (day: a middle one)
  MATCH_EXPIRED,          ///< the matchId is forgotten before its time
  LINK_MISSING,           ///< a HAL link is not there (name: the first one)
  LINK_ELSEWHERE,         ///< HAL links lead to another host
  REDIRECT_PATH,          ///< 302 to another path
  REDIRECT_HOST,          ///< 302 to another host
  DUPLICATE_PAYMENT,      ///< the last payment once more, same id (copies: 1)
  TWIN_PAYMENT,           ///< the last payment once more under another id
  CORRECTION,             ///< the last payment is no longer valid and corrected by another
  YEAR_TO_DATE,           ///< the last sum to date contradicts its payments (pence less: 10000)
  FIELD_ABSENT,           ///< a field that was asked for is in no row (name: taxablePayToDate)
};
[[nodiscard]] std::string_view name(Fault fault);
/// All of them but NONE.
[[nodiscard]] std::vector<Fault> all_faults();

/// One fault with what it is told.
struct ActiveFault {
  Fault kind = Fault::NONE;
  std::string argument = {};
  /// The argument as a number; `otherwise` when it is none.
  [[nodiscard]] std::int64_t number(std::int64_t otherwise) const;
};

/// When a fault happens: to the requests about one person, or to requests by chance.
struct FaultRule {
  ActiveFault fault;
  std::string nino = {};   ///< the first 8 characters count; empty: anybody
  std::string under = {};  ///< only to paths that begin so; empty: every path the fault fits
  int per_mille = 1'000;   ///< of the requests it fits
  int times = -1;          ///< then the rule is spent; negative: never
};

/// {"faults":[{"fault":"NAME","argument":"","nino":"","under":"","per_mille":1000,"times":-1}]},
/// all but the name optional. Errors: MALFORMED_JSON, WRONG_TYPE, UNKNOWN_CODE.
[[nodiscard]] core::base::Result<std::vector<FaultRule>> read_fault_rules(std::string_view text);

/// The rules in force, and what came of them. A header `Sandbox-Fault: NAME` or `NAME=ARGUMENT`
/// comes before rules, a person's rule before everybody's.
class FaultBook {
 public:
  explicit FaultBook(std::uint64_t seed) : random_(seed) {}
  /// Replaces all rules.
  void set(std::vector<FaultRule> rules);
  void add(FaultRule rule);
  /// What happens to a request about that person (empty: nobody is named).
  [[nodiscard]] ActiveFault pick(const http::Request& request, std::string_view nino);
  [[nodiscard]] const std::map<std::string, std::int64_t, std::less<>>& happened() const {
    return happened_;
  }

 private:
  [[nodiscard]] bool happens(FaultRule& rule, std::string_view path);

  core::base::SeededRandom random_;
  std::vector<FaultRule> anybody_;
  std::unordered_map<std::string, std::vector<FaultRule>> by_number_;
  std::map<std::string, std::int64_t, std::less<>> happened_;
};

/// The answer of a fault that stands in the place of any answer; nothing for those that do not.
[[nodiscard]] std::optional<http::Response> answer_of(const ActiveFault& fault,
                                                      std::string_view path);
/// What a fault does to an answer on its way.
void damage(const ActiveFault& fault, http::Response& answer);

}  // namespace ig::adapters::sandbox
