#include "core/values/date.hpp"

#include <fmt/format.h>

namespace ig::core::values {

std::string Date::text() const {
  const auto day = ymd();
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace ig::core::values
