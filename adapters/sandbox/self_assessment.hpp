#pragma once

#include "adapters/sandbox/asked.hpp"

#include <string_view>

namespace ig::adapters::sandbox {

/// GET /individuals/income/sa and everything under it. `part` is what stands behind "/sa/", empty
/// for the footprint: registrations, submissions and links. Nothing for a part that the version
/// does not have. Amounts that nobody gave, and those outside the scopes, are both written 0. P1.0
/// answers newest first, 2.0 oldest first.
[[nodiscard]] std::optional<http::Response> self_assessment(const Asked& asked,
                                                            std::string_view part);

}  // namespace ig::adapters::sandbox
