#include "adapters/hmrc/correlation_id.hpp"

#include <cstdint>

namespace ig::adapters::hmrc {
namespace {

/// Writes the last `width` hex digits of a number from `at` on.
void put_hex(std::string& out, std::size_t at, std::size_t width, std::uint64_t number) {
  for (std::size_t i = width; i > 0; --i) {
    out[at + i - 1] = "0123456789abcdef"[number & 15U];
    number >>= 4U;
  }
}

}  // namespace

std::string make_correlation_id(core::base::Random& random) {
  const std::uint64_t high = (random.next() & ~0xF000ULL) | 0x4000ULL;
  const std::uint64_t low = (random.next() & ~(3ULL << 62U)) | (2ULL << 62U);
  std::string out = "00000000-0000-0000-0000-000000000000";
  put_hex(out, 0, 8, high >> 32U);
  put_hex(out, 9, 4, high >> 16U);
  put_hex(out, 14, 4, high);
  put_hex(out, 19, 4, low >> 48U);
  put_hex(out, 24, 12, low);
  return out;
}

}  // namespace ig::adapters::hmrc
