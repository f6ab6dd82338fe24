#pragma once

#include "core/base/result.hpp"
#include "core/rules/decision.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

#include <memory>
#include <string>

namespace ig::core::rules {

/// A decision with what it was made of.
struct Decided {
  Decision decision;
  HistoricFigure historic;
  const Parameters* parameters = nullptr;   ///< lives as long as the set, or as `mixed`
  std::shared_ptr<const Parameters> mixed;  ///< where the day of the decision picks the threshold
};

/// Decides one request, without words: the first half of assess(), with its errors.
[[nodiscard]] base::Result<Decided> decide(const Request& request, const ParameterSet& parameters);

/// Puts a decision into words: the second half of assess().
[[nodiscard]] Assessment in_words(const Request& request, const Decided& decided,
                                  const std::string& version);

/// Answers one request: contracts.md, "assess"; law.md has the reasons. Pure: the same request and
/// parameters give the same answer, byte for byte. Safe for many threads.
/// Errors: PARAMETER_MISSING (no parameters on the effective date), MISSING_MEMBER (a member the
/// kind needs), NOT_ASKED (HMRC was not asked), WRONG_KIND (the kind does not fit the figure in
/// force), CONTRADICTION (a nil figure with a sum).
[[nodiscard]] base::Result<Assessment> assess(const Request& request,
                                              const ParameterSet& parameters);

}  // namespace ig::core::rules
