#include "core/delivery/request_pace.hpp"

#include "core/base/limits.hpp"
#include "core/base/require.hpp"

#include <algorithm>

namespace ig::core::delivery {
namespace {

using std::chrono::milliseconds;
using values::Instant;

constexpr milliseconds kSecond{1'000};
/// How much longer than its wait somebody counts as waiting.
constexpr milliseconds kGrace{250};

milliseconds between(Instant from, Instant to) { return to.at() - from.at(); }

/// The first moment at which a send keeps every sliding second within the limit.
Instant earliest_send(const PaceState& state, Instant now, const PaceRules& rules) {
  if (state.sends.size() < rules.per_second) return now;
  return state.sends[state.sends.size() - rules.per_second] + (kSecond + rules.headroom);
}

bool waits(const PaceState& state, std::size_t rank, Instant now) {
  const auto until = state.waiting_until[rank];
  return until && *until > now && *until <= now + (kAskAgainWithin + kGrace);
}

/// What lies ahead of the clock was written before the clock was set back.
void mend_times(PaceState& state, Instant now) {
  for (Instant& sent : state.sends) sent = std::min(sent, now);
  if (state.not_before) {
    state.not_before = std::min(*state.not_before, now + base::limits::retry_after_max);
  }
}

/// Whose turn it is of those who wait and `asking`.
std::size_t next_in_line(const PaceState& state, std::size_t asking, Instant now,
                         const PaceRules& rules) {
  std::size_t first = asking;
  for (std::size_t rank = 0; rank < kPaceRanks; ++rank) {
    if (rank != asking && !waits(state, rank, now)) continue;
    if (state.passed_over[rank] >= rules.passed_over_max) return rank;
    first = std::min(first, rank);
  }
  return first;
}

void grant(PaceState& state, std::size_t rank, Instant now, const PaceRules& rules) {
  for (std::size_t other = 0; other < kPaceRanks; ++other) {
    if (other != rank && waits(state, other, now)) ++state.passed_over[other];
  }
  state.passed_over[rank] = 0;
  state.waiting_until[rank].reset();
  state.sends.push_back(now);
  if (state.sends.size() > rules.per_second) {
    state.sends.erase(state.sends.begin(),
                      state.sends.end() - static_cast<std::ptrdiff_t>(rules.per_second));
  }
}

}  // namespace

PaceStep ask_for_place(PaceState& state, std::size_t rank, Instant now, const PaceRules& rules) {
  base::require(rank < kPaceRanks, "a rank of those who ask");
  base::require(rules.per_second >= 1, "at least one request a second");
  mend_times(state, now);
  Instant at = earliest_send(state, now, rules);
  const bool told = state.not_before && *state.not_before > std::max(at, now);
  if (told) at = *state.not_before;
  if (at <= now && next_in_line(state, rank, now, rules) == rank) {
    grant(state, rank, now, rules);
    return {.granted = true};
  }
  // Somebody else's turn: the next place is one gap away at the earliest.
  const milliseconds gap = (kSecond + rules.headroom) / static_cast<int>(rules.per_second);
  const milliseconds wait = std::max(at <= now ? gap : between(now, at), milliseconds{1});
  state.waiting_until[rank] = now + (std::min(wait, kAskAgainWithin) + kGrace);
  return {.granted = false, .wait = wait, .told_to_wait = told};
}

void leave_alone(PaceState& state, Instant now, milliseconds wait) {
  const Instant until = now + wait;
  state.not_before = std::max(state.not_before.value_or(until), until);
}

}  // namespace ig::core::delivery
