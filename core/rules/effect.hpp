#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

#include <optional>

namespace ig::core::rules {

/// Can the new figure move a liability? NONE where it and the figure in force lie in the same of
/// three zones: below the flat rate, flat rate by income, at or above the cap (law.md;
/// JP [2025] UKUT 162). UNKNOWN for a first figure, with a variation in force (reg 72(2)), or
/// without a new figure. It never changes the action: the basis matters later.
[[nodiscard]] Effect effect_of(const Request& request, std::optional<values::Money> new_figure,
                               const Parameters& parameters);

}  // namespace ig::core::rules
