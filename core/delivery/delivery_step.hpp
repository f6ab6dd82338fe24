#pragma once

#include "core/base/error_code.hpp"
#include "core/base/random.hpp"
#include "core/delivery/backoff.hpp"
#include "core/values/instant.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace ig::core::delivery {

/// What the receiver answered, as far as it matters here. Any HTTP status is an answer.
struct Answered {
  int status = 0;          ///< HTTP status
  bool duplicate = false;  ///< a 2xx that says it was applied before
  std::optional<std::chrono::seconds> retry_after{};
};

/// What came of one attempt: an answer, or the error that stood in its place.
using Happened = std::variant<Answered, base::ErrorCode>;

/// Why a delivery waits for a person. The names stand in `outbox` and in held items.
enum class ParkReason : std::uint8_t {
  conflict,          ///< CONFLICT: same id or sequence with other content; raises an alarm
  refused,           ///< REFUSED: the receiver refuses this content for good
  attempts_used_up,  ///< ATTEMPTS_USED_UP: limits::delivery_attempts_max attempts were in vain
  our_fault,         ///< OUR_FAULT: it could not be sent for a reason of our own house
};
[[nodiscard]] std::string_view name(ParkReason reason) noexcept;

struct Delivered {
  bool duplicate = false;
  friend bool operator==(const Delivered&, const Delivered&) = default;
};
struct Retry {
  values::Instant at;  ///< not before
  friend bool operator==(const Retry&, const Retry&) = default;
};
struct Park {
  ParkReason reason = ParkReason::refused;
  bool alarm = false;  ///< an operator is told at once
  friend bool operator==(const Park&, const Park&) = default;
};
using NextStep = std::variant<Delivered, Retry, Park>;

/// What an answer or error means, before attempts are counted.
enum class Meaning : std::uint8_t { delivered, try_again, refused, conflict, our_fault };

/// 2xx delivered; 409 conflict; 401, 408, 425, 429, 5xx and what is no HTTP status try again; every
/// other status (400, 403, 404, 410, 413, 415, 422, redirects) refused.
[[nodiscard]] Meaning meaning_of_status(int status) noexcept;
/// No answer, whatever the reason, is tried again; so is a credential that cannot be read now. The
/// rest cannot come of sending, and is our fault.
[[nodiscard]] Meaning meaning_of(base::ErrorCode code) noexcept;

/// Decides what becomes of a delivery. `attempts_before` were made before this one. Pure: the same
/// arguments and the same random numbers give the same step.
[[nodiscard]] NextStep next_step(std::uint32_t attempts_before, const Happened& happened,
                                 values::Instant now, base::Random& random,
                                 const BackoffOptions& options = {});

}  // namespace ig::core::delivery
