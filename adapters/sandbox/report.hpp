#pragma once

#include "adapters/sandbox/truth.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ig::adapters::sandbox {

/// A trigger that was applied to a case, as its event said.
struct Applied {
  std::string id;
  std::string kind;
  std::string direction;  ///< UP, DOWN or empty
  std::string outcome;    ///< of a review, or empty
  std::string relation;   ///< NEW, REPLACES, WITHDRAWS
  std::string refers_to;  ///< id, or empty
};

/// What the receiver saw, judged against what the population says must come.
struct Report {
  std::int64_t cases = 0;
  std::int64_t applied = 0;        ///< triggers applied, each id once
  std::int64_t applied_twice = 0;  ///< the same effect again under another id
  std::int64_t redelivered = 0;    ///< ids that came again, with the same content
  std::int64_t dropped_answers = 0;
  std::int64_t missing = 0;     ///< called for by the population, and not applied
  std::int64_t unexpected = 0;  ///< applied, and neither called for nor allowed
  std::map<std::string, std::int64_t> by_kind;
  std::map<std::string, std::int64_t> refused;  ///< answers other than 2xx, by code
  std::vector<std::string> missing_list;        ///< the first ones: system, case, archetype, what
  std::vector<std::string> unexpected_list;

  /// Nothing is missing and nothing was applied twice.
  [[nodiscard]] bool good() const { return missing == 0 && applied_twice == 0; }
};

/// Judges one case: adds to missing, applied_twice and unexpected. A withdrawal takes back the
/// trigger it refers to; a REPLACES of a kind that was called for is no second effect.
void judge_case(const Case& own_case, std::string_view archetype,
                const std::vector<Applied>& applied, Report& report);

/// One JSON object; the members are those of Report.
[[nodiscard]] std::string report_json(const Report& report);

/// A short table for people, from what report_json() wrote; empty when it is not that.
[[nodiscard]] std::string report_table(std::string_view json);

/// "N cases, M triggers applied, 0 missing, 0 applied twice, R redelivered" of what report_json()
/// wrote; empty when it is not that.
[[nodiscard]] std::string report_summary(std::string_view json);

/// Is nothing missing or applied twice in what report_json() wrote?
[[nodiscard]] bool report_is_good(std::string_view json);

}  // namespace ig::adapters::sandbox
