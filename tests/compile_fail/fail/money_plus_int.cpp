// refused: invalid operands to binary expression|no match for .operator\+'
#include "core/values/money.hpp"

ig::core::values::Money wrong() { return ig::core::values::Money::pence(100) + 1; }
