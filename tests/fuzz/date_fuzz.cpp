// links: core_values
#include "core/base/require.hpp"
#include "core/values/date.hpp"
#include "core/values/tax_year.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using ig::core::base::require;
using ig::core::values::Date;
using ig::core::values::TaxYear;

// A date is read from its own text and no other; a tax year from one of its two texts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto date = Date::parse(text)) {
    require(date->text() == text, "a date has one text");
    require(TaxYear::of(*date).contains(*date), "a date lies in its tax year");
  }
  if (const auto year = TaxYear::parse(text)) {
    require(year->text() == text || year->short_text() == text, "a tax year has two texts");
  }
  return 0;
}
