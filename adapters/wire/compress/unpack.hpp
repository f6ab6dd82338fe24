#pragma once

#include "core/ports/bulk_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace ig::adapters::wire::compress {

/// Which packed files are taken.
struct Packings {
  bool gzip = true;
  bool zstd = true;
  friend bool operator==(const Packings&, const Packings&) = default;
};

/// How a file is packed, by its first bytes.
enum class Packing : std::uint8_t { none, gzip, zstd };
inline constexpr std::size_t magic_bytes = 4;

/// Of the first `magic_bytes` bytes of a file, or of all it has (RFC 1952 2.3.1, RFC 8878 3.1.1).
[[nodiscard]] Packing packing_of(std::string_view front);

/// The bytes of a source, unpacked when they are packed; others pass as they are. Several gzip
/// members or zstd frames one after another are one file. One thread.
class UnpackedSource final : public core::ports::ByteSource {
 public:
  /// `packed` must outlive it.
  UnpackedSource(core::ports::ByteSource& packed, Packings allowed);
  ~UnpackedSource() override;
  UnpackedSource(const UnpackedSource&) = delete;
  UnpackedSource& operator=(const UnpackedSource&) = delete;

  /// Errors: what the source gives; and, see fault(): NOT_XML of a packing that is not taken or of
  /// broken bytes, TRUNCATED, LIMIT_EXCEEDED (limits::unpacked_bytes_max, unpacked_ratio_max,
  /// zstd_window_log_max).
  [[nodiscard]] core::base::Result<std::size_t> read(char* to, std::size_t size) override;
  /// What is wrong with the packed bytes; nothing is read after it.
  [[nodiscard]] const std::optional<core::base::Error>& fault() const noexcept { return fault_; }

  /// One format's library, on its way through a file.
  class Engine;

 private:
  [[nodiscard]] core::base::Result<void> begin();
  [[nodiscard]] core::base::Result<void> refill();
  [[nodiscard]] core::base::Result<std::size_t> unpack(char* to, std::size_t size);
  [[nodiscard]] core::base::Error wrong(core::base::ErrorCode code, const char* why);

  core::ports::ByteSource& packed_;
  Packings allowed_;
  std::unique_ptr<char[]> buffer_;
  std::size_t from_ = 0;  ///< of the bytes in `buffer_` that were not used
  std::size_t to_ = 0;
  bool begun_ = false;
  bool ended_ = false;  ///< the source
  std::uint64_t in_ = 0;
  std::uint64_t out_ = 0;
  std::unique_ptr<Engine> engine_;  ///< none: the bytes are not packed
  std::optional<core::base::Error> fault_;
};

}  // namespace ig::adapters::wire::compress
