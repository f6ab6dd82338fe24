#include "adapters/sandbox/payslip.hpp"

#include "core/base/require.hpp"

#include <algorithm>

namespace ig::adapters::sandbox {
namespace {

/// Thresholds of one pay period in pence (2025-26):
/// tax-free pay, lower earnings limit, primary threshold, upper earnings limit.
struct Thresholds {
  std::int64_t free, lower, primary, upper;
};

Thresholds thresholds(Rhythm rhythm) {
  switch (rhythm) {
    case Rhythm::monthly:
      return {104'750, 54'200, 104'800, 418'900};
    case Rhythm::weekly:
      return {24'173, 12'500, 24'200, 96'700};
    case Rhythm::four_weekly:
      return {96'692, 50'000, 96'800, 386'800};
  }
  IG_UNREACHABLE("a rhythm is one of three");
}

/// What lies of `pay` between two limits.
std::int64_t band(std::int64_t pay, std::int64_t from, std::int64_t to) {
  return std::clamp(pay, from, to) - from;
}

}  // namespace

Deductions deductions(std::int64_t pay, Rhythm rhythm) {
  const Thresholds t = thresholds(rhythm);
  return {.tax = std::max<std::int64_t>(0, pay - t.free) / 5,
          .employee_ni = band(pay, t.primary, t.upper) * 8 / 100,
          .employer_ni = std::max<std::int64_t>(0, pay - t.lower) * 15 / 100,
          .lower = pay < t.lower ? 0 : t.lower / 100 * 100,
          .to_primary = band(pay, t.lower, t.primary),
          .to_upper = band(pay, t.primary, t.upper)};
}

std::string_view frequency_code(Rhythm rhythm) {
  switch (rhythm) {
    case Rhythm::monthly:
      return "M1";
    case Rhythm::weekly:
      return "W1";
    case Rhythm::four_weekly:
      return "W4";
  }
  IG_UNREACHABLE("a rhythm is one of three");
}

}  // namespace ig::adapters::sandbox
