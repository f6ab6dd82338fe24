#pragma once

#include <string>

namespace ig::core::values {

/// Writes the last `width` decimal digits of a number that is not negative, with leading zeros,
/// from `at` on. Dates and times are written for each fact: a format string would cost more.
constexpr void put_digits(std::string& out, std::size_t at, std::size_t width, int number) {
  for (std::size_t i = width; i > 0; --i) {
    out[at + i - 1] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

}  // namespace ig::core::values
