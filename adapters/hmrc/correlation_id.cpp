#include "adapters/hmrc/correlation_id.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace ig::adapters::hmrc {

std::string make_correlation_id(core::base::Random& random) {
  const std::uint64_t high = (random.next() & ~0xF000ULL) | 0x4000ULL;
  const std::uint64_t low = (random.next() & ~(3ULL << 62U)) | (2ULL << 62U);
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U, high >> 16U & 0xFFFFU,
                     high & 0xFFFFU, low >> 48U, low & 0xFFFF'FFFF'FFFFULL);
}

}  // namespace ig::adapters::hmrc
