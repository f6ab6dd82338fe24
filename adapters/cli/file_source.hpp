#pragma once

#include "core/ports/bulk_reader.hpp"

#include <memory>
#include <string>

namespace ig::adapters::cli {

/// The bytes of a plain file, or of standard input for "-". A folder, pipe, socket or device under
/// a file's name is refused. Owns its descriptor. One thread.
class FileSource final : public core::ports::ByteSource {
 public:
  /// Errors: UNREADABLE.
  [[nodiscard]] static core::base::Result<std::unique_ptr<FileSource>> open(
      const std::string& file);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  [[nodiscard]] core::base::Result<std::size_t> read(char* to, std::size_t size) override;

 private:
  explicit FileSource(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace ig::adapters::cli
