#pragma once

#include "adapters/rti/value_rule.hpp"
#include "core/base/random.hpp"

#include <string>

namespace ig::adapters::rti::tests {

/// A value that keeps a rule, often at one of its edges.
[[nodiscard]] std::string kept_value(const ValueRule& rule, core::values::TaxYear year,
                                     core::base::Random& random);

/// A value beside a rule: a penny or a day over the edge, or one character more, fewer or other
/// than a value that keeps it. Some keep the rule all the same.
[[nodiscard]] std::string near_value(const ValueRule& rule, core::values::TaxYear year,
                                     core::base::Random& random);

}  // namespace ig::adapters::rti::tests
