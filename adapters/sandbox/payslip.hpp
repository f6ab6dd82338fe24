#pragma once

#include "adapters/sandbox/truth.hpp"

#include <cstdint>
#include <string_view>

namespace ig::adapters::sandbox {

/// What is taken from one payment, in pence, on thresholds of 2025-26: good enough for a payslip
/// that adds up.
struct Deductions {
  std::int64_t tax, employee_ni, employer_ni;
  std::int64_t lower, to_primary, to_upper;  ///< earnings in the bands of National Insurance
};
[[nodiscard]] Deductions deductions(std::int64_t pay, Rhythm rhythm);

/// HMRC's code: M1, W1 or W4.
[[nodiscard]] std::string_view frequency_code(Rhythm rhythm);

}  // namespace ig::adapters::sandbox
