#include "adapters/cli/log.hpp"

#include "adapters/wire/json/value.hpp"
#include "core/base/sensitive.hpp"
#include "core/values/nino.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <unistd.h>

namespace ig::adapters::cli {
namespace {

static_assert(!std::is_constructible_v<Field, const char*, core::values::Nino>);
static_assert(!std::is_constructible_v<Field, const char*, core::base::Sensitive<std::string>>);

std::string written(const std::function<void(Log&)>& write) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  core::base::ManualClock clock{std::chrono::sys_days{std::chrono::year{2026} / 2 / 10}};
  Log log(ends[1], clock);
  write(log);
  ::close(ends[1]);
  std::string out(4096, '\0');
  const auto size = ::read(ends[0], out.data(), out.size());
  ::close(ends[0]);
  out.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  return out;
}

TEST(Log, WritesOneJsonObjectALine) {
  const std::string lines = written([](Log& log) {
    log.write(Level::info, "review_done", "0123456789abcdef", {{"cases", 3}, {"site", "a\nb"}});
    log.write(Level::error, "stopped", {});
  });
  EXPECT_EQ(lines,
            "{\"time\":\"2026-02-10T00:00:00Z\",\"seq\":1,\"level\":\"info\",\"event\":"
            "\"review_done\",\"correlation_id\":\"0123456789abcdef\",\"cases\":3,\"site\":"
            "\"a\\nb\"}\n{\"time\":\"2026-02-10T00:00:00Z\",\"seq\":2,\"level\":\"error\","
            "\"event\":\"stopped\"}\n");
}

}  // namespace
}  // namespace ig::adapters::cli
