#pragma once

#include "core/ports/bulk_reader.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace ig::tests::support {

/// A text as a source of bytes that gives at most `step` of them at a time.
class TextSource final : public core::ports::ByteSource {
 public:
  explicit TextSource(std::string text, std::size_t step = std::size_t{1} << 16U)
      : text_(std::move(text)), step_(step) {}
  [[nodiscard]] core::base::Result<std::size_t> read(char* to, std::size_t size) override {
    const std::size_t count = std::min({size, step_, text_.size() - at_});
    std::copy_n(text_.data() + at_, count, to);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t step_;
  std::size_t at_ = 0;
};

}  // namespace ig::tests::support
