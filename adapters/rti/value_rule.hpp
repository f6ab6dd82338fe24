#pragma once

#include "core/base/error_code.hpp"
#include "core/values/date.hpp"
#include "core/values/money.hpp"
#include "core/values/nino.hpp"
#include "core/values/tax_year.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ig::adapters::rti {

/// A set of ASCII characters.
struct CharSet {
  std::array<bool, 128> in{};
  [[nodiscard]] constexpr bool has(char c) const noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 128 && in[byte];
  }
};

/// What kind of text a leaf of HMRC's RTI schemas holds.
enum class Kind : std::uint8_t {
  any,                  ///< anything
  money,                ///< pounds with exactly two places, from `low` to `high` pence
  pounds,               ///< as money, ending in .00
  date,                 ///< YYYY-MM-DD, not before `low` (days since 1970) when it is set
  date_in_year,         ///< a date inside the tax year of the form
  date_zoned,           ///< xsd:date, a time zone allowed
  month_start,          ///< a date on which a tax month begins, the 6th
  month_end,            ///< a date on which a tax month ends, the 5th
  month_start_in_year,  ///< the same, not before the tax year of the form
  month_end_in_year,    ///< the same, not after it
  words,                ///< one of the words between bars in `words`
  text,                 ///< `least` to `most` characters of `chars`, the first of `first`
  address,              ///< as text, in the wide set of agents' addresses
  shape,     ///< `words` is a template: 9 digit, A letter, x digit or X, s a check letter
  tax_code,  ///< digits and one of `letters`, K and digits, or one of `words`
  nino,      ///< allocated prefix, six digits, A to D or a space
  week,      ///< 1 to 54, or 56
  month,     ///< 1 to 12
  periods,   ///< 1 to 99
  co2,       ///< 0 to 999, or X
  mileage,   ///< 0 to 9999
  postcode,  ///< UK postcode with its space
  email,
  schema_version,  ///< 2026-v1.0
};

/// The kinds whose value is a date, whatever else is asked of it.
[[nodiscard]] constexpr bool is_date(Kind kind) noexcept {
  return kind >= Kind::date && kind <= Kind::month_end_in_year;
}

/// One simple type of the schemas.
struct ValueRule {
  Kind kind = Kind::any;
  std::int64_t low = 0;
  std::int64_t high = 0;
  const CharSet* chars = nullptr;
  const CharSet* first = nullptr;
  std::uint16_t least = 0;
  std::uint16_t most = 0;
  std::string_view words;
  std::string_view letters;
};

/// A value that was read, or which rule it breaks.
struct Checked {
  std::optional<core::base::ErrorCode> fault;
  std::string_view message;  ///< the rule, in a few words
  std::string_view text;     ///< white space cut off where the type says so
  core::values::Money money;
  core::values::Date date;
  int number = 0;
};

/// Reads `text` by `rule`; `year` is the tax year of the form.
[[nodiscard]] Checked check(const ValueRule& rule, std::string_view text,
                            core::values::TaxYear year);

/// Letters, digits and the rest of a set in one text: the building block of the tables.
[[nodiscard]] constexpr CharSet char_set(bool letters, bool digits, std::string_view others) {
  CharSet out;
  for (char c = 'A'; letters && c <= 'Z'; ++c) out.in[static_cast<unsigned char>(c)] = true;
  for (char c = 'a'; letters && c <= 'z'; ++c) out.in[static_cast<unsigned char>(c)] = true;
  for (char c = '0'; digits && c <= '9'; ++c) out.in[static_cast<unsigned char>(c)] = true;
  for (const char c : others) out.in[static_cast<unsigned char>(c)] = true;
  return out;
}

}  // namespace ig::adapters::rti
