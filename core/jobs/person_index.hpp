#pragma once

#include "core/values/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ig::core::jobs {

/// Registered people by packed NINO (Nino::packed), in memory: the answer to "is this one of
/// ours?" for each employee of a bulk file. Open addressing, at most half full; 16 bytes a slot.
/// Built once, then read by one thread or many.
class PersonIndex {
 public:
  void add(std::uint64_t packed, values::PersonId person);
  [[nodiscard]] std::optional<values::PersonId> find(std::uint64_t packed) const;
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Gives `take` each packed NINO, in no order.
  template <class Take>
  void each(const Take& take) const {
    for (const Slot& slot : slots_) {
      if (slot.packed != 0) take(slot.packed);
    }
  }

 private:
  struct Slot {
    std::uint64_t packed = 0;  ///< 0: free (no NINO packs to zero)
    std::int64_t person = 0;
  };
  void grow();
  void place(std::uint64_t packed, std::int64_t person);

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace ig::core::jobs
