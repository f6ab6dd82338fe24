#pragma once

#include "adapters/wire/json/value.hpp"
#include "core/base/result.hpp"
#include "core/rules/assessment.hpp"

#include <string>
#include <string_view>

namespace ig::adapters::formats {

/// An assessment and what travelled with its request.
struct AssessmentLine {
  core::rules::Assessment assessment;
  std::string context_json;  ///< the `context` object as JSON; empty when there is none
};

/// Appends one assessment without the line end, members in the order of contracts.md ("assess").
/// `context_json` is a JSON object, or empty, which is written as null.
void write_assessment(std::string& out, const core::rules::Assessment& assessment,
                      std::string_view context_json);

/// Reads an assessment back, for `raise`. Errors as read_request(), with JSON pointers.
[[nodiscard]] core::base::Result<AssessmentLine> read_assessment(const wire::json::Value& value);

}  // namespace ig::adapters::formats
