#include "core/values/fraction.hpp"

#include <algorithm>

namespace ig::core::values {

std::string text(Int128 number) {
  if (number == 0) return "0";
  const bool negative = number < 0;
  std::string digits;
  for (Int128 rest = negative ? -number : number; rest != 0; rest /= 10) {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  if (negative) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace ig::core::values
