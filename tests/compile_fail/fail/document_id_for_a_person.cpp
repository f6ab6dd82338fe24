// refused: no viable conversion|no known conversion|no matching function|could not convert
#include "core/values/ids.hpp"

void wanted(ig::core::values::PersonId person);
void wrong(ig::core::values::DocumentId document) { wanted(document); }
