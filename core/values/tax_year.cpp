#include "core/values/tax_year.hpp"

#include "core/values/digits.hpp"

#include <fmt/format.h>

namespace ig::core::values {
namespace {

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

int two_digits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

}  // namespace

base::Result<TaxYear> TaxYear::parse(std::string_view text) {
  const auto refused = [] {
    return base::Error{
        base::ErrorCode::INVALID_TAX_YEAR, {}, "a tax year is two years in a row, such as 2025-26"};
  };
  const bool full = text.size() == 7 && text[4] == '-';
  const bool brief = text.size() == 5 && text[2] == '-';
  if (!full && !brief) return refused();
  const std::string_view first = text.substr(0, full ? 4 : 2);
  const std::string_view second = text.substr(full ? 5 : 3);
  if (!all_digits(first) || !all_digits(second)) return refused();
  // RTI began in 2012, so two digits name a year of this century.
  const int start =
      full ? two_digits(first) * 100 + two_digits(first.substr(2)) : 2000 + two_digits(first);
  if ((start + 1) % 100 != two_digits(second) || start < 1900 || start > 2098) return refused();
  return TaxYear(start);
}

std::string TaxYear::text() const {
  std::string out = "0000-00";
  put_digits(out, 0, 4, start_);
  put_digits(out, 5, 2, start_ + 1);
  return out;
}

std::string TaxYear::short_text() const {
  return fmt::format("{:02}-{:02}", start_ % 100, (start_ + 1) % 100);
}

}  // namespace ig::core::values
