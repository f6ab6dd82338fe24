#include "adapters/rti/relay.hpp"

#include "adapters/wire/compress/unpack.hpp"
#include "core/base/limits.hpp"
#include "core/base/require.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace ig::adapters::rti {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} * 1024;

/// A child that dies while it is written to is an EPIPE, no signal.
void no_broken_pipe_signal() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

bool try_again() { return errno == EINTR || errno == EAGAIN; }

}  // namespace

Relay::Relay(ChildProcess child, core::ports::ByteSource& source, std::string head,
             RelayLimits limits)
    : child_(std::move(child)),
      source_(source),
      limits_(limits),
      buffer_(kReadBytes),
      chunk_(std::move(head)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  core::base::require(wake_.is_open(), "an eventfd can be made");
  thread_ = std::thread([this] { run(); });
}

Relay::~Relay() {
  if (!thread_.joinable()) return;
  stop_ = true;
  (void)finish(true);
}

std::string Relay::next() {
  std::unique_lock lock(mutex_);
  told_.wait(lock, [this] { return over_ || !held_.empty(); });
  if (held_.empty()) return {};
  std::string out = std::move(held_.front());
  held_.pop_front();
  const bool was_full = held_bytes_ >= limits_.ahead_bytes;
  held_bytes_ -= out.size();
  if (was_full) wake();
  return out;
}

std::uint64_t Relay::unpacked_bytes_max() const noexcept {
  namespace limits = core::base::limits;
  if (!packed_) return bytes_;
  return (bytes_ + 1) * limits::unpacked_ratio_max + limits::unpacked_free_bytes;
}

Passed Relay::finish(bool kill) {
  if (kill) {
    kill_ = true;
    wake();
  }
  thread_.join();
  return std::move(passed_);
}

void Relay::wake() {
  const std::uint64_t one = 1;
  (void)!::write(wake_.number(), &one, sizeof one);
}

void Relay::run() {
  no_broken_pipe_signal();
  carry();
  if (kill_ || passed_.stalled || passed_.source_error) child_.kill();
  passed_.status = child_.end(core::base::limits::parser_end_limit);
  say_over();
  while (!source_ended_ && !stop_) read_source();
  passed_.bytes = bytes_;
  passed_.sha256 = core::ports::hex(hash_.finish());
}

/// Carries bytes both ways until the child's records are at their end.
void Relay::carry() {
  while (!kill_ && !passed_.source_error) {
    if (child_.in().is_open() && written_ == chunk_.size()) {
      if (!source_ended_) read_source();
      if (source_ended_) child_.in().close();
      if (passed_.source_error) return;
    }
    const bool room = has_room();
    std::array<pollfd, 3> waits{{{wake_.number(), POLLIN, 0},
                                 {room ? child_.out().number() : -1, POLLIN, 0},
                                 {child_.in().number(), POLLOUT, 0}}};
    const auto patience = static_cast<int>(limits_.stall.count());
    const int ready = ::poll(waits.data(), waits.size(), patience);
    if (ready < 0 && errno != EINTR) return;
    if (ready == 0 && room) {
      passed_.stalled = true;
      return;
    }
    std::uint64_t ignored = 0;
    if (waits[0].revents != 0) (void)!::read(wake_.number(), &ignored, sizeof ignored);
    if (waits[2].revents != 0) write_some();
    if (waits[1].revents != 0) read_some();
    if (!child_.out().is_open()) return;
  }
}

void Relay::read_source() {
  if (chunk_.capacity() > 2 * kReadBytes) std::string().swap(chunk_);  // the head was longer
  chunk_.resize(kReadBytes);
  written_ = 0;
  auto got = source_.read(chunk_.data(), chunk_.size());
  chunk_.resize(got ? *got : 0);
  source_ended_ = chunk_.empty();
  if (!got) passed_.source_error = std::move(got).error();
  hash_.feed(chunk_);
  if (magic_.size() < wire::compress::magic_bytes) {
    magic_.append(chunk_, 0, wire::compress::magic_bytes - magic_.size());
    packed_ = wire::compress::packing_of(magic_) != wire::compress::Packing::none;
  }
  bytes_ += chunk_.size();
}

void Relay::write_some() {
  const ssize_t wrote =
      ::write(child_.in().number(), chunk_.data() + written_, chunk_.size() - written_);
  if (wrote >= 0) {
    written_ += static_cast<std::size_t>(wrote);
  } else if (!try_again()) {
    child_.in().close();
  }
}

void Relay::read_some() {
  const ssize_t got = ::read(child_.out().number(), buffer_.data(), buffer_.size());
  if (got < 0 && try_again()) return;
  if (got <= 0) return child_.out().close();
  const std::lock_guard lock(mutex_);
  held_.emplace_back(buffer_.data(), static_cast<std::size_t>(got));
  held_bytes_ += static_cast<std::size_t>(got);
  told_.notify_one();
}

bool Relay::has_room() {
  const std::lock_guard lock(mutex_);
  return held_bytes_ < limits_.ahead_bytes;
}

void Relay::say_over() {
  const std::lock_guard lock(mutex_);
  over_ = true;
  told_.notify_one();
}

}  // namespace ig::adapters::rti
