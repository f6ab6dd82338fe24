#include "adapters/wire/files/lines.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace ig::adapters::wire::files {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
namespace limits = core::base::limits;

constexpr std::size_t kChunkBytes = 64 * 1024;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

LineReader::LineReader(int descriptor) : descriptor_(descriptor), buffer_(2 * kChunkBytes) {}

bool LineReader::ready() const noexcept {
  return at_end_ || std::memchr(buffer_.data() + begin_, '\n', end_ - begin_) != nullptr;
}

Result<bool> LineReader::fill() {
  if (at_end_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() - end_ < kChunkBytes) buffer_.resize(buffer_.size() + kChunkBytes);
  ssize_t got = 0;
  do {
    got = ::read(descriptor_, buffer_.data() + end_, kChunkBytes);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return Error{ErrorCode::UNREADABLE, {}, "the input could not be read to its end"};
  at_end_ = got == 0;
  end_ += static_cast<std::size_t>(got);
  bytes_ += static_cast<std::uint64_t>(got);
  return got > 0;
}

Result<std::optional<Line>> LineReader::next_any() {
  std::size_t searched = 0;
  bool too_long = false;
  while (true) {
    const char* start = buffer_.data() + begin_;
    const std::size_t length = end_ - begin_;
    const void* found =
        length == searched ? nullptr : std::memchr(start + searched, '\n', length - searched);
    if (found == nullptr) {
      searched = length;
      if (length > limits::line_bytes_max + 1) {
        // One byte more than a line and "\r" may have: drop what is there and look for the end.
        too_long = true;
        begin_ = end_;
        searched = 0;
      }
      auto more = fill();
      if (!more) return std::move(more).error();
      if (*more) continue;
      if (begin_ == end_ && !too_long) return std::optional<Line>();
    }
    const char* line = buffer_.data() + begin_;
    std::size_t size = found == nullptr
                           ? end_ - begin_
                           : static_cast<std::size_t>(static_cast<const char*>(found) - line);
    begin_ += size + (found == nullptr ? 0 : 1);
    if (size > 0 && line[size - 1] == '\r') --size;
    Line out{{line, size}, ++number_, offset_, too_long || size > limits::line_bytes_max};
    offset_ = bytes_ - (end_ - begin_);
    if (out.too_long) out.text = {};
    return std::optional(out);
  }
}

Result<std::optional<Line>> LineReader::next() {
  while (true) {
    auto line = next_any();
    if (!line || !*line || (*line)->too_long || !is_blank((*line)->text)) return line;
  }
}

void BufferedOutput::written() {
  if (buffer_.size() >= kChunkBytes) write_out();
}

void BufferedOutput::write_out() {
  std::size_t at = 0;
  while (at < buffer_.size() && !failed_) {
    const ssize_t put = ::write(descriptor_, buffer_.data() + at, buffer_.size() - at);
    if (put < 0 && errno == EINTR) continue;
    failed_ = put < 0;
    if (!failed_) at += static_cast<std::size_t>(put);
  }
  buffer_.clear();
}

Result<void> BufferedOutput::flush() {
  write_out();
  if (failed_) return Error{ErrorCode::UNREADABLE, {}, "the output could not be written"};
  return {};
}

}  // namespace ig::adapters::wire::files
