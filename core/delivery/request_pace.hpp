#pragma once

#include "core/values/instant.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ig::core::delivery {

/// How many requests may start, and how the places go round.
struct PaceRules {
  std::uint32_t per_second = 3;            ///< of any sliding second, its first moment in
  std::chrono::milliseconds headroom{20};  ///< added to the second: a request may be slow to arrive
  std::uint32_t passed_over_max = 9;  ///< after so many places for others, one for who waits behind
};

/// Who waits asks again within this, or is forgotten.
inline constexpr std::chrono::milliseconds kAskAgainWithin{2'000};

/// Ranks of those who ask, 0 first.
inline constexpr std::size_t kPaceRanks = 4;

/// All that has to be remembered between two requests, by whoever shares the budget. Plain data: it
/// is kept in the store.
struct PaceState {
  std::vector<values::Instant> sends;         ///< the last `per_second` of them, oldest first
  std::optional<values::Instant> not_before;  ///< the peer asked to be left alone until then
  std::array<std::optional<values::Instant>, kPaceRanks> waiting_until{};  ///< who waits, and asks
                                                                           ///< again before then
  std::array<std::uint32_t, kPaceRanks> passed_over{};  ///< places others had while it waited

  friend bool operator==(const PaceState&, const PaceState&) = default;
};

/// A place was given, or when to ask again.
struct PaceStep {
  bool granted = false;
  std::chrono::milliseconds wait{0};  ///< more than 0 unless granted
  bool told_to_wait = false;          ///< the peer asked for it (429)
};

/// Asks for a place now. The (n+1)th send before this one, with n = per_second, lies at least one
/// second and the headroom back; a rank that waits is served before those behind it, but one that
/// was passed over `passed_over_max` times comes next. Who does not get a place is remembered as
/// waiting until shortly after it should ask again. A clock that was set back costs at most one
/// second. Pure.
[[nodiscard]] PaceStep ask_for_place(PaceState& state, std::size_t rank, values::Instant now,
                                     const PaceRules& rules);

/// The peer asked to be left alone for `wait`; the longest such wait stands.
void leave_alone(PaceState& state, values::Instant now, std::chrono::milliseconds wait);

}  // namespace ig::core::delivery
