#include "core/delivery/breaker.hpp"

#include "core/base/require.hpp"

namespace ig::core::delivery {
namespace {

std::int64_t second_of(Breaker::Time now) {
  return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
}

std::size_t slot_of(std::int64_t second) {
  constexpr auto slots = static_cast<std::int64_t>(Breaker::kWindowSeconds);
  return static_cast<std::size_t>(((second % slots) + slots) % slots);
}

}  // namespace

Health health_of_status(int status) noexcept {
  const bool is_status = status >= 100 && status <= 599;
  return !is_status || status == 408 || status >= 500 ? Health::failing : Health::well;
}

std::string_view name(BreakerState state) noexcept {
  constexpr std::string_view names[] = {"CLOSED", "OPEN", "HALF_OPEN"};
  return names[static_cast<std::size_t>(state)];
}

Breaker::Breaker(BreakerOptions options) : options_(options) {
  base::require(options_.calls_min >= 1 && options_.failing_percent >= 1 &&
                    options_.failing_percent <= 100 && options_.open_for.count() > 0,
                "a breaker's options are in their ranges");
}

bool Breaker::may_call(Time now) {
  if (state_ == BreakerState::closed) return true;
  if (now < blocked_until_) return false;
  state_ = BreakerState::half_open;
  blocked_until_ = now + options_.open_for;  // no second probe before this one is given up
  return true;
}

void Breaker::on_result(Health health, Time now) {
  switch (state_) {
    case BreakerState::closed:
      count(health, now);
      if (too_many_failing(now)) open(now);
      return;
    case BreakerState::open:
      return;  // a call that was let through before it opened: it says nothing new
    case BreakerState::half_open:
      if (health == Health::failing) {
        open(now);
        return;
      }
      state_ = BreakerState::closed;
      blocked_until_ = Time::min();
      window_ = {};
      return;
  }
}

void Breaker::open(Time now) {
  state_ = BreakerState::open;
  blocked_until_ = now + options_.open_for;
}

void Breaker::count(Health health, Time now) {
  const std::int64_t number = second_of(now);
  Second& second = window_[slot_of(number)];
  if (second.number != number) second = {number, 0, 0};
  ++second.calls;
  if (health == Health::failing) ++second.failing;
}

bool Breaker::too_many_failing(Time now) const {
  const std::int64_t oldest = second_of(now) - static_cast<std::int64_t>(kWindowSeconds) + 1;
  std::uint64_t calls = 0;
  std::uint64_t failing = 0;
  for (const Second& second : window_) {
    if (second.calls == 0 || second.number < oldest) continue;
    calls += second.calls;
    failing += second.failing;
  }
  return calls >= options_.calls_min && failing * 100 >= calls * options_.failing_percent;
}

}  // namespace ig::core::delivery
