#include "adapters/rti/people_filter.hpp"

#include "core/base/limits.hpp"
#include "core/base/require.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace ig::adapters::rti {
namespace {

constexpr std::size_t bits_a_person = 16;
constexpr std::size_t words_a_line = 8;
constexpr std::size_t bits_a_line = 64 * words_a_line;
constexpr unsigned probes = 5;

/// Spreads a packed NINO over all 64 bits (the finaliser of SplitMix64).
std::uint64_t mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
  return bits ^ (bits >> 31U);
}

}  // namespace

PeopleFilter::PeopleFilter(std::size_t people) {
  constexpr std::size_t words_max = core::base::limits::people_filter_bytes_max / 8;
  const std::size_t lines = std::bit_ceil(people * bits_a_person / bits_a_line + 1);
  words_.resize(std::min(lines * words_a_line, words_max));
}

PeopleFilter PeopleFilter::everybody() { return PeopleFilter(); }

PeopleFilter PeopleFilter::of(std::string_view bytes) {
  PeopleFilter out;
  out.words_.resize(bytes.size() / 8);
  core::base::require(bytes.empty() || (std::has_single_bit(out.words_.size()) &&
                                        out.words_.size() >= words_a_line),
                      "a filter is a power of two of whole lines");
  if (!bytes.empty()) std::memcpy(out.words_.data(), bytes.data(), out.words_.size() * 8);
  return out;
}

void PeopleFilter::add(std::uint64_t packed) {
  const std::uint64_t hash = mix(packed);
  std::uint64_t* line = &words_[(hash & (words_.size() / words_a_line - 1)) * words_a_line];
  for (unsigned i = 0, shift = 64 - 9; i < probes; ++i, shift -= 9) {
    const std::uint64_t bit = hash >> shift & (bits_a_line - 1);
    line[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
}

bool PeopleFilter::may_hold(std::uint64_t packed) const {
  if (words_.empty()) return true;
  const std::uint64_t hash = mix(packed);
  const std::uint64_t* line = &words_[(hash & (words_.size() / words_a_line - 1)) * words_a_line];
  for (unsigned i = 0, shift = 64 - 9; i < probes; ++i, shift -= 9) {
    const std::uint64_t bit = hash >> shift & (bits_a_line - 1);
    if ((line[bit / 64] >> (bit % 64) & 1U) == 0) return false;
  }
  return true;
}

std::string_view PeopleFilter::bytes() const noexcept {
  return {reinterpret_cast<const char*>(words_.data()), words_.size() * 8};
}

}  // namespace ig::adapters::rti
