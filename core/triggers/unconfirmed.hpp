#pragma once

#include "core/rules/parameters.hpp"
#include "core/triggers/trigger.hpp"

#include <span>
#include <string>
#include <vector>

namespace ig::core::triggers {

/// The parameters a trigger of this kind rests on whose rows are `unconfirmed` on `day` or later,
/// less those that `allowed` names; sorted. While there is one, triggers of the kind are not
/// pushed LIVE (law.md, "how to read the marks": what rests on memory is checked by a person).
[[nodiscard]] std::vector<std::string> unconfirmed(Kind kind, const rules::ParameterSet& parameters,
                                                   values::Date day,
                                                   std::span<const std::string> allowed);

}  // namespace ig::core::triggers
