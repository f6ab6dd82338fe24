#pragma once

#include "core/rules/parameters.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace ig::core::rules {

/// What the value of a parameter may be.
enum class ParameterKind : std::uint8_t {
  whole,
  truth,
  ratio,
  text,
  choice,
  list,   ///< whole numbers, a fixed count of them
  codes,  ///< benefit codes, each once
};

/// What a parameter bears on: which triggers rest on it.
enum class ParameterArea : std::uint8_t {
  decision,   ///< what a yearly figure or verified income leads to
  detection,  ///< what real-time pay leads to
  variation,  ///< unearned income and assets
  benefit,    ///< the status of a benefit
  deduction,  ///< deductions from benefit
  rates,      ///< nothing that is pushed: the library of rates
};

/// One name of the closed list of parameters, and what its rows must hold.
struct ParameterName {
  std::string_view name;
  ParameterArea area = ParameterArea::decision;
  ParameterKind kind = ParameterKind::whole;
  std::string_view unit;
  std::int64_t least = 0;  ///< of a whole number, and of each of a list
  std::int64_t most = 0;
  std::size_t count = 0;      ///< of a list
  std::string_view accepted;  ///< words of a choice, separated by '|'
  std::string_view recorded;  ///< other readings, '|' between them: known, and refused
  /// Puts a checked row into its place; nullptr for a recorded choice that no code asks.
  void (*put)(Parameters& out, const ParameterRow& row) = nullptr;
};

/// Every name a parameter file must give a value, in the order of config/parameters.toml.
[[nodiscard]] std::span<const ParameterName> parameter_names() noexcept;

/// The entry of a name; nullptr when there is none.
[[nodiscard]] const ParameterName* find_parameter_name(std::string_view name) noexcept;

/// Is `word` one of the words of a list with '|' between them?
[[nodiscard]] bool is_listed(std::string_view list, std::string_view word) noexcept;

}  // namespace ig::core::rules
