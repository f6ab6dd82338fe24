#pragma once

#include "core/base/result.hpp"

#include <chrono>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace ig::adapters::rti {

/// A file descriptor with an owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }

  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
  void close() noexcept;

 private:
  int number_ = -1;
};

/// The word after a program's name by which it knows that it is a parser's child.
inline constexpr const char* kChildWord = "parse-child";

/// Which program is a child, and how it is called.
struct ChildProgram {
  std::string file = "/proc/self/exe";
  std::vector<std::string> arguments = {"income-gateway", kChildWord};
};

/// A process of our own with two descriptors: it reads what is written to in() and what it writes
/// is read from out(). It has no environment, and no other descriptor of ours. Killed and waited
/// for at the latest when its object goes, so that none is left behind. One thread at a time.
class ChildProcess {
 public:
  /// Starts one by posix_spawn. Errors: PARSER_FAILED.
  [[nodiscard]] static core::base::Result<ChildProcess> start(const ChildProgram& program);
  ~ChildProcess() { (void)end(std::chrono::milliseconds{0}); }
  ChildProcess(ChildProcess&& other) noexcept
      : pid_(std::exchange(other.pid_, -1)),
        in_(std::move(other.in_)),
        out_(std::move(other.out_)) {}
  ChildProcess& operator=(ChildProcess&&) = delete;

  [[nodiscard]] Descriptor& in() noexcept { return in_; }    ///< written to; does not block
  [[nodiscard]] Descriptor& out() noexcept { return out_; }  ///< read from; does not block
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  void kill() noexcept;
  /// Waits for its end, kills it when that does not come in time, and gives its wait status; -1
  /// when it was waited for before.
  int end(std::chrono::milliseconds patience) noexcept;

 private:
  ChildProcess(pid_t pid, Descriptor in, Descriptor out) noexcept
      : pid_(pid), in_(std::move(in)), out_(std::move(out)) {}

  pid_t pid_ = -1;
  Descriptor in_;
  Descriptor out_;
};

/// "was killed by signal 31", "ended with status 1": of a wait status.
[[nodiscard]] std::string how_it_ended(int status);

}  // namespace ig::adapters::rti
