#pragma once

#include "core/base/result.hpp"
#include "core/rules/assessment.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

namespace ig::core::rules {

/// Answers one request: contracts.md, "assess"; law.md has the reasons. Pure: the same request and
/// parameters give the same answer, byte for byte. Safe for many threads.
/// Errors: PARAMETER_MISSING (no parameters on the effective date), MISSING_MEMBER (a member the
/// kind needs), NOT_ASKED (HMRC was not asked), WRONG_KIND (the kind does not fit the figure in
/// force), CONTRADICTION (a nil figure with a sum).
[[nodiscard]] base::Result<Assessment> assess(const Request& request,
                                              const ParameterSet& parameters);

}  // namespace ig::core::rules
