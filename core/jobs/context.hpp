#pragma once

#include "core/base/clock.hpp"
#include "core/ports/civil_zone.hpp"
#include "core/ports/digest.hpp"
#include "core/ports/store.hpp"
#include "core/rules/parameters.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace ig::core::jobs {

/// The mode in which triggers of a kind go to a case system (gateway.toml).
using ModeOf = std::function<triggers::Mode(const std::string& case_system, triggers::Kind kind)>;

/// What every job works with. Owned by the caller, which outlives the job; one thread.
struct JobContext {
  ports::Store& store;
  const rules::ParameterSet& parameters;
  std::string_view parameters_text;  ///< the text the set was read from; kept with its decisions
  const ports::CivilZone& zone;
  ports::Digest& digest;
  const base::Clock& clock;
  ModeOf mode_of;
  std::string correlation_id;  ///< one for each run; travels from intake to delivery

  [[nodiscard]] values::Instant now() const { return values::Instant::of(clock.now()); }
  /// The first moment that is too late to be known "as of" the day.
  [[nodiscard]] values::Instant known_before(values::Date as_of) const {
    return zone.start_of(as_of.plus_days(1));
  }
};

}  // namespace ig::core::jobs
