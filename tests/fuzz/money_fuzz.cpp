// links: core_values
#include "core/base/require.hpp"
#include "core/values/money.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using ig::core::base::require;
using ig::core::values::Money;
using ig::core::values::Places;

// Whatever is read as money is written and read again as the same sum, and two places are a subset.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto money = Money::parse(text);
  const auto strict = Money::parse(text, Places::exactly_two);
  require(!strict || (money && *money == *strict), "two places are also at most two");
  if (money) {
    const auto again = Money::parse(money->text(), Places::exactly_two);
    require(again && *again == *money, "money is read back from what it writes");
    require(size <= 15, "no money is longer than a sign, 11 digits, a point and two places");
  }
  return 0;
}
