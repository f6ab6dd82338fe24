#pragma once

#include <source_location>

namespace ig::core::base {

/// Ends the process: a promise of our own code is broken. Never used for input.
[[noreturn]] void broken_promise(const char* promise, const std::source_location& at) noexcept;

/// Asserts a promise of our own code, in every build. Bad input is an Error, never this.
constexpr void require(bool holds, const char* promise,
                       const std::source_location& at = std::source_location::current()) {
  if (!holds) [[unlikely]] {
    broken_promise(promise, at);
  }
}

}  // namespace ig::core::base
