#pragma once

#include "adapters/sandbox/asked.hpp"
#include "core/base/clock.hpp"
#include "core/base/random.hpp"

#include <chrono>
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>

namespace ig::adapters::sandbox {

/// Individuals Matching, P1.0 and 2.0: a name, birth date and NINO -> a matchId of five hours.
///   POST /individuals/matching/           what agrees -> a link; otherwise 403 (P1.0), 404 (2.0)
///   GET  /individuals/matching/{matchId}  who was asked for, as they were sent; links by scope
/// The first letter of the forename, the first three of the surname, the whole NINO and the birth
/// date must agree, without regard to case.
class Matching {
 public:
  static constexpr std::chrono::seconds kLife{18'000};

  Matching(const HmrcWorld& world, const core::base::Clock& clock);
  [[nodiscard]] http::Response match(const Asked& asked);
  /// `match_id` of `asked` is what stands in the path.
  [[nodiscard]] http::Response individual(const Asked& asked);
  /// The person behind a matchId; nothing when it is unknown or too old.
  [[nodiscard]] std::optional<std::size_t> person(const std::string& match_id);
  /// The id counts no more from now on.
  void forget(const std::string& match_id) { matches_.erase(match_id); }

 private:
  struct Sent {
    std::string first_name, last_name, nino, born;
  };
  struct Match {
    Sent sent;
    std::size_t person = 0;
  };
  [[nodiscard]] static Refusal read(const std::string& body, Sent& out);
  [[nodiscard]] std::optional<std::size_t> find(const Sent& sent) const;
  [[nodiscard]] std::string new_id();
  void forget_old();

  const HmrcWorld& world_;
  const core::base::Clock& clock_;
  core::base::SeededRandom random_;
  std::unordered_map<std::string, Match> matches_;
  std::deque<std::pair<std::chrono::steady_clock::time_point, std::string>> made_;  ///< in order
};

}  // namespace ig::adapters::sandbox
