#include "core/jobs/name_index.hpp"

#include <algorithm>

namespace ig::core::jobs {

void NameIndex::sort() {
  std::ranges::sort(entries_);
  const auto twice = std::ranges::unique(entries_);
  entries_.erase(twice.begin(), twice.end());
  entries_.shrink_to_fit();
}

std::vector<values::PersonId> NameIndex::find(std::uint64_t key) const {
  std::vector<values::PersonId> out;
  for (auto at = std::ranges::lower_bound(entries_, Entry{key, 0}, {}, {});
       at != entries_.end() && at->key == key; ++at) {
    out.push_back(values::PersonId{at->person});
  }
  return out;
}

}  // namespace ig::core::jobs
