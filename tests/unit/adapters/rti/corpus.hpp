#pragma once

#include "core/base/random.hpp"
#include "core/ports/bulk_reader.hpp"
#include "tests/support/xml_schema.hpp"

#include <libxml/tree.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ig::adapters::rti::tests {

/// Spoils or changes a document in one place: an element, an attribute or a text.
class Spoiler {
 public:
  explicit Spoiler(std::uint64_t seed) : random_(seed) {}
  void spoil(xmlDoc* doc);

 private:
  std::size_t below(std::size_t bound);
  void change_attribute(xmlNode* one);
  void change_text(const std::vector<xmlNode*>& all);

  core::base::SeededRandom random_;
};

[[nodiscard]] std::string serialise(xmlDoc* doc);

/// `form`, spoilt in one place, or in two for every fourth seed.
[[nodiscard]] std::string spoilt(const std::string& form, std::uint64_t seed);

using LeavesOut = std::function<bool(const core::ports::Problem&)>;
/// The first problem the reader finds in a document, but for those that `beyond` leaves out;
/// nothing when there is none.
[[nodiscard]] std::optional<std::string> fault_in(const std::string& text, const LeavesOut& beyond);

}  // namespace ig::adapters::rti::tests
