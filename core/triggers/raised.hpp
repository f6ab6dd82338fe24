#pragma once

#include "core/triggers/trigger.hpp"

#include <optional>
#include <string>

namespace ig::core::triggers {

/// What was raised before for one case: the memory that keeps a trigger from being repeated and
/// lets a corrected one be withdrawn. One record for each (kind, subject) that is still standing.
struct Raised {
  values::CaseKey case_key;
  Kind kind = Kind::IN_YEAR_INCOME;
  /// Employment for job signals, review date for reviews, what is looked at for human review and
  /// requests; empty for figures.
  std::string subject;
  std::string trigger_id;
  values::Date raised_on;
  std::optional<Direction> direction;
  std::optional<values::Money> base;
  std::optional<values::Money> weekly;

  friend bool operator==(const Raised&, const Raised&) = default;
};

}  // namespace ig::core::triggers
