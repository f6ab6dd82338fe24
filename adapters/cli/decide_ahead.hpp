#pragma once

#include "core/jobs/intake.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace ig::adapters::cli {

/// Makes decisions on a thread of its own, with the store of the context it is given, while the
/// intake job stores those made before. A few batches wait at most. To be used by one thread.
class DecideAhead final : public core::jobs::DecisionsAhead {
 public:
  /// Nobody else uses what `context` refers to, and all of it outlives this object.
  explicit DecideAhead(core::jobs::JobContext context) : context_(std::move(context)) {}
  ~DecideAhead() override { stop(); }
  DecideAhead(const DecideAhead&) = delete;
  DecideAhead& operator=(const DecideAhead&) = delete;

  void begin(core::values::DocumentId document, core::values::PersonId after,
             core::values::Date as_of) override;
  [[nodiscard]] core::base::Result<core::jobs::MadeBatch> next() override;

 private:
  using Made = core::base::Result<core::jobs::MadeBatch>;

  void run(core::values::DocumentId document, core::values::PersonId after,
           core::values::Date as_of);
  [[nodiscard]] bool hand_over(Made made);
  void stop();

  core::jobs::JobContext context_;
  std::mutex mutex_;
  std::condition_variable told_;
  std::deque<Made> made_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace ig::adapters::cli
