#pragma once

#include "core/base/result.hpp"
#include "core/jobs/context.hpp"

#include <chrono>
#include <cstdint>
#include <functional>

namespace ig::core::jobs {

/// How a run of questions to HMRC goes. One for all workers of the run.
struct HmrcRunOptions {
  values::Date as_of;
  std::chrono::milliseconds call_limit{30'000};  ///< of one question, repeats and budget included
  std::uint32_t failures_in_a_row_max = 5;
  std::function<bool()> stop;  ///< true: end after the person in hand; called from every worker
  std::function<void(std::uint64_t people)> progress;  ///< may be empty; from any worker
  /// Runs a piece of work while no other worker of the run does; empty where there is but one.
  std::function<void(const std::function<void()>&)> alone;
};

/// Runs a piece of work as HmrcRunOptions::alone says.
void alone(const HmrcRunOptions& options, const std::function<void()>& work);

/// Whether a run may go on asking. Shared by its workers, touched inside alone() only; note() does
/// that by itself.
class HmrcRunHealth {
 public:
  /// Takes in what one answer says about the service and about us: ends the run where it has to
  /// end, and holds in `unit` what a person has to see. Errors: STORE_FAILED.
  [[nodiscard]] base::Result<void> note(const JobContext& context, ports::UnitOfWork& unit,
                                        const ports::HmrcRequest& request,
                                        const HmrcRunOptions& options);
  /// Nobody is asked any more: a worker failed.
  void end() noexcept { ended_ = true; }
  [[nodiscard]] bool ended() const noexcept { return ended_; }
  /// No answer came several times in a row.
  [[nodiscard]] bool upstream_down() const noexcept { return upstream_down_; }
  /// An operator has to put something right.
  [[nodiscard]] bool parked() const noexcept { return parked_; }

 private:
  bool ended_ = false;
  bool upstream_down_ = false;
  bool parked_ = false;
  std::uint32_t failures_in_a_row_ = 0;
};

}  // namespace ig::core::jobs
