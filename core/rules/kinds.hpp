#pragma once

#include "core/base/result.hpp"
#include "core/rules/decision.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

/// One function a kind of decision (law.md R-001). Each has a figure in force where its kind needs
/// one; assess() sees to that.
namespace ig::core::rules {

/// The first figure of a case (reg 34). Errors: NOT_ASKED.
[[nodiscard]] base::Result<Decision> initial(const Request& request, const HistoricFigure& historic,
                                             const Parameters& parameters);

/// The annual review (reg 20; law.md ). Errors: NOT_ASKED.
[[nodiscard]] base::Result<Decision> annual_review(const Request& request,
                                                   const HistoricFigure& historic,
                                                   const Parameters& parameters);

/// A change of income between reviews (reg 17 with 23 or 34; law.md ).
[[nodiscard]] base::Result<Decision> in_year(const Request& request, const HistoricFigure& historic,
                                             const Parameters& parameters);

/// The check of current income that has stood for 11 months (reg 22; law.md R-043).
/// Errors: WRONG_KIND, MISSING_MEMBER.
[[nodiscard]] base::Result<Decision> periodic_check(const Request& request,
                                                    const HistoricFigure& historic,
                                                    const Parameters& parameters);

/// HMRC's figure looked at again for a year already used (reg 14; law.md ).
/// Errors: NOT_ASKED, MISSING_MEMBER.
[[nodiscard]] base::Result<Decision> revision(const Request& request,
                                              const HistoricFigure& historic,
                                              const Parameters& parameters);

/// The error of a decision that needs HMRC's answer before HMRC was asked.
[[nodiscard]] inline base::Error not_asked() {
  return {base::ErrorCode::NOT_ASKED, "/historic/status",
          "HMRC is asked before this kind of decision is made"};
}

}  // namespace ig::core::rules
