#pragma once

#include "core/ports/fetched.hpp"
#include "core/values/date.hpp"
#include "core/values/ids.hpp"
#include "core/values/instant.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ig::core::ports {

/// One question to HMRC as it is written down: whom it was about, why, when, what it came to.
struct HmrcRequest {
  values::PersonId person;
  Purpose purpose = Purpose::review;
  std::optional<values::Date>
      anchor;              ///< the date it serves: of the review, or the first effective
  std::string request_id;  ///< ours
  Fetched fetched;         ///< its raw bytes are in `document`, not here
  values::Instant asked_at;
  values::Instant answered_at;
  std::chrono::milliseconds waited{0};  ///< of that time, for a place in the budget
  std::optional<values::DocumentId> document;
};

/// How often a field was asked for in replies that held rows, and how often it was there.
struct FieldSeen {
  std::string interface;
  Purpose purpose = Purpose::watch;
  std::string field;
  std::uint64_t asked = 0;
  std::uint64_t received = 0;
  std::optional<values::Instant> last_at;
};

/// How long questions took, of one interface and purpose.
struct HmrcTimes {
  std::string interface;
  Purpose purpose = Purpose::initial;
  std::uint64_t requests = 0;
  std::chrono::milliseconds p50{0};  ///< from asked to answered
  std::chrono::milliseconds p95{0};
  std::chrono::milliseconds waited_p95{0};  ///< of it, for a place in the budget
};

}  // namespace ig::core::ports
