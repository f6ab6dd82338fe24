#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
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
  struct Pages {
    long mapped = 0;
    long resident = 0;
  };
  static Pages pages(const std::string& process) {
    std::ifstream in("/proc/" + process + "/statm");
    Pages out;
    in >> out.mapped >> out.resident;
    return out;
  }

  void watch() {
    const std::string self = "/proc/self/task/" + std::to_string(getpid()) + "/children";
    std::unique_lock lock(mutex_);
    do {
      const Pages ours = pages("self");
      long now = ours.resident;
      std::ifstream children(self);
      for (std::string child; children >> child;) {
        const Pages its = pages(child);
        if (its.mapped != ours.mapped) now += its.resident;  // as long as it is spawned it has ours
      }
      peak_ = std::max(peak_, now * (sysconf(_SC_PAGESIZE) / 1024));
    } while (!told_.wait_for(lock, std::chrono::milliseconds{3}, [this] { return done_; }));
  }

  std::mutex mutex_;
  std::condition_variable told_;
  bool done_ = false;
  long peak_ = 0;
  std::thread thread_;
};

}  // namespace ig::bench
