#pragma once

#include "adapters/rti/child_process.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "core/ports/bulk_reader.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace ig::adapters::rti {

/// How long a child may stand still, and how much it may run ahead of who takes its records.
struct RelayLimits {
  std::chrono::milliseconds stall;
  std::size_t ahead_bytes = 0;
};

/// What came of passing one document through a child.
struct Passed {
  std::string sha256;       ///< of all bytes of the document, whether or not the child took them
  std::uint64_t bytes = 0;  ///< of the document
  std::optional<core::base::Error> source_error;
  bool stalled = false;  ///< the child stood still and was killed
  int status = 0;        ///< the child's wait status
};

/// Carries one document to a child and its records back, with a thread of its own, so that the
/// child never waits for who stages them: up to `ahead_bytes` are held. Hashes the document on the
/// way. The source is read by that thread and must outlive this object. next() and finish() are
/// for one other thread.
class Relay {
 public:
  /// `head` goes to the child before the document.
  Relay(ChildProcess child, core::ports::ByteSource& source, std::string head, RelayLimits limits);
  /// Kills the child when it has not ended, and joins.
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  /// Waits for the next bytes of records; empty when there are no more.
  [[nodiscard]] std::string next();
  /// What the bytes of the document that were read so far may have become: of one that is packed
  /// nobody here knows how many there are.
  [[nodiscard]] std::uint64_t unpacked_bytes_max() const noexcept;
  /// Waits for the child's end and that of the document; called once, and next() not after it.
  /// `kill`: the child is not waited for.
  [[nodiscard]] Passed finish(bool kill);

 private:
  void run();
  void carry();
  void read_source();
  void write_some();
  void read_some();
  [[nodiscard]] bool has_room();
  void say_over();
  void wake();

  ChildProcess child_;
  core::ports::ByteSource& source_;
  RelayLimits limits_;
  wire::crypto::Sha256Stream hash_;
  std::vector<char> buffer_;
  std::string chunk_;        ///< bytes on their way to the child
  std::size_t written_ = 0;  ///< of them
  bool source_ended_ = false;
  Passed passed_;
  Descriptor wake_;  ///< an eventfd: there is room in `held_`, or it is time to end
  std::atomic<std::uint64_t> bytes_{0};
  std::string magic_;  ///< the document's first bytes
  std::atomic<bool> packed_{false};
  std::atomic<bool> kill_{false};  ///< the child's records are of no more use
  std::atomic<bool> stop_{false};  ///< nor is the document

  std::mutex mutex_;
  std::condition_variable told_;
  std::deque<std::string> held_;
  std::size_t held_bytes_ = 0;
  bool over_ = false;  ///< no more records will come
  std::thread thread_;
};

}  // namespace ig::adapters::rti
