#pragma once

#include <optional>
#include <string>

#include "core/triggers/trigger.hpp"

namespace ig::core::triggers {

/// What was raised before for one case: the memory that keeps a trigger from being repeated and
/// lets a corrected one be withdrawn. One record for each (kind, subject) that is still standing.
struct Raised {
  values::CaseKey case_key;
  Kind kind = Kind::IN_YEAR_INCOME;
  std::string subject;  ///< employment for job signals, review date for reviews, else empty
  std::string trigger_id;
  values::Date raised_on;
  std::optional<Direction> direction;
  std::optional<values::Money> base;
  std::optional<values::Money> weekly;

  friend bool operator==(const Raised&, const Raised&) = default;
};

}  // namespace ig::core::triggers
