#include "adapters/wire/files/lines.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <unistd.h>

namespace ig::adapters::wire::files {
namespace {

namespace limits = core::base::limits;

/// A pipe whose writing end is fed `text` in pieces of `step` bytes.
class Feed {
 public:
  Feed(std::string text, std::size_t step) {
    int ends[2] = {-1, -1};
    core::base::require(::pipe(ends) == 0, "a pipe can be made");
    in_ = ends[0];
    writer_ = std::thread([text = std::move(text), step, out = ends[1]] {
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = std::min(step, text.size() - at);
        const ssize_t put = ::write(out, text.data() + at, size);
        if (put <= 0) break;
        at += static_cast<std::size_t>(put);
      }
      ::close(out);
    });
  }
  ~Feed() {
    writer_.join();
    ::close(in_);
  }
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  [[nodiscard]] int in() const { return in_; }

 private:
  int in_ = -1;
  std::thread writer_;
};

struct Seen {
  std::string text;
  std::uint64_t number = 0;
  bool too_long = false;
  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> read_all(const std::string& text, std::size_t step) {
  const Feed feed(text, step);
  LineReader lines(feed.in());
  std::vector<Seen> out;
  while (true) {
    const auto line = lines.next();
    EXPECT_TRUE(line.has_value());
    if (!line || !*line) return out;
    out.push_back({std::string((*line)->text), (*line)->number, (*line)->too_long});
  }
}

TEST(LineReader, GivesTheSameLinesHoweverTheBytesArrive) {
  const std::string text = "one\n\n  \t\ntwo\r\n\r\nthree";
  const std::vector<Seen> wanted = {{"one", 1}, {"two", 4}, {"three", 6}};
  for (std::size_t step = 1; step <= text.size(); ++step) EXPECT_EQ(read_all(text, step), wanted);
}

TEST(LineReader, TakesAnEmptyInput) {
  EXPECT_TRUE(read_all("", 1).empty());
  EXPECT_TRUE(read_all("\n\n", 1).empty());
}

TEST(LineReader, SkipsALineThatIsTooLongAndSaysSo) {
  const std::string most(limits::line_bytes_max, 'a');
  EXPECT_EQ(read_all(most + "\r\nx\n", 65'536), (std::vector<Seen>{{most, 1}, {"x", 2}}));
  EXPECT_EQ(read_all(most + "a\nx\n", 65'536), (std::vector<Seen>{{"", 1, true}, {"x", 2}}));
  const std::string far(3 * limits::line_bytes_max, 'b');
  EXPECT_EQ(read_all("y\n" + far + "\nx", 65'536),
            (std::vector<Seen>{{"y", 1}, {"", 2, true}, {"x", 3}}));
  EXPECT_EQ(read_all(far, 65'536), (std::vector<Seen>{{"", 1, true}}));
}

TEST(LineReader, FailsOnADescriptorThatCannotBeRead) {
  LineReader lines(-1);
  const auto line = lines.next();
  ASSERT_FALSE(line.has_value());
  EXPECT_EQ(line.error().code, core::base::ErrorCode::UNREADABLE);
}

TEST(LineReader, KnowsWhetherALineIsWaiting) {
  const Feed feed("a\nb\nc", 100);
  LineReader lines(feed.in());
  EXPECT_FALSE(lines.ready());
  EXPECT_EQ((*lines.next())->text, "a");
  EXPECT_TRUE(lines.ready());
  EXPECT_EQ((*lines.next())->text, "b");
  EXPECT_FALSE(lines.ready());
  EXPECT_EQ((*lines.next())->text, "c");
  EXPECT_FALSE(lines.next()->has_value());
  EXPECT_TRUE(lines.ready());
  EXPECT_EQ(lines.bytes(), 5U);
}

TEST(BufferedOutput, WritesAllInOrder) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  std::string read_back;
  std::thread reader([&] {
    char bytes[4096];
    for (ssize_t got = 0; (got = ::read(ends[0], bytes, sizeof bytes)) > 0;) {
      read_back.append(bytes, static_cast<std::size_t>(got));
    }
  });
  std::string wanted;
  BufferedOutput output(ends[1]);
  for (int i = 0; i < 50'000; ++i) {
    const std::string line = std::to_string(i) + "\n";
    wanted += line;
    output.add(line);
  }
  EXPECT_TRUE(output.flush().has_value());
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  EXPECT_EQ(read_back, wanted);
}

TEST(BufferedOutput, RemembersThatAWriteFailed) {
  BufferedOutput output(-1);
  output.add("x");
  EXPECT_FALSE(output.failed());
  EXPECT_FALSE(output.flush().has_value());
  EXPECT_TRUE(output.failed());
  EXPECT_FALSE(output.flush().has_value());
}

}  // namespace
}  // namespace ig::adapters::wire::files
