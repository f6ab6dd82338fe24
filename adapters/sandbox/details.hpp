#pragma once

#include "adapters/sandbox/asked.hpp"

namespace ig::adapters::sandbox {

/// GET /individuals/details/: links to addresses and contact details, as the scopes allow. 1.0.
[[nodiscard]] http::Response details_root(const Asked& asked);
/// GET .../addresses: residences still in use.
[[nodiscard]] http::Response details_addresses(const Asked& asked);
/// GET .../contact-details: telephone numbers.
[[nodiscard]] http::Response details_contacts(const Asked& asked);

}  // namespace ig::adapters::sandbox
