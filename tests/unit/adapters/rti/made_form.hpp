#pragma once

#include "adapters/rti/form.hpp"

#include <cstdint>
#include <string>

namespace ig::adapters::rti::tests {

/// A document of a form, made of its tables by chance: which optional elements stand in it, how
/// often an element stands, and its values. It keeps every rule of structure and value.
[[nodiscard]] std::string whole_form(const Form& form, std::uint64_t seed);

/// The same document with one value that lies beside its rule.
[[nodiscard]] std::string form_with_near_value(const Form& form, std::uint64_t seed);

}  // namespace ig::adapters::rti::tests
