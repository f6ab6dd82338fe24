// refused: private constructor|is private within this context
#include "core/values/money.hpp"

ig::core::values::Money wrong() { return ig::core::values::Money(100); }
