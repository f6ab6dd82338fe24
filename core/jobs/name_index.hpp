#pragma once

#include "core/values/ids.hpp"

#include <cstdint>
#include <vector>

namespace ig::core::jobs {

/// Registered people by surname and birth date (values::name_key), in memory: who may be meant by
/// an employee without a National Insurance number. 16 bytes an entry; a person has one for each
/// surname. Filled, sorted once, then read by one thread or many.
class NameIndex {
 public:
  void add(std::uint64_t key, values::PersonId person) { entries_.push_back({key, person.value}); }
  /// To be called after the last add() and before the first find().
  void sort();
  /// Everybody under the key, each once, in order of id.
  [[nodiscard]] std::vector<values::PersonId> find(std::uint64_t key) const;
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  /// Gives `take` each key, some more than once.
  template <class Take>
  void each(const Take& take) const {
    for (const Entry& entry : entries_) take(entry.key);
  }

 private:
  struct Entry {
    std::uint64_t key = 0;
    std::int64_t person = 0;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> entries_;
};

}  // namespace ig::core::jobs
