#pragma once

#include "core/base/result.hpp"
#include "core/facts/fact.hpp"
#include "core/values/nino.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace ig::adapters::cli {

/// A record of a file that was refused.
struct RefusedLine {
  std::uint64_t offset = 0;  ///< where its line begins
  std::string id;            ///< as far as it was readable
  core::base::Error error;
};

/// What stands in a file of fact lines about some people: read once to find whose line each is,
/// then a person at a time, so that a nation's history needs little memory. The file is not changed
/// meanwhile. After `open` safe for many threads, each with a Reader of its own.
class FactFile {
 public:
  /// Slot numbers by packed NINO: whose facts are wanted.
  using People = std::unordered_map<std::uint64_t, std::uint32_t>;

  /// Lines that were counted and not kept.
  struct Counts {
    std::uint64_t unmatched = 0;  ///< about somebody who is not asked about
    std::uint64_t held = 0;       ///< under a number that names nobody for certain
  };

  /// Finds whose line each is, on `threads` threads. Errors: UNREADABLE (no plain file, or reading
  /// it fails).
  [[nodiscard]] static core::base::Result<std::unique_ptr<FactFile>> open(const std::string& file,
                                                                          const People& people,
                                                                          unsigned threads);
  ~FactFile();
  FactFile(const FactFile&) = delete;
  FactFile& operator=(const FactFile&) = delete;

  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }
  [[nodiscard]] std::vector<RefusedLine>& refused() noexcept { return refused_; }

  /// The facts of one slot, in the order of the file. Lines that are no proper fact go to
  /// `refused`. Errors: UNREADABLE.
  [[nodiscard]] core::base::Result<std::vector<core::facts::Fact>> facts_of(
      std::uint32_t slot, std::vector<RefusedLine>& refused) const;

  /// The numbers of the lines at these offsets, from 1. Errors: UNREADABLE.
  [[nodiscard]] core::base::Result<std::vector<std::uint64_t>> line_numbers(
      const std::vector<std::uint64_t>& sorted_offsets) const;

 private:
  struct Place {
    std::uint32_t slot;
    std::uint32_t bytes;
    std::uint64_t offset;
  };
  struct Slice;

  FactFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  static void read_slice(const std::string& file, const People& people, Slice& slice);
  [[nodiscard]] core::base::Result<std::string> text_at(const Place& place) const;

  int descriptor_;
  std::uint64_t size_;
  Counts counts_;
  std::vector<Place> places_;  ///< by slot, then offset
  std::vector<RefusedLine> refused_;
};

}  // namespace ig::adapters::cli
