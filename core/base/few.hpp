#pragma once

#include "core/base/require.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace ig::core::base {

/// A list of at most `Most` small values that lies in place, without the heap. One more is a
/// broken promise.
template <class T, std::size_t Most>
class Few {
 public:
  constexpr void add(T value) {
    require(count_ < Most, "a short list is not overfilled");
    items_[count_++] = value;
  }
  [[nodiscard]] constexpr const T* begin() const noexcept { return items_.data(); }
  [[nodiscard]] constexpr const T* end() const noexcept { return items_.data() + count_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }

 private:
  std::array<T, Most> items_{};
  std::uint8_t count_ = 0;
};

}  // namespace ig::core::base
