#pragma once

#include "adapters/rti/form.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ig::tests::support {

/// A schema of our own in schemas/rti, and the namespace of the form it describes.
struct OwnSchema {
  std::string_view file;
  std::string_view uri;
};

/// One of each form that is checked in full.
[[nodiscard]] std::span<const OwnSchema> own_schemas();

/// What the reader finds and an XML Schema 1.0 cannot say, because it joins several elements.
struct CrossFieldRule {
  std::string_view element;  ///< the position of the problem ends in it
  std::string_view code;     ///< of the problem
  std::string_view says;
};

/// All of them; each stands as an annotation at its element.
[[nodiscard]] std::span<const CrossFieldRule> cross_field_rules();

/// The form as an XML Schema 1.0, made of its tables.
[[nodiscard]] std::string form_xsd(const adapters::rti::Form& form);

}  // namespace ig::tests::support
