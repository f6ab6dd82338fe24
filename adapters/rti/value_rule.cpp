#include "adapters/rti/value_rule.hpp"

#include <algorithm>

namespace ig::adapters::rti {
namespace {

namespace values = core::values;
using core::base::ErrorCode;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view collapsed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

void refuse(Checked& out, ErrorCode code, std::string_view message) {
  out.fault = code;
  out.message = message;
}

/// True when `word` stands between the bars of `list`.
bool one_of(std::string_view list, std::string_view word) {
  while (true) {
    const std::size_t bar = list.find('|');
    if (list.substr(0, bar) == word) return true;
    if (bar == std::string_view::npos) return false;
    list.remove_prefix(bar + 1);
  }
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// The number of one to four digits; -1 for anything else, or for a zero in front.
int small_number(std::string_view text) {
  if (!all_digits(text) || text.size() > 4 || (text.size() > 1 && text[0] == '0')) return -1;
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

void check_money(const ValueRule& rule, std::string_view text, Checked& out) {
  out.text = collapsed(text);
  const auto read = values::Money::parse(out.text, values::Places::exactly_two);
  if (!read) {
    return refuse(out, ErrorCode::INVALID_MONEY, "money is pounds with exactly two decimal places");
  }
  out.money = *read;
  const std::int64_t pence = out.money.in_pence();
  if (pence < rule.low || pence > rule.high) {
    return refuse(out, ErrorCode::MONEY_OUT_OF_RANGE, "money is outside the range of its field");
  }
  if (rule.kind == Kind::pounds && pence % 100 != 0) {
    refuse(out, ErrorCode::INVALID_MONEY, "money is whole pounds, written with .00");
  }
}

/// The bounds of a period of whole tax months, which run from a 6th to a 5th.
void check_tax_month(Kind kind, values::TaxYear year, Checked& out) {
  const bool begins = kind == Kind::month_start || kind == Kind::month_start_in_year;
  const bool ends = kind == Kind::month_end || kind == Kind::month_end_in_year;
  if (!begins && !ends) return;
  if (out.date.ymd().day() != std::chrono::day{begins ? 6U : 5U}) {
    return refuse(out, ErrorCode::INVALID_DATE,
                  begins ? "a tax month begins on a 6th" : "a tax month ends on a 5th");
  }
  const bool early = kind == Kind::month_start_in_year && out.date < year.first_day();
  const bool late = kind == Kind::month_end_in_year && out.date > year.last_day();
  if (early || late) {
    refuse(out, ErrorCode::WRONG_TAX_YEAR, "the date lies outside the tax year of the form");
  }
}

/// A time zone as xsd:date has it: Z, or up to 14:00 either way.
bool is_zone(std::string_view text) {
  if (text == "Z") return true;
  const bool shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
                      all_digits(text.substr(1, 2)) && all_digits(text.substr(4, 2));
  return shaped && (text.substr(1) == "14:00" || (text.substr(1, 2) < "14" && text[4] < '6'));
}

void check_date(const ValueRule& rule, std::string_view text, values::TaxYear year, Checked& out) {
  out.text = collapsed(text);
  std::string_view day = out.text;
  if (rule.kind == Kind::date_zoned && day.size() > 10 && is_zone(day.substr(10))) {
    day = day.substr(0, 10);
  }
  const auto read = values::Date::parse(day);
  if (!read) {
    return refuse(out, ErrorCode::INVALID_DATE, "a date is a day of the calendar, YYYY-MM-DD");
  }
  out.date = *read;
  if (rule.kind == Kind::date_in_year && !year.contains(out.date)) {
    return refuse(out, ErrorCode::WRONG_TAX_YEAR, "the date lies outside the tax year of the form");
  }
  if (rule.low != 0 && out.date.days().time_since_epoch().count() < rule.low) {
    return refuse(out, ErrorCode::DATE_OUT_OF_RANGE,
                  "the date lies before the first the form allows");
  }
  check_tax_month(rule.kind, year, out);
}

void check_text(const ValueRule& rule, std::string_view text, Checked& out) {
  const CharSet& chars = *rule.chars;
  const bool long_enough = text.size() >= rule.least && text.size() <= rule.most;
  const bool begins = text.empty() || rule.first == nullptr || rule.first->has(text.front());
  if (long_enough && begins &&
      std::all_of(text.begin(), text.end(), [&](char c) { return chars.has(c); })) {
    return;
  }
  refuse(out, ErrorCode::INVALID_TEXT, "the text has a length or characters the field forbids");
}

/// The wide set of agents' addresses: printable ASCII but |, ` and ', and the signs of the pound
/// and the euro.
void check_address(const ValueRule& rule, std::string_view text, Checked& out) {
  constexpr CharSet allowed = char_set(true, true, " ~!\"@#$%&'()*+,-./:;<=>?[\\]^_{}");
  std::size_t length = 0;
  bool fits = true;
  while (fits && !text.empty()) {
    std::size_t bytes = 1;
    if (text.starts_with("\xc2\xa3")) bytes = 2;
    if (text.starts_with("\xe2\x82\xac")) bytes = 3;
    fits = bytes > 1 || allowed.has(text.front());
    text.remove_prefix(bytes);
    ++length;
  }
  if (fits && length >= rule.least && length <= rule.most) return;
  refuse(out, ErrorCode::INVALID_TEXT, "the text has a length or characters the field forbids");
}

bool fits_shape(std::string_view shape, std::string_view text) {
  if (text.size() != shape.size()) return false;
  constexpr std::string_view check_letters = "ABCDEFHJKLMNPQRTWXY";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const char c = text[i];
    switch (shape[i]) {
      case '9':
        if (!is_digit(c)) return false;
        break;
      case 'A':
        if (!is_upper(c)) return false;
        break;
      case 'x':
        if (!is_digit(c) && c != 'X') return false;
        break;
      case 's':
        if (check_letters.find(c) == std::string_view::npos) return false;
        break;
      default:
        if (c != shape[i]) return false;
    }
  }
  return true;
}

bool is_count(std::string_view digits) {
  return all_digits(digits) && digits.size() <= 6 && digits[0] != '0';
}

bool is_tax_code(const ValueRule& rule, std::string_view text) {
  if (text.size() < 2 || text.size() > 7) return false;
  if (one_of(rule.words, text)) return true;
  if (text[0] == 'K') return is_count(text.substr(1));
  return rule.letters.find(text.back()) != std::string_view::npos &&
         is_count(text.substr(0, text.size() - 1));
}

void check_nino(std::string_view text, Checked& out) {
  const bool shaped = text.size() == 9 && is_upper(text[0]) && is_upper(text[1]) &&
                      all_digits(text.substr(2, 6)) &&
                      (text[8] == ' ' || (text[8] >= 'A' && text[8] <= 'D'));
  const bool allocated = shaped && !text.starts_with("TN") && !text.starts_with("OO") &&
                         values::Nino::classify(text) != values::NinoClass::invalid;
  if (allocated) return;
  refuse(out, ErrorCode::INVALID_NINO,
         "a NINO is an allocated prefix, six digits and A to D or a space");
}

/// Inward part of a UK postcode after the space: a digit and two letters but C I K M O V.
bool is_inward(std::string_view text) {
  constexpr std::string_view never = "CIKMOV";
  const auto letter = [&](char c) {
    return is_upper(c) && never.find(c) == std::string_view::npos;
  };
  return text.size() == 3 && is_digit(text[0]) && letter(text[1]) && letter(text[2]);
}

bool is_postcode(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos || !is_inward(text.substr(space + 1))) return false;
  const std::string_view outward = text.substr(0, space);
  if (outward.size() < 2 || outward.size() > 4 || !is_upper(outward[0])) return false;
  std::string_view rest = outward.substr(1);
  const bool second = rest[0] >= 'A' && rest[0] <= 'Y' && rest[0] != 'I';
  if (second) rest.remove_prefix(1);
  if (rest.empty() || rest.size() > 2) return false;
  if (!second && rest.size() == 2)
    return is_digit(rest[0]) && (is_digit(rest[1]) || is_upper(rest[1]));
  if (rest.size() == 1) return is_digit(rest[0]) || (second && is_upper(rest[0]));
  return is_digit(rest[0]) && (is_digit(rest[1]) || is_upper(rest[1]));
}

/// The characters of a UTF-8 text, which may be fewer than its bytes.
std::ptrdiff_t characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

bool is_email(std::string_view text) {
  constexpr std::string_view never = "'<>\"";
  constexpr std::ptrdiff_t most = 254;
  const std::size_t at = text.find('@');
  return characters(text) <= most && at != std::string_view::npos && at > 0 &&
         at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(never) == std::string_view::npos;
}

bool is_schema_version(std::string_view text) {
  if (text.size() > 13 || text.size() < 9 || !all_digits(text.substr(0, 4))) return false;
  if (text.substr(4, 2) != "-v") return false;
  text.remove_prefix(6);
  int parts = 0;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    if (!all_digits(part) || part.size() > 3 || ++parts > 3) return false;
    if (dot == std::string_view::npos) return parts >= 2;
    text.remove_prefix(dot + 1);
  }
}

void check_number(const ValueRule& rule, std::string_view text, Checked& out) {
  const bool trimmed = rule.kind == Kind::periods || rule.kind == Kind::mileage;
  out.text = trimmed ? collapsed(text) : text;
  if (rule.kind == Kind::co2 && out.text == "X") return;
  out.number = small_number(rule.kind == Kind::co2 ? collapsed(out.text) : out.text);
  const int n = out.number;
  bool fits = false;
  switch (rule.kind) {
    case Kind::week:
      fits = (n >= 1 && n <= 54) || n == 56;
      break;
    case Kind::month:
      fits = n >= 1 && n <= 12;
      break;
    case Kind::periods:
      fits = n >= 1 && n <= 99;
      break;
    case Kind::co2:
      fits = n >= 0 && n <= 999;
      break;
    default:
      fits = n >= 0;
  }
  if (!fits) refuse(out, ErrorCode::INVALID_NUMBER, "not a whole number in the range of its field");
}

/// The kinds that are a yes or no on the text.
bool fits(const ValueRule& rule, std::string_view text) {
  switch (rule.kind) {
    case Kind::shape:
      return fits_shape(rule.words, text);
    case Kind::tax_code:
      return is_tax_code(rule, text);
    case Kind::postcode:
      return is_postcode(text);
    case Kind::email:
      return is_email(text);
    case Kind::schema_version:
      return is_schema_version(text);
    default:
      return true;
  }
}

}  // namespace

Checked check(const ValueRule& rule, std::string_view text, values::TaxYear year) {
  Checked out;
  out.text = text;
  if (is_date(rule.kind)) {
    check_date(rule, text, year, out);
    return out;
  }
  switch (rule.kind) {
    case Kind::money:
    case Kind::pounds:
      check_money(rule, text, out);
      break;
    case Kind::words:
      if (!one_of(rule.words, text)) {
        refuse(out, ErrorCode::UNKNOWN_CODE, "the value is not in the list of its field");
      }
      break;
    case Kind::text:
      check_text(rule, text, out);
      break;
    case Kind::address:
      check_address(rule, text, out);
      break;
    case Kind::nino:
      check_nino(text, out);
      break;
    case Kind::week:
    case Kind::month:
    case Kind::periods:
    case Kind::co2:
    case Kind::mileage:
      check_number(rule, text, out);
      break;
    default:
      if (!fits(rule, text)) {
        refuse(out, ErrorCode::INVALID_TEXT, "the text does not have the form of its field");
      }
  }
  return out;
}

}  // namespace ig::adapters::rti
