#include "core/values/money.hpp"

#include <fmt/format.h>

namespace ig::core::values {

std::string Money::text() const {
  const auto bits = static_cast<std::uint64_t>(pence_);
  const std::uint64_t amount = pence_ < 0 ? 0 - bits : bits;
  return fmt::format("{}{}.{:02}", pence_ < 0 ? "-" : "", amount / 100, amount % 100);
}

}  // namespace ig::core::values
