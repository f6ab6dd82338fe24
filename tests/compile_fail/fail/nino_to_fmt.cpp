// refused: [Ff]ormat
#include "core/values/nino.hpp"

#include <fmt/format.h>

std::string wrong(const ig::core::values::Nino& nino) { return fmt::format("{}", nino); }
