#include "tests/unit/adapters/rti/made_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace ig::adapters::rti::tests {
namespace {

using core::base::Random;
using core::values::Date;
using core::values::TaxYear;

int number(Random& random, int from, int to) {
  const auto count = static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from) + 1;
  return from + static_cast<int>(random.below(count));
}

template <std::size_t N>
std::string one_of(const std::array<std::string_view, N>& list, Random& random) {
  return std::string(list[random.below(N)]);
}

std::string member_of(std::string_view set, Random& random) {
  return {set[random.below(set.size())]};
}

std::string word_of(std::string_view list, Random& random) {
  std::vector<std::string_view> words;
  for (std::size_t bar = 0; bar != std::string_view::npos;) {
    bar = list.find('|');
    words.push_back(list.substr(0, bar));
    if (bar != std::string_view::npos) list.remove_prefix(bar + 1);
  }
  return std::string(words[random.below(words.size())]);
}

std::string digits(int count, Random& random) {
  std::string out;
  while (count-- > 0) out += static_cast<char>('0' + random.below(10));
  return out;
}

std::string count_of_digits(int most, Random& random) {
  return fmt::format("{}{}", number(random, 1, 9), digits(number(random, 0, most - 1), random));
}

std::string money(std::int64_t pence) {
  const std::int64_t amount = pence < 0 ? -pence : pence;
  return fmt::format("{}{}.{:02}", pence < 0 ? "-" : "", amount / 100, amount % 100);
}

std::string kept_money(const ValueRule& rule, Random& random) {
  if (random.below(4) == 0) return money(rule.low);
  if (random.below(3) == 0) return money(rule.high);
  const std::int64_t step = rule.kind == Kind::pounds ? 100 : 1;
  const auto steps = static_cast<std::uint64_t>((rule.high - rule.low) / step) + 1;
  return money(rule.low + static_cast<std::int64_t>(random.below(steps)) * step);
}

/// The first or the last day of the year, or one between.
Date day_in(TaxYear year, Random& random) {
  if (random.below(4) == 0) return year.first_day();
  if (random.below(3) == 0) return year.last_day();
  return year.first_day().plus_days(number(random, 0, 364));
}

std::string kept_date(const ValueRule& rule, TaxYear year, Random& random) {
  const Date any = Date::of(1900, 1, 1).plus_days(number(random, 0, 73'048));
  const Date sixth = year.first_day().plus_months(number(random, 0, 11));
  const Date fifth = year.last_day().plus_months(-number(random, 0, 11));
  switch (rule.kind) {
    case Kind::date_in_year:
      return day_in(year, random).text();
    case Kind::date_zoned:
      return any.text() +
             one_of(std::array<std::string_view, 6>{"", "", "Z", "+01:00", "-05:30", "+14:00"},
                    random);
    case Kind::month_start:
    case Kind::month_start_in_year:
      return sixth.text();
    case Kind::month_end:
    case Kind::month_end_in_year:
      return fifth.text();
    default:
      if (rule.low == 0) return any.text();
      return Date::of(1970, 1, 1)
          .plus_days(static_cast<int>(rule.low) + number(random, 0, 1) * number(random, 0, 9'000))
          .text();
  }
}

std::string members(const CharSet& set) {
  std::string out;
  for (int c = 0; c < 128; ++c) {
    if (set.has(static_cast<char>(c))) out += static_cast<char>(c);
  }
  return out;
}

std::string kept_text(const ValueRule& rule, Random& random) {
  constexpr int long_enough = 70;
  const int most = std::min<int>(rule.most, long_enough);
  int length = number(random, rule.least, most);
  if (random.below(4) == 0) length = rule.least;
  if (random.below(4) == 0) length = rule.most;
  const std::string chars = rule.chars == nullptr ? "Aa0 ,.-@{}[]\\^~&<" : members(*rule.chars);
  std::string first;
  for (const char c : chars) {
    if (rule.first == nullptr || rule.first->has(c)) first += c;
  }
  std::string out;
  if (length > 0) out = member_of(first, random);
  while (std::ssize(out) < length) out += member_of(chars, random);
  return out;
}

std::string kept_shape(std::string_view shape, Random& random) {
  std::string out;
  for (const char c : shape) {
    if (c == '9') {
      out += digits(1, random);
    } else if (c == 'A') {
      out += member_of("AMZ", random);
    } else if (c == 'x') {
      out += member_of("0123456789X", random);
    } else if (c == 's') {
      out += member_of("ABCDEFHJKLMNPQRTWXY", random);
    } else {
      out += c;
    }
  }
  return out;
}

std::string kept_tax_code(const ValueRule& rule, Random& random) {
  if (random.below(3) == 0) return word_of(rule.words, random);
  if (random.below(2) == 0) return "K" + count_of_digits(6, random);
  return count_of_digits(6, random) + member_of(rule.letters, random);
}

/// A short one, or one of 254 characters, which are more bytes.
std::string kept_email(Random& random) {
  if (random.below(3) != 0) {
    return one_of(std::array<std::string_view, 3>{"a@b", "a.b@c.example", "a b@c"}, random);
  }
  std::string out = "a@";
  for (int i = 0; i < 252; ++i) out += "\xc3\xa9";
  return out;
}

std::string edited(std::string text, Random& random) {
  static constexpr std::string_view others = "\t\n -+.0019AZafz@|`'\"<&";
  std::string piece = random.below(2) == 0 ? std::string{static_cast<char>(number(random, 32, 126))}
                                           : member_of(others, random);
  if (random.below(12) == 0) piece = random.below(2) == 0 ? "\xc2\xa3" : "\xc3\xa9";
  const std::size_t at = random.below(text.size() + 1);
  switch (text.empty() ? 0 : random.below(4)) {
    case 0:
      return text.insert(at, piece);
    case 1:
      return text.erase(at == text.size() ? 0 : at, 1);
    case 2:
      return text + piece;
    default:
      return text.replace(at == text.size() ? 0 : at, 1, piece);
  }
}

std::string near_money(const ValueRule& rule, Random& random) {
  static constexpr std::array<std::string_view, 12> odd = {
      "0.00", "-0.00", "+1.00", "00.10", "1",       "1.0",
      ".50",  "1.",    "1e2",   " 5.00", "5.00\n ", "99999999999999999999.00"};
  switch (random.below(4)) {
    case 0:
      return money(rule.low - 1 - static_cast<std::int64_t>(random.below(2)) * 99);
    case 1:
      return money(rule.high + 1 + static_cast<std::int64_t>(random.below(2)) * 99);
    case 2:
      return one_of(odd, random);
    default:
      return edited(kept_money(rule, random), random);
  }
}

std::string near_date(const ValueRule& rule, TaxYear year, Random& random) {
  static constexpr std::array<std::string_view, 12> odd = {
      "1899-12-31", "1900-01-01",       "2099-12-31",       "2100-01-01",
      "2024-02-29", "2025-02-29",       "2025-04-31",       "2025-00-10",
      "2025-4-06",  "2025-05-06+15:00", "2025-05-05-01:60", " 2025-05-06 "};
  switch (random.below(4)) {
    case 0:
      return year.first_day().plus_days(number(random, -1, 0)).text();
    case 1:
      return year.last_day().plus_days(number(random, 0, 1)).text();
    case 2:
      return one_of(odd, random);
    default:
      return edited(kept_date(rule, year, random), random);
  }
}

}  // namespace

std::string kept_value(const ValueRule& rule, TaxYear year, Random& random) {
  switch (rule.kind) {
    case Kind::any:
      return one_of(std::array<std::string_view, 3>{"", "any", " any text "}, random);
    case Kind::money:
    case Kind::pounds:
      return kept_money(rule, random);
    case Kind::words:
      return word_of(rule.words, random);
    case Kind::text:
    case Kind::address:
      return kept_text(rule, random);
    case Kind::shape:
      return kept_shape(rule.words, random);
    case Kind::tax_code:
      return kept_tax_code(rule, random);
    case Kind::nino:
      return one_of(std::array<std::string_view, 5>{"AB", "CR", "NA", "ZY", "MW"}, random) +
             digits(6, random) + member_of("ABCD ", random);
    case Kind::week:
      return one_of(std::array<std::string_view, 5>{"1", "9", "10", "54", "56"}, random);
    case Kind::month:
      return fmt::to_string(number(random, 1, 12));
    case Kind::periods:
      return fmt::to_string(number(random, 1, 99));
    case Kind::co2:
      return random.below(3) == 0 ? "X" : fmt::to_string(number(random, 0, 999));
    case Kind::mileage:
      return fmt::to_string(number(random, 0, 9'999));
    case Kind::postcode:
      return one_of(std::array<std::string_view, 6>{"A1 1AA", "A1A 1AA", "AA1 9ZZ", "AA11 0BD",
                                                    "A11 2LN", "AA1A 3PW"},
                    random);
    case Kind::email:
      return kept_email(random);
    case Kind::schema_version:
      return one_of(std::array<std::string_view, 3>{"2026-v1.0", "2014-v1.2.3", "2026-v100.1"},
                    random);
    default:
      return kept_date(rule, year, random);
  }
}

std::string near_value(const ValueRule& rule, TaxYear year, Random& random) {
  if (is_date(rule.kind)) return near_date(rule, year, random);
  switch (rule.kind) {
    case Kind::money:
    case Kind::pounds:
      return near_money(rule, random);
    case Kind::nino:
      if (random.below(2) == 0) break;
      return fmt::format("{}{}123456{}", static_cast<char>('A' + random.below(26)),
                         static_cast<char>('A' + random.below(26)), member_of("ABCDEFM ", random));
    case Kind::week:
    case Kind::month:
    case Kind::periods:
    case Kind::co2:
    case Kind::mileage:
      if (random.below(2) == 0) break;
      return one_of(std::array<std::string_view, 3>{"", " ", "0"}, random) +
             fmt::to_string(number(random, 0, random.below(2) == 0 ? 15 : 120));
    case Kind::text:
    case Kind::address:
      if (random.below(3) != 0) break;
      return kept_text(rule, random) + std::string(random.below(2) * rule.most, 'A');
    default:
      break;
  }
  return edited(kept_value(rule, year, random), random);
}

}  // namespace ig::adapters::rti::tests
