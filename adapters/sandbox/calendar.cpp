#include "adapters/sandbox/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ig::adapters::sandbox {
namespace {

using std::chrono::days;
using std::chrono::last;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::years;

Day april_6(int of_year) { return Day{year{of_year} / 4 / 6}; }

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string text(Day day) {
  const year_month_day civil{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = number(text.substr(0, 4));
  const auto m = number(text.substr(5, 2));
  const auto d = number(text.substr(8, 2));
  if (!y || !m || !d) return std::nullopt;
  const year_month_day civil{year{*y}, month{static_cast<unsigned>(*m)},
                             std::chrono::day{static_cast<unsigned>(*d)}};
  if (!civil.ok()) return std::nullopt;
  return Day{civil};
}

Day plus_years(Day day, int count) {
  year_month_day civil{day};
  civil += years{count};
  return civil.ok() ? Day{civil} : Day{civil.year() / civil.month() / last};
}

std::vector<Day> month_end_paydays(Day until, int count) {
  std::vector<Day> out;
  const year_month_day civil{until};
  for (year_month at{civil.year(), civil.month()}; std::ssize(out) < count; at -= months{1}) {
    Day day{at.year() / at.month() / last};
    while (std::chrono::weekday{day}.iso_encoding() > 5) day -= days{1};
    if (day <= until) out.push_back(day);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Day> fridays(Day until, int count) {
  const auto back = std::chrono::weekday{until} - std::chrono::Friday;
  std::vector<Day> out;
  for (int i = count - 1; i >= 0; --i) out.push_back(until - back - days{7 * i});
  return out;
}

int tax_year_start(Day day) {
  const int civil_year = static_cast<int>(year_month_day{day}.year());
  return day >= april_6(civil_year) ? civil_year : civil_year - 1;
}

std::string tax_year_text(int start) { return fmt::format("{}-{:02}", start, (start + 1) % 100); }

int tax_month(Day day) {
  const year_month_day civil{day};
  const int from_april = (static_cast<int>(static_cast<unsigned>(civil.month())) + 8) % 12;
  const bool before_6th = static_cast<unsigned>(civil.day()) < 6;
  return before_6th ? (from_april + 11) % 12 + 1 : from_april + 1;
}

int tax_week(Day day) {
  return static_cast<int>((day - april_6(tax_year_start(day))).count()) / 7 + 1;
}

}  // namespace ig::adapters::sandbox
