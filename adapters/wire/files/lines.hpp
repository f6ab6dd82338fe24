#pragma once

#include "core/base/limits.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::wire::files {

/// One line of a text of lines.
struct Line {
  std::string_view text;     ///< without its end; valid until the next call of next()
  std::uint64_t number = 0;  ///< from 1, empty lines counted
  std::uint64_t offset = 0;  ///< bytes before it, from where the reading began
  bool too_long = false;     ///< longer than limits::line_bytes_max: skipped whole, text is empty
};

/// Reads lines from a file descriptor in constant memory. Lines end in "\n" or "\r\n"; the last
/// one needs no end. Lines of white space only are skipped but counted. The descriptor is the
/// caller's and is not closed. One thread.
class LineReader {
 public:
  explicit LineReader(int descriptor);

  /// The next line that is not empty; nothing at the end. Errors: UNREADABLE.
  [[nodiscard]] core::base::Result<std::optional<Line>> next();

  /// Can next() answer without waiting for input? Where not, a caller first writes out what it has,
  /// so that a peer that waits for its answer gets it.
  [[nodiscard]] bool ready() const noexcept;

  /// Bytes read so far.
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  /// Makes room and reads more. False at the end of the input.
  core::base::Result<bool> fill();
  core::base::Result<std::optional<Line>> next_any();

  int descriptor_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< of what is read and not given out
  std::size_t end_ = 0;
  std::uint64_t number_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t offset_ = 0;  ///< of the line that comes next
  bool at_end_ = false;
};

/// Writes to a file descriptor through a buffer. The descriptor is the caller's and is not closed.
/// After a failed write nothing more is written and flush() tells. One thread.
class BufferedOutput {
 public:
  explicit BufferedOutput(int descriptor) : descriptor_(descriptor) {}

  /// The buffer, to append to; call written() after each record.
  [[nodiscard]] std::string& buffer() noexcept { return buffer_; }
  /// Writes the buffer out when it is large enough.
  void written();
  void add(std::string_view text) {
    buffer_.append(text);
    written();
  }
  /// Writes out what is left. Errors: UNREADABLE when this or an earlier write failed.
  [[nodiscard]] core::base::Result<void> flush();
  [[nodiscard]] bool failed() const noexcept { return failed_; }

 private:
  void write_out();

  int descriptor_;
  std::string buffer_;
  bool failed_ = false;
};

}  // namespace ig::adapters::wire::files
