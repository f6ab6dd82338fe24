#pragma once

#include "core/ports/bulk_reader.hpp"

#include <string>
#include <string_view>

namespace ig::adapters::cli {

/// Wants nobody: for looking at a document without keeping anything of it.
class Onlooker final : public core::ports::BulkVisitor {
 public:
  [[nodiscard]] bool wanted(const core::values::Nino&) override { return false; }
  core::base::Result<void> employee(core::ports::EmployeePiece&&) override { return {}; }
};

/// Bytes in memory as a ByteSource; the text must outlive it.
class TextSource final : public core::ports::ByteSource {
 public:
  explicit TextSource(std::string_view text) : rest_(text) {}
  [[nodiscard]] core::base::Result<std::size_t> read(char* to, std::size_t size) override {
    const std::size_t count = rest_.copy(to, size);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

}  // namespace ig::adapters::cli
