#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace ig::core::ports {

/// SHA-256 (FIPS 180-4), the one hash of the gateway. Not safe for two threads at once.
class Digest {
 public:
  virtual ~Digest() = default;
  [[nodiscard]] virtual std::array<std::byte, 32> sha256(std::string_view bytes) = 0;
};

/// Lower-case hex of the first `count` bytes of a digest.
[[nodiscard]] inline std::string hex(const std::array<std::byte, 32>& digest,
                                     std::size_t count = 32) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out(count * 2, '0');
  for (std::size_t i = 0; i < count; ++i) {
    const auto byte = static_cast<unsigned>(digest[i]);
    out[2 * i] = digits[byte >> 4U];
    out[2 * i + 1] = digits[byte & 15U];
  }
  return out;
}

}  // namespace ig::core::ports
