#pragma once

#include "core/rules/parameters.hpp"

#include <string>
#include <string_view>

namespace ig::core::rules {

/// A value as a reader sees it: "1/4", "30", "on", "AT_LEAST", "120, 160, 190".
[[nodiscard]] std::string text(const ParameterValue& value);

/// "in force", "unconfirmed" or "proposed".
[[nodiscard]] std::string_view text(ParameterStatus status) noexcept;

/// "GB", "NI", or "GB NI" for both.
[[nodiscard]] std::string_view text(
    const std::optional<facts::Jurisdiction>& jurisdiction) noexcept;

}  // namespace ig::core::rules
