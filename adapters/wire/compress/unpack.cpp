#include "adapters/wire/compress/unpack.hpp"

#include "core/base/limits.hpp"
#include "core/base/require.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <zlib.h>
#include <zstd.h>

namespace ig::adapters::wire::compress {
namespace {

namespace limits = core::base::limits;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr std::size_t kBufferBytes = 64 * 1024;

}  // namespace

/// What one step came to.
enum class Step : std::uint8_t { go_on, broken, too_wide };

class UnpackedSource::Engine {
 public:
  virtual ~Engine() = default;
  /// Uses bytes from the front of `in` and writes to `out`; takes off what was used of both.
  virtual Step step(std::string_view& in, char*& out, std::size_t& room) = 0;
  /// Is nothing begun that has not ended?
  [[nodiscard]] virtual bool is_whole() const = 0;
};

namespace {

/// gzip members, one after another (RFC 1952 2.2).
class Gzip final : public UnpackedSource::Engine {
 public:
  Gzip() {
    constexpr int gzip_only = 16 + MAX_WBITS;
    core::base::require(::inflateInit2(&stream_, gzip_only) == Z_OK, "zlib makes a stream");
  }
  ~Gzip() override { ::inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  Step step(std::string_view& in, char*& out, std::size_t& room) override {
    if (whole_) {
      if (in.empty()) return Step::go_on;
      ::inflateReset(&stream_);
      whole_ = false;
    }
    // zlib takes its input by a pointer to what is not const, and does not write to it.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(room);
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    in.remove_prefix(in.size() - stream_.avail_in);
    out += room - stream_.avail_out;
    room = stream_.avail_out;
    whole_ = result == Z_STREAM_END;
    return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR ? Step::go_on
                                                                             : Step::broken;
  }
  [[nodiscard]] bool is_whole() const override { return whole_; }

 private:
  z_stream stream_{};
  bool whole_ = false;
};

/// zstd frames, one after another (RFC 8878 3.1).
class Zstd final : public UnpackedSource::Engine {
 public:
  Zstd() : stream_(ZSTD_createDStream()) {
    core::base::require(stream_ != nullptr, "zstd makes a stream");
    const std::size_t set =
        ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, limits::zstd_window_log_max);
    core::base::require(ZSTD_isError(set) == 0, "zstd takes the limit of its window");
  }
  ~Zstd() override { ZSTD_freeDStream(stream_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  Step step(std::string_view& in, char*& out, std::size_t& room) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out, room, 0};
    const std::size_t left = ZSTD_decompressStream(stream_, &to, &from);
    in.remove_prefix(from.pos);
    out += to.pos;
    room -= to.pos;
    if (ZSTD_isError(left) != 0) {
      const bool wide = std::string_view(ZSTD_getErrorName(left)).find("too much memory") !=
                        std::string_view::npos;
      return wide ? Step::too_wide : Step::broken;
    }
    if (from.pos > 0 || to.pos > 0) whole_ = left == 0;
    return Step::go_on;
  }
  [[nodiscard]] bool is_whole() const override { return whole_; }

 private:
  ZSTD_DStream* stream_;
  bool whole_ = false;
};

}  // namespace

Packing packing_of(std::string_view front) {
  if (front.starts_with("\x1f\x8b")) return Packing::gzip;
  if (front.starts_with("\x28\xb5\x2f\xfd")) return Packing::zstd;
  return Packing::none;
}

UnpackedSource::UnpackedSource(core::ports::ByteSource& packed, Packings allowed)
    : packed_(packed), allowed_(allowed), buffer_(std::make_unique<char[]>(kBufferBytes)) {}

UnpackedSource::~UnpackedSource() = default;

Error UnpackedSource::wrong(ErrorCode code, const char* why) {
  fault_ = fail(code, {}, why);
  return *fault_;
}

/// Reads more into the buffer, behind what is there.
Result<void> UnpackedSource::refill() {
  if (from_ == to_) from_ = to_ = 0;
  const auto got = packed_.read(buffer_.get() + to_, kBufferBytes - to_);
  if (!got) return got.error();
  ended_ = *got == 0;
  to_ += *got;
  return {};
}

Result<void> UnpackedSource::begin() {
  begun_ = true;
  while (to_ < magic_bytes && !ended_) {
    if (auto more = refill(); !more) return more;
  }
  switch (packing_of({buffer_.get(), to_})) {
    case Packing::none:
      return {};
    case Packing::gzip:
      if (!allowed_.gzip) break;
      engine_ = std::make_unique<Gzip>();
      return {};
    case Packing::zstd:
      if (!allowed_.zstd) break;
      engine_ = std::make_unique<Zstd>();
      return {};
  }
  return wrong(ErrorCode::NOT_XML, "the file is packed in a way that the settings do not take");
}

Result<std::size_t> UnpackedSource::read(char* to, std::size_t size) {
  if (fault_) return *fault_;
  if (!begun_) {
    if (auto begun = begin(); !begun) return std::move(begun).error();
  }
  if (engine_) return unpack(to, size);
  if (from_ < to_) {
    const std::size_t count = std::min(size, to_ - from_);
    std::memcpy(to, buffer_.get() + from_, count);
    from_ += count;
    return count;
  }
  return ended_ ? Result<std::size_t>(0) : packed_.read(to, size);
}

Result<std::size_t> UnpackedSource::unpack(char* to, std::size_t size) {
  char* out = to;
  std::size_t room = size;
  while (out == to) {
    if (from_ == to_ && !ended_) {
      if (auto more = refill(); !more) return std::move(more).error();
    }
    std::string_view in(buffer_.get() + from_, to_ - from_);
    const std::size_t before = in.size();
    const Step step = engine_->step(in, out, room);
    from_ += before - in.size();
    in_ += before - in.size();
    if (step == Step::too_wide) {
      return wrong(ErrorCode::LIMIT_EXCEEDED, "the packed bytes need a window above the limit");
    }
    if (step == Step::broken) return wrong(ErrorCode::NOT_XML, "the packed bytes are broken");
    const bool stuck = before == in.size() && out == to;
    if (!stuck || !ended_ || from_ < to_) {
      if (!stuck || from_ == to_) continue;
      return wrong(ErrorCode::NOT_XML, "the packed bytes are broken");
    }
    if (engine_->is_whole()) return std::size_t{0};
    return wrong(ErrorCode::TRUNCATED, "the bytes end before what is packed does");
  }
  out_ += static_cast<std::uint64_t>(out - to);
  const bool bomb = out_ > limits::unpacked_free_bytes && out_ / limits::unpacked_ratio_max > in_;
  if (out_ > limits::unpacked_bytes_max || bomb) {
    return wrong(ErrorCode::LIMIT_EXCEEDED, "the file unpacks to more than the limit allows");
  }
  return static_cast<std::size_t>(out - to);
}

}  // namespace ig::adapters::wire::compress
