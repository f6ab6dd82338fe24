#pragma once

#include "core/base/random.hpp"

#include <string>

namespace ig::adapters::hmrc {

/// A random UUID (RFC 9562 version 4), in lower case: HMRC refuses versions 6 to 8.
[[nodiscard]] std::string correlation_id(core::base::Random& random);

}  // namespace ig::adapters::hmrc
