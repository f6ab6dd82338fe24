#pragma once

#include "core/base/result.hpp"
#include "core/ports/digest.hpp"
#include "core/rules/parameters.hpp"

#include <string_view>

namespace ig::embedded {
/// config/parameters.toml as it stood when the program was built.
extern const std::string_view parameters_toml;
}  // namespace ig::embedded

namespace ig::adapters::formats {

/// Reads a parameter file (config/parameters.toml explains the shape). Errors: PARAMETER_INVALID;
/// the message names line and column.
[[nodiscard]] core::base::Result<core::rules::ParameterSet> read_parameters(
    std::string_view toml, core::ports::Digest& digest);

/// The parameters built into the program.
[[nodiscard]] core::base::Result<core::rules::ParameterSet> embedded_parameters(
    core::ports::Digest& digest);

}  // namespace ig::adapters::formats
