// refused: deleted function
#include "core/values/money.hpp"

ig::core::values::Money wrong() { return ig::core::values::Money::pence(12.5); }
