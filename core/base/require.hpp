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

/// Stands where control never comes, such as behind a switch over every value of an enum. The
/// coverage report leaves its line out, and lists it; a promise that a test can break is require().
#define IG_UNREACHABLE(promise) \
  ::ig::core::base::broken_promise((promise), std::source_location::current())
