#pragma once

#include "adapters/sandbox/report.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ig::adapters::sandbox {

/// A trigger event, read.
struct Event {
  std::string subject;  ///< the case
  std::int64_t sequence = 0;
  std::string mode;  ///< TASK or LIVE
  Applied trigger;
};

/// Reads a CloudEvent 1.0 of type uk.income-gateway.trigger.v1 (contracts.md, "On the wire").
/// Every member is checked. Nothing and a code in `fault` when one is missing or wrong, for
/// example "BAD_SEQUENCE".
[[nodiscard]] std::optional<Event> read_event(const nlohmann::json& event, std::string_view& fault);

}  // namespace ig::adapters::sandbox
