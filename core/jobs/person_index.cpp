#include "core/jobs/person_index.hpp"

#include "core/base/require.hpp"

namespace ig::core::jobs {
namespace {

/// Spreads a packed NINO over all 64 bits (the finaliser of SplitMix64).
std::uint64_t mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
  return bits ^ (bits >> 31U);
}

}  // namespace

void PersonIndex::add(std::uint64_t packed, values::PersonId person) {
  base::require(packed != 0, "a packed NINO is never zero");
  if ((size_ + 1) * 2 > slots_.size()) grow();
  place(packed, person.value);
}

std::optional<values::PersonId> PersonIndex::find(std::uint64_t packed) const {
  if (slots_.empty()) return std::nullopt;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = mix(packed) & mask;; at = (at + 1) & mask) {
    if (slots_[at].packed == packed) return values::PersonId{slots_[at].person};
    if (slots_[at].packed == 0) return std::nullopt;
  }
}

void PersonIndex::grow() {
  const std::size_t wanted = slots_.empty() ? 1024 : slots_.size() * 2;
  std::vector<Slot> old(wanted);
  old.swap(slots_);
  size_ = 0;
  for (const Slot& slot : old) {
    if (slot.packed != 0) place(slot.packed, slot.person);
  }
}

void PersonIndex::place(std::uint64_t packed, std::int64_t person) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = mix(packed) & mask;
  while (slots_[at].packed != 0 && slots_[at].packed != packed) at = (at + 1) & mask;
  if (slots_[at].packed == 0) ++size_;
  slots_[at] = {packed, person};
}

}  // namespace ig::core::jobs
