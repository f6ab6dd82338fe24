#include "core/values/instant.hpp"

#include "core/values/date.hpp"

#include <fmt/format.h>

#include <optional>

namespace ig::core::values {
namespace {

/// Reads exactly `length` digits at `at`, or gives -1. The text reaches that far.
int digits(std::string_view text, std::size_t at, std::size_t length) {
  int value = 0;
  for (std::size_t i = at; i < at + length; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// Minutes east of UTC written as "Z", "+01:00" or "-05:30"; nothing when it is none of these.
std::optional<int> offset_minutes(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = digits(text, 1, 2);
  const int minutes = digits(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  const int total = hours * 60 + minutes;
  return text[0] == '-' ? -total : total;
}

}  // namespace

base::Result<Instant> Instant::parse(std::string_view text) {
  const auto refused = [] {
    return base::Error{
        base::ErrorCode::INVALID_INSTANT, {}, "a time is RFC 3339, such as 2026-01-29T10:11:12Z"};
  };
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return refused();
  const auto day = Date::parse(text.substr(0, 10));
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (!day || text[13] != ':' || text[16] != ':') return refused();
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return refused();
  }
  std::size_t at = 19;
  int millis = 0;
  if (text[at] == '.') {
    ++at;
    const std::size_t first = at;
    int scale = 100;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      millis += (text[at] - '0') * scale;
      scale /= 10;
      ++at;
    }
    if (at == first) return refused();
  }
  const auto offset = offset_minutes(text.substr(at));
  if (!offset) return refused();
  using namespace std::chrono;
  const Rep at_utc = Rep{day->days()} + hours{hour} + minutes{minute} + seconds{second} +
                     milliseconds{millis} - minutes{*offset};
  // An offset may carry the first or last day out of the years that text() can write.
  const int year = Date::of(floor<days>(at_utc)).year();
  if (year < 1900 || year > 2099) return refused();
  return Instant(at_utc);
}

std::string Instant::text() const {
  using namespace std::chrono;
  const auto day = floor<days>(at_);
  const auto rest = (at_ - day).count();
  const auto total_seconds = rest / 1000;
  const auto fraction = rest % 1000;
  const std::string date = Date::of(day).text();
  const std::string tail = fraction == 0 ? std::string("Z") : fmt::format(".{:03}Z", fraction);
  return fmt::format("{}T{:02}:{:02}:{:02}{}", date, total_seconds / 3600, total_seconds / 60 % 60,
                     total_seconds % 60, tail);
}

}  // namespace ig::core::values
