#include "core/values/date.hpp"

#include "core/values/digits.hpp"

namespace ig::core::values {

std::string Date::text() const {
  const auto day = ymd();
  std::string out = "0000-00-00";
  put_digits(out, 0, 4, static_cast<int>(day.year()));
  put_digits(out, 5, 2, static_cast<int>(static_cast<unsigned>(day.month())));
  put_digits(out, 8, 2, static_cast<int>(static_cast<unsigned>(day.day())));
  return out;
}

}  // namespace ig::core::values
