#pragma once

#include "core/base/random.hpp"

#include <string>

namespace ig::adapters::hmrc {

/// A fresh id that HMRC takes: a UUID of version 4 (RFC 9562) in lower case. HMRC's pattern
/// refuses versions 6 to 8.
[[nodiscard]] std::string make_correlation_id(core::base::Random& random);

}  // namespace ig::adapters::hmrc
