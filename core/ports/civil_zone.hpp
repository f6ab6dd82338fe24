#pragma once

#include "core/values/date.hpp"
#include "core/values/instant.hpp"

namespace ig::core::ports {

/// Europe/London: which civil day a moment lies in. The zone's rules come from the system.
class CivilZone {
 public:
  virtual ~CivilZone() = default;
  [[nodiscard]] virtual values::Date day_of(values::Instant at) const = 0;
  /// 00:00 of the day, as a moment. "As of D" means received before start_of(D + 1).
  [[nodiscard]] virtual values::Instant start_of(values::Date day) const = 0;
};

}  // namespace ig::core::ports
