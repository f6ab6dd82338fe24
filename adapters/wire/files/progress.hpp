#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ig::adapters::wire::files {

/// A line on a terminal that says how far a long piece of work is: "assess: 120000 lines". Silent
/// where the descriptor is no terminal and for the first second. One thread.
class Progress {
 public:
  /// `what` is the command, `of` what it counts; `total` 0 when it is not known.
  Progress(int descriptor, std::string what, std::string of, std::uint64_t total = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more is done.
  void step() { at(done_ + 1); }
  void at(std::uint64_t done);

 private:
  void show();

  int descriptor_;
  std::string what_;
  std::string of_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  std::uint64_t look_at_ = 0;
  std::chrono::steady_clock::time_point next_;
  bool terminal_;
  bool shown_ = false;
};

}  // namespace ig::adapters::wire::files
