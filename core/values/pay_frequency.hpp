#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ig::core::values {

/// How often an employment pays; HMRC data item 42. The names are HMRC's codes.
enum class PayFrequency : std::uint8_t { W1, W2, W4, M1, M3, M6, MA, IO, IR };

[[nodiscard]] constexpr std::string_view name(PayFrequency frequency) noexcept {
  constexpr std::string_view names[] = {"W1", "W2", "W4", "M1", "M3", "M6", "MA", "IO", "IR"};
  return names[static_cast<std::size_t>(frequency)];
}

/// The frequency of HMRC's code, or nothing for an unknown one.
[[nodiscard]] constexpr std::optional<PayFrequency> parse_pay_frequency(
    std::string_view code) noexcept {
  for (std::uint8_t i = 0; i < 9; ++i) {
    const auto frequency = static_cast<PayFrequency>(i);
    if (name(frequency) == code) return frequency;
  }
  return std::nullopt;
}

/// Weeks of one pay period, or 0 when the frequency is not counted in weeks.
[[nodiscard]] constexpr int weeks_in_period(PayFrequency frequency) noexcept {
  switch (frequency) {
    case PayFrequency::W1:
      return 1;
    case PayFrequency::W2:
      return 2;
    case PayFrequency::W4:
      return 4;
    default:
      return 0;
  }
}

/// Months of one pay period, or 0 when the frequency is not counted in months.
[[nodiscard]] constexpr int months_in_period(PayFrequency frequency) noexcept {
  switch (frequency) {
    case PayFrequency::M1:
      return 1;
    case PayFrequency::M3:
      return 3;
    case PayFrequency::M6:
      return 6;
    case PayFrequency::MA:
      return 12;
    default:
      return 0;
  }
}

}  // namespace ig::core::values
