#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>

namespace ig::bench {

/// The most memory that this process and its children had at one time since it was made. A thread
/// looks every few milliseconds: the kernel's own peak of a child begins with that of its parent.
class PeakMemory {
 public:
  PeakMemory() : thread_([this] { watch(); }) {}
  ~PeakMemory() { (void)kilobytes(); }
  PeakMemory(const PeakMemory&) = delete;
  PeakMemory& operator=(const PeakMemory&) = delete;

  /// Ends the watch.
  [[nodiscard]] long kilobytes() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    told_.notify_one();
    if (thread_.joinable()) thread_.join();
    return peak_;
  }

 private:
  static long resident_kilobytes(const std::string& process) {
    std::ifstream in("/proc/" + process + "/statm");
    long all = 0;
    long resident = 0;
    in >> all >> resident;
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
  }
  static std::string words(const std::string& process) {
    std::ifstream in("/proc/" + process + "/cmdline");
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  void watch() {
    const std::string list = "/proc/self/task/" + std::to_string(getpid()) + "/children";
    const std::string ours = words("self");
    std::unique_lock lock(mutex_);
    do {
      long now = resident_kilobytes("self");
      std::ifstream children(list);
      for (std::string child; children >> child;) {
        // Until a child has become its program it has our memory.
        if (words(child) != ours) now += resident_kilobytes(child);
      }
      peak_ = std::max(peak_, now);
    } while (!told_.wait_for(lock, std::chrono::milliseconds{3}, [this] { return done_; }));
  }

  std::mutex mutex_;
  std::condition_variable told_;
  bool done_ = false;
  long peak_ = 0;
  std::thread thread_;
};

}  // namespace ig::bench
