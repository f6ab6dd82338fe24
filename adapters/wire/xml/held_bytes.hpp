#pragma once

#include "core/base/require.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ig::adapters::wire::xml {

/// The bytes of a document from the element that is open on, or from where the parser stands: what
/// a reader keeps so that it can show the exact bytes of an element that just ended. Positions
/// count from the document's first byte. One thread.
class HeldBytes {
 public:
  /// The bytes from `from` up to `to`; they are held.
  [[nodiscard]] std::string_view bytes(std::uint64_t from, std::uint64_t to) const {
    core::base::require(from >= base_ && to >= from && to - base_ <= held_.size(),
                        "the bytes of an open element are held");
    return std::string_view(held_).substr(from - base_, to - from);
  }
  void add(std::string_view piece) { held_.append(piece); }
  void drop_before(std::uint64_t offset) {
    if (offset <= base_) return;
    held_.erase(0, offset - base_);
    base_ = offset;
  }
  [[nodiscard]] std::size_t size() const noexcept { return held_.size(); }

 private:
  std::string held_;
  std::uint64_t base_ = 0;
};

}  // namespace ig::adapters::wire::xml
