#include "core/values/money.hpp"

#include <fmt/format.h>

namespace ig::core::values {

std::string Money::text() const {
  const std::int64_t amount = pence_ < 0 ? -pence_ : pence_;
  return fmt::format("{}{}.{:02}", pence_ < 0 ? "-" : "", amount / 100, amount % 100);
}

}  // namespace ig::core::values
