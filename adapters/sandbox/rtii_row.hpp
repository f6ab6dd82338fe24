#pragma once

#include "adapters/sandbox/hmrc_world.hpp"
#include "adapters/wire/json/writer.hpp"

#include <set>
#include <string_view>

namespace ig::adapters::sandbox {

/// One payment of one person, and which fields of it are asked for.
struct RtiiRow {
  const Person& person;
  std::string_view second_forename;
  const PaidRow& paid;
  int current_tax_year = 0;
  const std::set<std::string_view>& fields;
};

/// Writes the payment as an object. A field that the sandbox's people do not have is left out.
void write_rtii_row(wire::json::Writer& out, const RtiiRow& row);

}  // namespace ig::adapters::sandbox
