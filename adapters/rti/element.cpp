#include "adapters/rti/element.hpp"

#include "core/base/require.hpp"

#include <bit>

namespace ig::adapters::rti {

std::size_t ElementTable::slot(const char* key) noexcept {
  const auto bits = static_cast<std::uint64_t>(std::bit_cast<std::uintptr_t>(key));
  return static_cast<std::size_t>((bits * 0x9E3779B97F4A7C15ULL) >> 54U);
}

void ElementTable::add(const char* key, El element) {
  std::size_t at = slot(key);
  for (std::size_t tried = 0; rows_[at].key != nullptr; ++tried) {
    core::base::require(tried < slots - 1, "the table of elements has room");
    at = (at + 1) % slots;
  }
  rows_[at] = {key, element};
}

}  // namespace ig::adapters::rti
