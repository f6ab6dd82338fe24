#pragma once

#include "core/rules/decision.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

namespace ig::core::rules {

/// What is found: `current` is tested when there is one. `seen` is DETECTED income: never tested,
/// but flagged RTI_DIFFERS where it would meet the test.
struct CurrentIncome {
  const Current* known = nullptr;
  const Current* seen = nullptr;
};

/// The figure the facts lead to, as an initial decision finds it (reg 34(2), (2A), (3)). `historic`
/// is known or no_data. The action is DETERMINE, NEED_CURRENT_INCOME or MARGINAL_ROUNDING_HUMAN.
[[nodiscard]] Decision find_figure(const HistoricFigure& historic, const CurrentIncome& current,
                                   const Parameters& parameters);

/// The request's current income, split by its evidence.
[[nodiscard]] CurrentIncome split_by_evidence(const Request& request);

/// HMRC out of reach: `early` while there is time before the anchor date, else a person
/// (reg 34(2)(c); law.md R-024).
[[nodiscard]] Decision out_of_reach(const Request& request, Action early,
                                    const Parameters& parameters);

/// HMRC's answer cannot be used as it names no tax year (law.md R-015).
[[nodiscard]] Decision rejected_response();

}  // namespace ig::core::rules
