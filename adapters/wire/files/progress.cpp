#include "adapters/wire/files/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unistd.h>

namespace ig::adapters::wire::files {
namespace {

constexpr std::chrono::seconds kFirstAfter{1};
constexpr std::chrono::milliseconds kEvery{250};
constexpr std::uint64_t kStepsBetweenLooks = 64;
constexpr std::uint64_t kBarWidth = 30;

void put(int descriptor, std::string_view text) {
  // A progress line that cannot be written is no reason to stop.
  if (::write(descriptor, text.data(), text.size()) < 0) return;
}

}  // namespace

Progress::Progress(int descriptor, std::string what, std::string of, std::uint64_t total)
    : descriptor_(descriptor),
      what_(std::move(what)),
      of_(std::move(of)),
      total_(total),
      next_(std::chrono::steady_clock::now() + kFirstAfter),
      terminal_(::isatty(descriptor) == 1) {}

Progress::~Progress() {
  if (shown_) put(descriptor_, "\r\x1b[K");
}

void Progress::at(std::uint64_t done) {
  done_ = done;
  if (!terminal_ || done_ < look_at_) return;
  look_at_ = done_ + kStepsBetweenLooks;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kEvery;
  show();
}

void Progress::show() {
  shown_ = true;
  if (total_ == 0) {
    put(descriptor_, fmt::format("\r{}: {} {}\x1b[K", what_, done_, of_));
    return;
  }
  const std::uint64_t done = std::min(done_, total_);
  const auto filled = static_cast<std::size_t>(kBarWidth * done / total_);
  put(descriptor_, fmt::format("\r{}: [{}{}] {} of {} {}\x1b[K", what_, std::string(filled, '#'),
                               std::string(kBarWidth - filled, '.'), done, total_, of_));
}

}  // namespace ig::adapters::wire::files
