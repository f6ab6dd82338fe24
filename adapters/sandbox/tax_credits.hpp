#pragma once

#include "adapters/sandbox/asked.hpp"

namespace ig::adapters::sandbox {

/// GET /individuals/benefits-and-credits/: links to both credits. 1.0.
[[nodiscard]] http::Response tax_credits_root(const Asked& asked);
/// GET .../child-tax-credit and .../working-tax-credit: awards of one household application, with
/// the payments of that credit alone. The credits ended in April 2025.
[[nodiscard]] http::Response tax_credits(const Asked& asked, bool child);

}  // namespace ig::adapters::sandbox
