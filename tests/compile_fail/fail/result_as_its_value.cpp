// refused: no viable conversion|cannot convert
#include "core/base/result.hpp"

ig::core::base::Result<int> answer();
int wrong() { return answer(); }
