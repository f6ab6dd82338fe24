#pragma once

#include "core/values/date.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ig::core::values {

/// A name as names are compared: its letters (ascii_letters) as capitals A to Z and nothing else.
[[nodiscard]] std::string folded_name(std::string_view name);

/// Where an index keeps people by surname and birth date, for documents without a National
/// Insurance number. Never the packed form of a number (Nino::packed), and never zero. Different
/// people may share a key: their names are compared afterwards.
[[nodiscard]] std::uint64_t name_key(std::string_view surname, Date born);

}  // namespace ig::core::values
