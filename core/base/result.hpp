#pragma once

#include "core/base/error_code.hpp"
#include "core/base/require.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace ig::core::base {

/// Why a call failed. Safe to log: it names place, field and rule and never a personal value.
struct Error {
  ErrorCode code{};
  std::string field;    ///< JSON pointer or element path; empty when the whole is meant
  std::string message;  ///< one plain sentence for an operator: what, where, what to do
};

[[nodiscard]] inline Error fail(ErrorCode code, std::string field, std::string message) {
  return Error{code, std::move(field), std::move(message)};
}

/// Puts `prefix` before the field of an error on its way up: "/current" + "/weekly_pence".
[[nodiscard]] inline Error under(std::string_view prefix, Error error) {
  error.field.insert(0, prefix);
  return error;
}

/// A value or the Error that stands in its place. The only way a call of the core reports failure.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  constexpr Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  constexpr Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] constexpr bool has_value() const noexcept { return state_.index() == 0; }
  constexpr explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] constexpr T& value() & {
    require(has_value(), "value() is called on a Result that has one");
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] constexpr const T& value() const& {
    require(has_value(), "value() is called on a Result that has one");
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] constexpr T&& value() && { return std::move(value()); }

  [[nodiscard]] constexpr T& operator*() & { return value(); }
  [[nodiscard]] constexpr const T& operator*() const& { return value(); }
  [[nodiscard]] constexpr T&& operator*() && { return std::move(value()); }
  [[nodiscard]] constexpr T* operator->() { return &value(); }
  [[nodiscard]] constexpr const T* operator->() const { return &value(); }

  [[nodiscard]] constexpr const Error& error() const& {
    require(!has_value(), "error() is called on a Result that failed");
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] constexpr Error&& error() && {
    require(!has_value(), "error() is called on a Result that failed");
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value, or an Error. `return {};` succeeds.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const Error& error() const& {
    require(!has_value(), "error() is called on a Result that failed");
    return *error_;
  }
  [[nodiscard]] Error&& error() && {
    require(!has_value(), "error() is called on a Result that failed");
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace ig::core::base
