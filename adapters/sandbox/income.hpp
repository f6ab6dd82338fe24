#pragma once

#include "adapters/sandbox/asked.hpp"

namespace ig::adapters::sandbox {

/// GET /individuals/income/: links to PAYE and Self Assessment. The latter is "sa" in 2.0 and
/// "selfAssessment" in P1.0.
[[nodiscard]] http::Response income_root(const Asked& asked);
/// GET /individuals/income/paye: payments, newest first, with the fields of the scopes.
[[nodiscard]] http::Response income_paye(const Asked& asked);

}  // namespace ig::adapters::sandbox
