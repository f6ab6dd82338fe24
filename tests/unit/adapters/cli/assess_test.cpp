#include "adapters/cli/assess.hpp"

#include "adapters/cli/command.hpp"
#include "adapters/cli/parameters_option.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/limits.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

/// A file of the system's own that is gone when it is closed.
class Scratch {
 public:
  explicit Scratch(const std::string& text = {}) : file_(std::tmpfile()) {
    core::base::require(file_ != nullptr, "a scratch file can be made");
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t put = ::write(descriptor(), text.data() + at, text.size() - at);
      core::base::require(put > 0, "a scratch file can be written");
      at += static_cast<std::size_t>(put);
    }
    ::lseek(descriptor(), 0, SEEK_SET);
  }
  ~Scratch() { std::fclose(file_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] int descriptor() const { return ::fileno(file_); }
  [[nodiscard]] std::string content() const {
    std::string out;
    char bytes[4096];
    ::lseek(descriptor(), 0, SEEK_SET);
    for (ssize_t got = 0; (got = ::read(descriptor(), bytes, sizeof bytes)) > 0;) {
      out.append(bytes, static_cast<std::size_t>(got));
    }
    return out;
  }

 private:
  std::FILE* file_;
};

struct Answered {
  int status = 0;
  std::vector<std::string> lines;
};

Answered answer(const std::string& input) {
  const auto parameters = load_parameters({});
  core::base::require(parameters.has_value(), "the built-in parameters are whole");
  const Scratch in(input);
  const Scratch out;
  Answered result;
  result.status = assess_lines(in.descriptor(), out.descriptor(), *parameters);
  const std::string text = out.content();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    result.lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

std::string request(const std::string& id) {
  return R"({"id":")" + id +
         R"(","kind":"INITIAL","effective_date":"2026-12-01","historic":{"status":"NIL"}})";
}

TEST(AssessCommand, AnswersLineForLineInOrder) {
  std::string input;
  for (int i = 0; i < 3'000; ++i) input += request(std::to_string(i)) + "\n";
  const Answered out = answer(input);
  EXPECT_EQ(out.status, kDone);
  ASSERT_EQ(out.lines.size(), 3'000U);
  for (int i = 0; i < 3'000; ++i) {
    const std::string start = R"({"id":")" + std::to_string(i) + "\"";
    EXPECT_EQ(out.lines[static_cast<std::size_t>(i)].rfind(start, 0), 0U);
  }
}

TEST(AssessCommand, PutsAnErrorLineInThePlaceOfABadLine) {
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  const struct {
    std::string line, id, code;
  } bad[] = {
      {"nonsense", "null", "MALFORMED_JSON"},
      {"{\"id\":\"x\"", "null", "MALFORMED_JSON"},
      {"{\"id\":\"x\"}{}", "null", "MALFORMED_JSON"},
      {"{\"id\":\"x\",\"id\":\"y\"}", "null", "DUPLICATE_MEMBER"},
      {"{\"id\":\"\xff\"}", "null", "INVALID_UTF8"},
      {"{\"id\":\"x\",\"context\":" + deep + "}", "null", "TOO_DEEP"},
      {"[]", "null", "WRONG_TYPE"},
      {"{\"id\":\"x\"}", "\"x\"", "MISSING_MEMBER"},
      {"{\"id\":\"x\",\"kind\":\"MONTHLY\"}", "\"x\"", "UNKNOWN_CODE"},
      {std::string(core::base::limits::line_bytes_max + 1, ' ') + "{}", "null", "LINE_TOO_LONG"},
      {R"({"id":"x","kind":"INITIAL","effective_date":"2026-12-01"})", "\"x\"", "NOT_ASKED"},
  };
  for (const auto& one : bad) {
    const Answered out = answer(request("a") + "\n\n" + one.line + "\n" + request("b"));
    EXPECT_EQ(out.status, kRefused);
    ASSERT_EQ(out.lines.size(), 3U) << one.code;
    const std::string wanted =
        "{\"id\":" + one.id + ",\"line\":3,\"error\":{\"code\":\"" + one.code + "\"";
    EXPECT_EQ(out.lines[1].rfind(wanted, 0), 0U) << out.lines[1].substr(0, 120);
    EXPECT_EQ(out.lines[2].rfind("{\"id\":\"b\",\"kind\"", 0), 0U);
  }
}

TEST(AssessCommand, HasNothingToSayToNothing) {
  EXPECT_EQ(answer("").status, kDone);
  EXPECT_TRUE(answer("\n \n").lines.empty());
}

TEST(AssessCommand, CouldNotWhereReadingOrWritingFails) {
  const auto parameters = load_parameters({});
  ASSERT_TRUE(parameters.has_value());
  const Scratch in(request("a") + "\n");
  const Scratch out;
  EXPECT_EQ(assess_lines(-1, out.descriptor(), *parameters), kCouldNot);
  EXPECT_EQ(assess_lines(in.descriptor(), -1, *parameters), kCouldNot);
}

TEST(AssessCommand, RefusesAParameterFileThatIsNone) {
  EXPECT_EQ(load_parameters("/nowhere/at/all").error().code, core::base::ErrorCode::UNREADABLE);
}

}  // namespace
}  // namespace ig::adapters::cli
