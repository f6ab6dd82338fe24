#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::rti {

/// Whom a document is read for, as the parser's child is told: a Bloom filter of packed NINOs
/// (Nino::packed) and name keys (values::name_key) with 16 bits each in one cache line. It never
/// says no to somebody who was added and says yes to about one in a thousand others, whose records
/// the gateway then drops; the numbers themselves are not in it. Built once, then read by one
/// thread or many.
class PeopleFilter {
 public:
  /// Room for so many numbers and keys; with none of them added it holds nobody.
  explicit PeopleFilter(std::size_t people);
  /// Everybody whom an index finds: it has keys() and each_key().
  template <class Index>
  [[nodiscard]] static PeopleFilter of_index(const Index& index) {
    PeopleFilter out(index.keys());
    index.each_key([&out](std::uint64_t key) { out.add(key); });
    return out;
  }
  /// Everybody, and people without a NINO too.
  [[nodiscard]] static PeopleFilter everybody();
  /// The filter of these bytes; nothing is checked but their number, which is a power of two.
  [[nodiscard]] static PeopleFilter of(std::string_view bytes);

  void add(std::uint64_t packed);
  [[nodiscard]] bool may_hold(std::uint64_t packed) const;
  [[nodiscard]] bool holds_everybody() const noexcept { return words_.empty(); }
  /// The filter's bits; empty for everybody.
  [[nodiscard]] std::string_view bytes() const noexcept;

 private:
  PeopleFilter() = default;
  std::vector<std::uint64_t> words_;  ///< lines of eight; a power of two of them
};

}  // namespace ig::adapters::rti
