#include "tests/support/value_facets.hpp"

#include <fmt/format.h>

#include <map>

namespace ig::tests::support {
namespace {

using adapters::rti::CharSet;
using adapters::rti::Kind;
using adapters::rti::ValueRule;
using core::values::TaxYear;

constexpr std::string_view kDay = "(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}";

SimpleType pattern(std::string_view base, std::string_view expression) {
  return {std::string(base), {{"pattern", std::string(expression)}}, {}};
}

/// The parts of a list between bars.
std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t bar = list.find('|');
    out.emplace_back(list.substr(0, bar));
    if (bar == std::string_view::npos) return out;
    list.remove_prefix(bar + 1);
  }
}

std::string in_class(char c) {
  switch (c) {
    case '\t':
      return "\\t";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\\':
    case '[':
    case ']':
    case '^':
    case '-':
      return {'\\', c};
    default:
      return {c};
  }
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// The characters of a set between brackets, without them: "A-Za-z \-".
std::string members(const CharSet& set) {
  std::string out;
  for (int code = 0; code < 128; ++code) {
    const char c = static_cast<char>(code);
    if (!set.has(c)) continue;
    int last = code;
    while (is_letter_or_digit(c) && last + 1 < 128 && set.has(static_cast<char>(last + 1)) &&
           is_letter_or_digit(static_cast<char>(last + 1))) {
      ++last;
    }
    out += in_class(c);
    if (last > code + 1) out += '-';
    if (last > code) out += static_cast<char>(last);
    code = last;
  }
  return out;
}

CharSet both(const CharSet& one, const CharSet& other) {
  CharSet out;
  for (std::size_t i = 0; i < out.in.size(); ++i) out.in[i] = one.in[i] && other.in[i];
  return out;
}

void add_lengths(SimpleType& type, const ValueRule& rule) {
  if (rule.least > 0) type.facets.emplace_back("minLength", fmt::to_string(rule.least));
  type.facets.emplace_back("maxLength", fmt::to_string(rule.most));
}

SimpleType text_type(const ValueRule& rule) {
  const std::string chars = members(*rule.chars);
  SimpleType out;
  if (rule.first == nullptr) {
    out = pattern("xs:string", fmt::format("[{}]*", chars));
  } else {
    const std::string first = members(both(*rule.first, *rule.chars));
    out = pattern("xs:string", fmt::format("([{}][{}]*)?", first, chars));
  }
  add_lengths(out, rule);
  return out;
}

SimpleType address_type(const ValueRule& rule) {
  constexpr CharSet allowed =
      adapters::rti::char_set(true, true, " ~!\"@#$%&'()*+,-./:;<=>?[\\]^_{}");
  // The signs of the pound and the euro, which become character references.
  SimpleType out = pattern("xs:string", fmt::format("[{}\xc2\xa3\xe2\x82\xac]*", members(allowed)));
  add_lengths(out, rule);
  return out;
}

std::string pounds_and_pence(std::int64_t pence) {
  const std::int64_t amount = pence < 0 ? -pence : pence;
  return fmt::format("{}{}.{:02}", pence < 0 ? "-" : "", amount / 100, amount % 100);
}

SimpleType money_type(const ValueRule& rule) {
  const bool whole = rule.kind == Kind::pounds;
  const std::string low = pounds_and_pence(rule.low);
  const std::string high = pounds_and_pence(rule.high);
  return {"xs:decimal",
          {{"pattern", fmt::format("-?(0|[1-9][0-9]*)\\.{}", whole ? "00" : "[0-9]{2}")},
           {"minInclusive", low},
           {"maxInclusive", high}},
          fmt::format("{}From{}To{}", whole ? "Pounds" : "Money", low, high)};
}

SimpleType date_type(const ValueRule& rule, TaxYear year) {
  const std::string first = year.first_day().text();
  const std::string last = year.last_day().text();
  SimpleType out = pattern("xs:date", kDay);
  switch (rule.kind) {
    case Kind::date_in_year:
      out.facets.emplace_back("minInclusive", first);
      out.facets.emplace_back("maxInclusive", last);
      out.name = "DateInTaxYear";
      break;
    case Kind::date_zoned:
      out = pattern("xs:date", fmt::format("{}(Z|[+\\-][0-9]{{2}}:[0-9]{{2}})?", kDay));
      out.name = "DateWithZone";
      break;
    case Kind::month_start:
    case Kind::month_start_in_year:
      out = pattern("xs:date", "(19|20)[0-9]{2}-[0-9]{2}-06");
      out.name = "TaxMonthStart";
      if (rule.kind == Kind::month_start) break;
      out.facets.emplace_back("minInclusive", first);
      out.name += "FromTaxYear";
      break;
    case Kind::month_end:
    case Kind::month_end_in_year:
      out = pattern("xs:date", "(19|20)[0-9]{2}-[0-9]{2}-05");
      out.name = "TaxMonthEnd";
      if (rule.kind == Kind::month_end) break;
      out.facets.emplace_back("maxInclusive", last);
      out.name += "UntilTaxYear";
      break;
    default:
      out.name = "Date";
      if (rule.low == 0) break;
      const auto low = core::values::Date::of(1970, 1, 1).plus_days(static_cast<int>(rule.low));
      out.facets.emplace_back("minInclusive", low.text());
      out.name += "From" + low.text();
  }
  return out;
}

SimpleType words_type(const ValueRule& rule) {
  constexpr std::size_t long_name = 12;
  SimpleType out{"xs:string", {}, {}};
  for (std::string& word : parts_of(rule.words)) {
    if (!out.name.empty()) out.name += "Or";
    out.name += word;
    out.facets.emplace_back("enumeration", std::move(word));
  }
  char& first = out.name[0];
  if (first >= 'a' && first <= 'z') first = static_cast<char>(first - 'a' + 'A');
  const bool digit = out.name[0] >= '0' && out.name[0] <= '9';
  if (digit || out.name.size() > long_name) out.name.clear();
  return out;
}

SimpleType shape_type(const ValueRule& rule) {
  std::string out;
  for (const char c : rule.words) {
    if (c == '9') {
      out += "[0-9]";
    } else if (c == 'A') {
      out += "[A-Z]";
    } else if (c == 'x') {
      out += "[0-9X]";
    } else if (c == 's') {
      out += "[ABCDEFHJKLMNPQRTWXY]";
    } else {
      out += c;
    }
  }
  return pattern("xs:string", out);
}

SimpleType tax_code_type(const ValueRule& rule) {
  return pattern("xs:string", fmt::format("K[1-9][0-9]{{0,5}}|[1-9][0-9]{{0,5}}[{}]|{}",
                                          rule.letters, rule.words));
}

/// Each first letter with the second letters the reader takes beside it.
SimpleType nino_type(TaxYear year) {
  std::map<std::string, std::string> firsts;  // by the second letters
  for (char first = 'A'; first <= 'Z'; ++first) {
    CharSet seconds;
    for (char second = 'A'; second <= 'Z'; ++second) {
      const std::string number = fmt::format("{}{}123456A", first, second);
      ValueRule rule;
      rule.kind = Kind::nino;
      seconds.in[static_cast<unsigned char>(second)] = !check(rule, number, year).fault;
    }
    const std::string second = members(seconds);
    if (!second.empty()) firsts[second] += first;
  }
  std::string prefixes;
  for (const auto& [second, first] : firsts) {
    if (!prefixes.empty()) prefixes += '|';
    prefixes += fmt::format("[{}][{}]", first, second);
  }
  return pattern("xs:string", fmt::format("({})[0-9]{{6}}[A-D ]", prefixes));
}

SimpleType schema_version_type() {
  SimpleType out = pattern("xs:string", "[0-9]{4}-v[0-9]{1,3}(\\.[0-9]{1,3}){1,2}");
  out.facets.emplace_back("maxLength", "13");
  return out;
}

SimpleType email_type() {
  SimpleType out = pattern("xs:string", "[^@'<>\"]+@[^@'<>\"]+");
  out.facets.emplace_back("maxLength", "254");
  return out;
}

SimpleType named(SimpleType type, std::string_view name) {
  type.name = name;
  return type;
}

}  // namespace

SimpleType simple_type(const ValueRule& rule, TaxYear year) {
  switch (rule.kind) {
    case Kind::any:
      return {"xs:string", {}, "Any"};
    case Kind::money:
    case Kind::pounds:
      return money_type(rule);
    case Kind::date:
    case Kind::date_in_year:
    case Kind::date_zoned:
    case Kind::month_start:
    case Kind::month_end:
    case Kind::month_start_in_year:
    case Kind::month_end_in_year:
      return date_type(rule, year);
    case Kind::words:
      return words_type(rule);
    case Kind::text:
      return text_type(rule);
    case Kind::address:
      return address_type(rule);
    case Kind::shape:
      return shape_type(rule);
    case Kind::tax_code:
      return tax_code_type(rule);
    case Kind::nino:
      return named(nino_type(year), "Nino");
    case Kind::week:
      return named(pattern("xs:string", "[1-9]|[1-4][0-9]|5[0-46]"), "Week");
    case Kind::month:
      return named(pattern("xs:string", "[1-9]|1[0-2]"), "Month");
    case Kind::periods:
      return named(pattern("xs:token", "[1-9][0-9]?"), "Periods");
    case Kind::co2:
      return named(pattern("xs:string", "X|\\s*(0|[1-9][0-9]{0,2})\\s*"), "Co2");
    case Kind::mileage:
      return named(pattern("xs:token", "0|[1-9][0-9]{0,3}"), "Mileage");
    case Kind::postcode:
      return named(pattern("xs:string",
                           "[A-Z]([0-9][0-9A-Z]?|[A-HJ-Y]([0-9A-Z]|[0-9][0-9A-Z])) "
                           "[0-9][ABD-HJLNP-UW-Z]{2}"),
                   "Postcode");
    case Kind::email:
      return named(email_type(), "Email");
    case Kind::schema_version:
      return named(schema_version_type(), "SchemaVersion");
  }
  return {};
}

}  // namespace ig::tests::support
