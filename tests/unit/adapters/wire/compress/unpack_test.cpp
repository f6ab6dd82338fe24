#include "adapters/wire/compress/unpack.hpp"

#include "core/base/limits.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/text_source.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace ig::adapters::wire::compress {
namespace {

namespace limits = core::base::limits;
using core::base::ErrorCode;
using ig::tests::support::gzipped;
using ig::tests::support::TextSource;
using ig::tests::support::zstd_packed;

/// The unpacked text, or the code of what is wrong.
std::string unpacked(const std::string& packed, std::size_t step = 1 << 16U, Packings how = {},
                     std::size_t ask = 4096) {
  TextSource source(packed, step);
  UnpackedSource bytes(source, how);
  std::string out;
  std::string chunk(ask, '\0');
  while (true) {
    const auto got = bytes.read(chunk.data(), chunk.size());
    if (!got) {
      EXPECT_TRUE(bytes.fault().has_value());
      EXPECT_FALSE(bytes.read(chunk.data(), chunk.size()).has_value()) << "it stays wrong";
      return std::string(name(got.error().code));
    }
    if (*got == 0) return out;
    out.append(chunk, 0, *got);
  }
}

std::string long_text() {
  std::string out;
  for (int i = 0; i < 20'000; ++i) out += std::to_string(i * 7919) + ",";
  return out;
}

const std::function<std::string(std::string_view)> kPackers[] = {
    [](std::string_view text) { return gzipped(text); },
    [](std::string_view text) { return zstd_packed(text); }};

TEST(UnpackedSource, PassesOtherBytesAsTheyAre) {
  for (const std::string& text : {std::string(), std::string("<"), std::string("\x1f"),
                                  std::string("\x28\xb5\x2f"), long_text()}) {
    EXPECT_EQ(unpacked(text), text);
    EXPECT_EQ(unpacked(text, 1, {}, 1), text);
  }
}

TEST(UnpackedSource, UnpacksInWhateverPiecesTheBytesCome) {
  const std::string text = long_text();
  for (const auto& pack : kPackers) {
    const std::string packed = pack(text);
    ASSERT_LT(packed.size(), text.size());
    for (const std::size_t step : {std::size_t{1}, std::size_t{13}, packed.size()}) {
      EXPECT_EQ(unpacked(packed, step), text);
    }
    EXPECT_EQ(unpacked(packed, 1 << 16U, {}, 1), text);
    EXPECT_EQ(unpacked(pack("")), "");
  }
}

TEST(UnpackedSource, TakesSeveralMembersAsOneFile) {
  for (const auto& pack : kPackers) {
    const std::string packed = pack("one ") + pack("") + pack("two");
    EXPECT_EQ(unpacked(packed), "one two");
    EXPECT_EQ(unpacked(packed, 1, {}, 1), "one two");
  }
}

TEST(UnpackedSource, IsTruncatedWhereverItIsCut) {
  const std::string text = long_text().substr(0, 2'000);
  for (const auto& pack : kPackers) {
    const std::string packed = pack(text);
    for (std::size_t cut = magic_bytes; cut < packed.size(); ++cut) {
      EXPECT_EQ(unpacked(packed.substr(0, cut)), "TRUNCATED") << cut;
    }
  }
}

TEST(UnpackedSource, RefusesBrokenBytesAndBytesBehind) {
  for (const auto& pack : kPackers) {
    const std::string packed = pack(long_text());
    std::string changed = packed;
    changed[packed.size() - 6] = static_cast<char>(changed[packed.size() - 6] ^ 0x55);
    EXPECT_EQ(unpacked(changed), "NOT_XML") << "the sum at the end is another";
    EXPECT_EQ(unpacked(packed + "<more/> and more"), "NOT_XML");
  }
}

TEST(UnpackedSource, RefusesAPackingThatIsNotTaken) {
  EXPECT_EQ(unpacked(gzipped("a"), 1, {false, true}), "NOT_XML");
  EXPECT_EQ(unpacked(zstd_packed("a"), 1, {true, false}), "NOT_XML");
  EXPECT_EQ(unpacked(gzipped("a"), 1, {true, false}), "a");
  EXPECT_EQ(unpacked(zstd_packed("a"), 1, {false, true}), "a");
}

TEST(UnpackedSource, StopsABomb) {
  const std::string zeros(4 * limits::unpacked_free_bytes, '0');
  for (const auto& pack : kPackers) {
    const std::string bomb = pack(zeros);
    ASSERT_GT(zeros.size() / bomb.size(), limits::unpacked_ratio_max);
    EXPECT_EQ(unpacked(bomb, 1 << 16U, {}, 1 << 16U), "LIMIT_EXCEEDED");
  }
}

TEST(UnpackedSource, RefusesAZstdWindowAboveTheLimit) {
  const std::string text = long_text();
  EXPECT_EQ(unpacked(zstd_packed(text, limits::zstd_window_log_max)), text);
  EXPECT_EQ(unpacked(zstd_packed(text, limits::zstd_window_log_max + 1)), "LIMIT_EXCEEDED");
}

TEST(UnpackedSource, HandsOnWhatTheSourceGives) {
  struct Broken final : core::ports::ByteSource {
    core::base::Result<std::size_t> read(char*, std::size_t) override {
      return core::base::fail(ErrorCode::UNREADABLE, {}, "broken on purpose");
    }
  } broken;
  UnpackedSource bytes(broken, {});
  char one = 0;
  const auto got = bytes.read(&one, 1);
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().code, ErrorCode::UNREADABLE);
  EXPECT_FALSE(bytes.fault().has_value());
}

}  // namespace
}  // namespace ig::adapters::wire::compress
