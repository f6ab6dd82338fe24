#pragma once

#include "adapters/sandbox/asked.hpp"

namespace ig::adapters::sandbox {

/// GET /individuals/employments/: a link to PAYE employments.
[[nodiscard]] http::Response employments_root(const Asked& asked);
/// GET /individuals/employments/paye: employments that overlap the range, the latest end first.
/// Use cases that ask for one employer at a time must name it by `payeReference`.
[[nodiscard]] http::Response employments_paye(const Asked& asked);

}  // namespace ig::adapters::sandbox
