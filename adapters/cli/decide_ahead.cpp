#include "adapters/cli/decide_ahead.hpp"

#include <utility>

namespace ig::adapters::cli {
namespace {

constexpr std::size_t kPeople = 250;    ///< of one batch
constexpr std::size_t kBatchesMax = 2;  ///< that wait

}  // namespace

void DecideAhead::begin(core::values::DocumentId document, core::values::PersonId after,
                        core::values::Date as_of) {
  stop();
  thread_ = std::thread([this, document, after, as_of] { run(document, after, as_of); });
}

core::base::Result<core::jobs::MadeBatch> DecideAhead::next() {
  std::unique_lock lock(mutex_);
  told_.wait(lock, [this] { return !made_.empty(); });
  Made out = std::move(made_.front());
  made_.pop_front();
  told_.notify_one();
  return out;
}

void DecideAhead::run(core::values::DocumentId document, core::values::PersonId after,
                      core::values::Date as_of) {
  while (true) {
    Made made = core::jobs::make_decisions_of(context_, document, after, as_of, kPeople);
    const bool last = !made || made->last;
    if (made && !made->people.empty()) after = made->people.back().person;
    if (!hand_over(std::move(made)) || last) return;
  }
}

/// False when nobody wants it any more.
bool DecideAhead::hand_over(Made made) {
  std::unique_lock lock(mutex_);
  told_.wait(lock, [this] { return stopping_ || made_.size() < kBatchesMax; });
  if (stopping_) return false;
  made_.push_back(std::move(made));
  told_.notify_one();
  return true;
}

void DecideAhead::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  told_.notify_one();
  if (thread_.joinable()) thread_.join();
  made_.clear();
  stopping_ = false;
}

}  // namespace ig::adapters::cli
