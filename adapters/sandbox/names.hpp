#pragma once

#include "adapters/sandbox/truth.hpp"
#include "core/base/random.hpp"

namespace ig::adapters::sandbox {

/// Somebody who does not exist: invented name, birth date and gender. The number is
/// `prefix` + six digits of `serial` + a suffix letter; a serial gives each person their own.
[[nodiscard]] Person invent_person(std::string_view prefix, std::uint32_t serial,
                                   core::base::Random& random);

/// `pounds`.`pence`, for example 2310.50; `pence` is not negative.
[[nodiscard]] std::string decimal(std::int64_t pence);

}  // namespace ig::adapters::sandbox
