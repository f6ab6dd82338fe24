#pragma once

#include "core/base/result.hpp"
#include "core/rules/parameters.hpp"

#include <string>

namespace ig::adapters::cli {

/// The parameters of `--parameters FILE`, or those built in when it is empty. Errors: UNREADABLE,
/// PARAMETER_INVALID with line and column.
[[nodiscard]] core::base::Result<core::rules::ParameterSet> load_parameters(
    const std::string& file);

}  // namespace ig::adapters::cli
