// refused: [Ff]ormat
#include "core/base/sensitive.hpp"

#include <fmt/format.h>

#include <string>

std::string wrong(const ig::core::base::Sensitive<std::string>& name) {
  return fmt::format("{}", name);
}
