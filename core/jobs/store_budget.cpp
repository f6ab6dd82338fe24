#include "core/jobs/store_budget.hpp"

#include "core/base/limits.hpp"

#include <algorithm>
#include <utility>

namespace ig::core::jobs {

using base::ErrorCode;
using base::Result;
using std::chrono::milliseconds;
using values::Instant;

StoreBudget::StoreBudget(ports::Store& store, const base::Clock& clock, delivery::PaceRules rules,
                         std::function<void(std::chrono::nanoseconds)> wait)
    : store_(store), clock_(clock), rules_(rules), wait_(std::move(wait)) {}

Result<delivery::PaceStep> StoreBudget::ask(ports::Purpose purpose) {
  auto unit = store_.begin();
  if (!unit) return unit.error();
  auto state = store_.request_pace();
  if (!state) return state.error();
  const auto step = delivery::ask_for_place(*state, static_cast<std::size_t>(purpose),
                                            Instant::of(clock_.now()), rules_);
  if (const auto put = (*unit)->put_request_pace(*state); !put) return put.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return step;
}

Result<void> StoreBudget::take(ports::Purpose purpose, base::Deadline by) {
  while (true) {
    const auto step = ask(purpose);
    if (!step) return step.error();
    if (step->granted) return {};
    if (base::Deadline::in(step->wait).at > by.at) {
      if (step->told_to_wait) {
        return base::fail(ErrorCode::THROTTLED, {}, "HMRC asked to be left alone for longer");
      }
      return base::fail(ErrorCode::DEADLINE, {}, "no place in the budget before the deadline");
    }
    const auto nap = std::min<milliseconds>(step->wait, delivery::kAskAgainWithin);
    waited_ += nap;
    wait_(nap);
  }
}

void StoreBudget::throttled(std::optional<std::chrono::seconds> wait) {
  const auto asked = std::min(wait.value_or(base::limits::throttled_wait),
                              std::chrono::seconds{base::limits::retry_after_max});
  auto unit = store_.begin();
  if (!unit) return;
  auto state = store_.request_pace();
  if (!state) return;
  delivery::leave_alone(*state, Instant::of(clock_.now()), asked);
  // Where this fails the next request meets the 429 itself.
  if (!(*unit)->put_request_pace(*state)) return;
  if (!(*unit)->commit()) return;
}

milliseconds StoreBudget::take_waited() { return std::exchange(waited_, milliseconds{0}); }

}  // namespace ig::core::jobs
