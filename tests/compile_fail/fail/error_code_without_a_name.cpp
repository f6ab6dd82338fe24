// refused: no member named|is not a member
#include "core/base/error_code.hpp"

constexpr auto wrong = ig::core::base::ErrorCode::SOMETHING_ELSE;
