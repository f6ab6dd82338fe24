// refused: nodiscard
#include "core/base/result.hpp"

ig::core::base::Result<int> answer();
void wrong() { answer(); }
