// refused: deleted
#include "core/base/sensitive.hpp"

#include <iostream>
#include <string>

void wrong(const ig::core::base::Sensitive<std::string>& name) { std::cout << name; }
