#include "core/values/ids.hpp"

#include <fmt/format.h>

namespace ig::core::values {

std::string text(PersonId person) { return fmt::format("p-{:09}", person.value); }

}  // namespace ig::core::values
