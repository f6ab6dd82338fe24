// refused: no viable conversion|could not convert
#include "core/base/sensitive.hpp"

#include <string>

std::string wrong(const ig::core::base::Sensitive<std::string>& name) { return name; }
