// refused: constant expression|to non-.constexpr
#include "core/values/date.hpp"

constexpr auto wrong = ig::core::values::Date::of(2023, 2, 29);
