#include "adapters/formats/fields.hpp"

#include <charconv>
#include <vector>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::values::Date;
using core::values::Instant;
using core::values::Money;
using core::values::TaxYear;
using wire::json::Value;
namespace limits = core::base::limits;

enum class Whole : std::uint8_t { fits, too_large, not_whole };

/// Reads a number's lexeme as a whole number: no point, no exponent.
Whole read_whole(std::string_view lexeme, std::int64_t& out) {
  for (const char c : lexeme) {
    if (c != '-' && (c < '0' || c > '9')) return Whole::not_whole;
  }
  const auto [end, code] = std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), out);
  return code == std::errc{} && end == lexeme.data() + lexeme.size() ? Whole::fits
                                                                     : Whole::too_large;
}

/// A date written as one but of a year the calendar of the gateway does not reach.
bool is_far_date(std::string_view text) {
  if (text.size() != 10) return false;
  std::string near(text);
  // 2000 and 2001 stand in for leap and common years; the calendar repeats after 400 years.
  int year = 0;
  const std::string_view digits = text.substr(0, 4);
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), year);
  if (code != std::errc{} || end != digits.data() + digits.size()) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  near.replace(0, 4, leap ? "2000" : "2001");
  return Date::parse(near).has_value();
}

/// Escapes a name for a JSON pointer (RFC 6901).
void append_escaped(std::string& out, std::string_view name) {
  for (const char c : name) {
    if (c == '~') {
      out.append("~0");
    } else if (c == '/') {
      out.append("~1");
    } else {
      out.push_back(c);
    }
  }
}

}  // namespace

Fields::Fields(const Value& object, FirstError& error, std::string pointer)
    : object_(&object), error_(&error), pointer_(std::move(pointer)) {
  if (!object.is(Kind::object)) {
    error_->set({ErrorCode::WRONG_TYPE, pointer_, "an object is expected here"});
    object_ = &Value::empty_object();
  }
}

std::string Fields::pointer(std::string_view name) const {
  std::string out = pointer_;
  out.push_back('/');
  append_escaped(out, name);
  return out;
}

void Fields::refuse(std::string_view name, ErrorCode code, std::string message) {
  if (!error_->failed()) error_->set({code, pointer(name), std::move(message)});
}

void Fields::require_member(Found member) {
  if (member.value == nullptr) {
    refuse(member.name, ErrorCode::MISSING_MEMBER, "this member is needed");
  }
}

const Value* Fields::of_kind(Found member, Kind kind) {
  if (member.value == nullptr || member.value->is(kind)) return member.value;
  refuse(member.name, ErrorCode::WRONG_TYPE, "the member has another JSON type");
  return nullptr;
}

std::optional<std::string_view> Fields::word_if(Found member) {
  const Value* found = of_kind(member, Kind::string);
  if (found == nullptr) return std::nullopt;
  return found->text();
}

std::string Fields::text(std::string_view name, std::size_t max_bytes) {
  return text(lookup(name), max_bytes);
}

std::string Fields::text(Found member, std::size_t max_bytes) {
  require_member(member);
  return text_if(member, max_bytes).value_or(std::string());
}

std::optional<std::string> Fields::text_if(std::string_view name, std::size_t max_bytes) {
  return text_if(lookup(name), max_bytes);
}

std::optional<std::string> Fields::text_if(Found member, std::size_t max_bytes) {
  const auto word = word_if(member);
  if (!word) return std::nullopt;
  if (word->empty() || word->size() > max_bytes) {
    refuse(member.name, ErrorCode::INVALID_TEXT, "the text is empty or too long");
    return std::nullopt;
  }
  return std::string(*word);
}

std::optional<Money> Fields::money_if(std::string_view name, std::int64_t least) {
  const Value* found = of_kind(lookup(name), Kind::number);
  if (found == nullptr) return std::nullopt;
  std::int64_t amount = 0;
  const Whole whole = read_whole(found->text(), amount);
  if (whole == Whole::not_whole) {
    refuse(name, ErrorCode::INVALID_MONEY, "money is a whole number of pence");
    return std::nullopt;
  }
  if (whole == Whole::too_large || amount < least || amount > limits::money_pence_max) {
    refuse(name, ErrorCode::MONEY_OUT_OF_RANGE,
           least < 0 ? "money is at most 9999999999999 pence either way"
                     : "money is 0 to 9999999999999 pence");
    return std::nullopt;
  }
  return Money::pence(amount);
}

Money Fields::pence(std::string_view name) {
  require_member(name);
  return pence_if(name).value_or(Money());
}
std::optional<Money> Fields::pence_if(std::string_view name) { return money_if(name, 0); }
Money Fields::signed_pence(std::string_view name) {
  require_member(name);
  return signed_pence_if(name).value_or(Money());
}
std::optional<Money> Fields::signed_pence_if(std::string_view name) {
  return money_if(name, -limits::money_pence_max);
}

std::int64_t Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  require_member(name);
  return integer_if(name, least, most).value_or(least);
}

std::optional<std::int64_t> Fields::integer_if(std::string_view name, std::int64_t least,
                                               std::int64_t most) {
  return integer_if(lookup(name), least, most);
}

std::optional<std::int64_t> Fields::integer_if(Found member, std::int64_t least,
                                               std::int64_t most) {
  const Value* found = of_kind(member, Kind::number);
  if (found == nullptr) return std::nullopt;
  std::int64_t number = 0;
  if (read_whole(found->text(), number) != Whole::fits || number < least || number > most) {
    refuse(member.name, ErrorCode::INVALID_NUMBER,
           "a whole number within the range of this member");
    return std::nullopt;
  }
  return number;
}

bool Fields::boolean(std::string_view name) {
  require_member(name);
  return boolean_if(name).value_or(false);
}

std::optional<bool> Fields::boolean_if(std::string_view name) {
  const Value* found = of_kind(lookup(name), Kind::boolean);
  if (found == nullptr) return std::nullopt;
  return found->as_bool();
}

Date Fields::date(std::string_view name, DateRange range) { return date(lookup(name), range); }

Date Fields::date(Found member, DateRange range) {
  require_member(member);
  return date_if(member, range).value_or(range.from);
}

std::optional<Date> Fields::date_if(std::string_view name, DateRange range) {
  return date_if(lookup(name), range);
}

std::optional<Date> Fields::date_if(Found member, DateRange range) {
  const auto word = word_if(member);
  if (!word) return std::nullopt;
  const auto day = Date::parse(*word);
  const bool far = !day && is_far_date(*word);
  if (!day && !far) {
    refuse(member.name, ErrorCode::INVALID_DATE, day.error().message);
    return std::nullopt;
  }
  if (far || *day < range.from || *day > range.to) {
    refuse(member.name, ErrorCode::DATE_OUT_OF_RANGE,
           "the date lies outside " + range.from.text() + " to " + range.to.text());
    return std::nullopt;
  }
  return *day;
}

Instant Fields::instant(std::string_view name) {
  require_member(name);
  return instant_if(name).value_or(Instant());
}

std::optional<Instant> Fields::instant_if(std::string_view name) {
  const auto word = word_if(name);
  if (!word) return std::nullopt;
  const auto at = Instant::parse(*word);
  if (!at) {
    refuse(name, ErrorCode::INVALID_INSTANT, at.error().message);
    return std::nullopt;
  }
  return *at;
}

TaxYear Fields::tax_year(std::string_view name) {
  require_member(name);
  return tax_year_if(name).value_or(TaxYear());
}

std::optional<TaxYear> Fields::tax_year_if(std::string_view name) {
  const auto word = word_if(name);
  if (!word) return std::nullopt;
  const auto year = TaxYear::parse(*word);
  if (!year || word->size() != 7) {
    refuse(name, ErrorCode::INVALID_TAX_YEAR, "a tax year is two years in a row, such as 2025-26");
    return std::nullopt;
  }
  return *year;
}

Fields Fields::object(std::string_view name) {
  require_member(name);
  auto found = object_if(name);
  return found ? std::move(*found) : Fields(Value::empty_object(), *error_, pointer(name));
}

std::optional<Fields> Fields::object_if(std::string_view name) {
  const Value* found = of_kind(lookup(name), Kind::object);
  if (found == nullptr) return std::nullopt;
  return Fields(*found, *error_, pointer(name));
}

std::size_t Fields::count(std::string_view name) {
  const Value* found = of_kind(lookup(name), Kind::array);
  return found == nullptr ? 0 : found->items().size();
}

Fields Fields::item(std::string_view name, std::size_t index) {
  const Value* found = of_kind(lookup(name), Kind::array);
  core::base::require(found != nullptr && index < found->items().size(),
                      "an item is asked for below count()");
  return Fields(found->items()[index], *error_, pointer(name) + "/" + std::to_string(index));
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t max_bytes) {
  std::vector<std::string> out;
  const Value* found = of_kind(lookup(name), Kind::array);
  if (found == nullptr) return out;
  for (const Value& item : found->items()) {
    if (!item.is(Kind::string)) {
      refuse(name, ErrorCode::WRONG_TYPE, "the items of this member are texts");
      return {};
    }
    if (item.text().empty() || item.text().size() > max_bytes) {
      refuse(name, ErrorCode::INVALID_TEXT, "a text is empty or too long");
      return {};
    }
    out.emplace_back(item.text());
  }
  return out;
}

}  // namespace ig::adapters::formats
