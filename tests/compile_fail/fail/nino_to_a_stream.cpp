// refused: invalid operands to binary expression|no match for .operator<<'
#include "core/values/nino.hpp"

#include <iostream>

void wrong(const ig::core::values::Nino& nino) { std::cout << nino; }
