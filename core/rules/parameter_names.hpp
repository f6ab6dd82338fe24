#pragma once

#include "core/rules/parameters.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace ig::core::rules {

/// What the value of a parameter may be.
enum class ParameterKind : std::uint8_t { whole, truth, ratio, text, choice };

/// One name of the closed list of parameters, and what its rows must hold.
struct ParameterName {
  std::string_view name;
  ParameterKind kind = ParameterKind::whole;
  std::string_view unit;
  std::int64_t least = 0;  ///< of a whole number
  std::int64_t most = 0;
  std::string_view accepted;  ///< words of a choice, separated by '|'
  std::string_view recorded;  ///< other readings, '|' between them: known, and refused
  /// Puts a checked row into its place; nullptr for a recorded choice that no code asks.
  void (*put)(Parameters& out, const ParameterRow& row) = nullptr;
};

/// Every name a parameter file must give a value, in the order of config/parameters.toml.
[[nodiscard]] std::span<const ParameterName> parameter_names() noexcept;

/// Is `word` one of the words of a list with '|' between them?
[[nodiscard]] bool is_listed(std::string_view list, std::string_view word) noexcept;

}  // namespace ig::core::rules
