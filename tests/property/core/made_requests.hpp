#pragma once

#include "core/base/random.hpp"
#include "core/rules/request.hpp"

namespace ig::tests {

/// A request that a reader could have given, of any kind. Half-way random: sums lie on the edges
/// of the 25 % test, of a penny and of the zones, days on the edges of the law's own days, about as
/// often as anywhere else. The same chance gives the same request on every machine.
[[nodiscard]] core::rules::Request made_request(core::base::Random& chance);

}  // namespace ig::tests
