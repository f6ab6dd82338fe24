// refused: invalid operands to binary expression|no match for .operator\*'
#include "core/values/money.hpp"

using ig::core::values::Money;
Money wrong(Money a, Money b) { return a * b; }
