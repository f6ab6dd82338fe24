#pragma once

#include "core/rules/parameters.hpp"

namespace ig::adapters::cli {

/// Answers the requests of one descriptor on another, line for line and in order, in constant
/// memory. Gives the exit status: kRefused when a line gave an error line, kCouldNot when reading
/// or writing failed.
[[nodiscard]] int assess_lines(int in, int out, const core::rules::ParameterSet& parameters);

}  // namespace ig::adapters::cli
