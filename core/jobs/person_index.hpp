#pragma once

#include "core/jobs/name_index.hpp"
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
  /// The same people by name.
  [[nodiscard]] NameIndex& names() noexcept { return names_; }
  [[nodiscard]] const NameIndex& names() const noexcept { return names_; }
  /// How often each_key() gives one.
  [[nodiscard]] std::size_t keys() const noexcept { return size_ + names_.size(); }
  /// Gives `take` all by which somebody is found: packed NINOs and keys of names, in no order.
  template <class Take>
  void each_key(const Take& take) const {
    for (const Slot& slot : slots_) {
      if (slot.packed != 0) take(slot.packed);
    }
    names_.each(take);
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
  NameIndex names_;
};

}  // namespace ig::core::jobs
