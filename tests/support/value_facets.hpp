#pragma once

#include "adapters/rti/value_rule.hpp"
#include "core/values/tax_year.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ig::tests::support {

/// A simple type of XML Schema 1.0: a restriction of a built-in type.
struct SimpleType {
  std::string base;  ///< "xs:token"
  std::vector<std::pair<std::string_view, std::string>> facets;
  std::string name;  ///< of a rule that its kind and bounds say in full; else empty
};

/// A value rule as a simple type; the days of a tax year become bounds.
[[nodiscard]] SimpleType simple_type(const adapters::rti::ValueRule& rule,
                                     core::values::TaxYear year);

}  // namespace ig::tests::support
