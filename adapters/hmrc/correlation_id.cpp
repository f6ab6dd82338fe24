#include "adapters/hmrc/correlation_id.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace ig::adapters::hmrc {

std::string correlation_id(core::base::Random& random) {
  constexpr std::uint64_t version_4 = 0x4000;
  constexpr std::uint64_t variant = 0x8000000000000000U;
  const std::uint64_t high = (random.next() & ~std::uint64_t{0xF000}) | version_4;
  const std::uint64_t low = (random.next() & ~std::uint64_t{0xC000000000000000U}) | variant;
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xFFFFU,
                     high & 0xFFFFU, low >> 48U, low & 0xFFFFFFFFFFFFU);
}

}  // namespace ig::adapters::hmrc
