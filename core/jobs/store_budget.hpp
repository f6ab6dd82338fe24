#pragma once

#include "core/base/clock.hpp"
#include "core/delivery/request_pace.hpp"
#include "core/ports/request_budget.hpp"
#include "core/ports/store.hpp"

#include <functional>

namespace ig::core::jobs {

/// The budget of requests to HMRC, kept in the store, so that every worker of every process that
/// shares the store shares the budget. Each place is one short transaction. Store and clock outlive
/// it; one thread: each worker has its own over its own store connection, and takes no place while
/// a unit of work is open on it.
class StoreBudget final : public ports::RequestBudget {
 public:
  /// `wait` sleeps, or moves the clock of a test.
  StoreBudget(ports::Store& store, const base::Clock& clock, delivery::PaceRules rules,
              std::function<void(std::chrono::nanoseconds)> wait);

  [[nodiscard]] base::Result<void> take(ports::Purpose purpose, base::Deadline by) override;
  void throttled(std::optional<std::chrono::seconds> wait) override;

  /// Time spent waiting for places since the last call of this.
  [[nodiscard]] std::chrono::milliseconds take_waited();

 private:
  [[nodiscard]] base::Result<delivery::PaceStep> ask(ports::Purpose purpose);

  ports::Store& store_;
  const base::Clock& clock_;
  delivery::PaceRules rules_;
  std::function<void(std::chrono::nanoseconds)> wait_;
  std::chrono::milliseconds waited_{0};
};

}  // namespace ig::core::jobs
