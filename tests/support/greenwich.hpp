#pragma once

#include "core/ports/civil_zone.hpp"

#include <chrono>

namespace ig::tests {

/// Days by UTC, for tests that do not turn on an hour.
class Greenwich final : public core::ports::CivilZone {
 public:
  [[nodiscard]] core::values::Date day_of(core::values::Instant at) const override {
    return core::values::Date::of(std::chrono::floor<std::chrono::days>(at.at()));
  }
  [[nodiscard]] core::values::Instant start_of(core::values::Date day) const override {
    return core::values::Instant::of(core::values::Instant::Rep{day.days()});
  }
};

}  // namespace ig::tests
