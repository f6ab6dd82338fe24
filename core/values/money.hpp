#pragma once

#include "core/base/limits.hpp"
#include "core/base/result.hpp"

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace ig::core::values {

/// How many decimal places a text of money must have.
enum class Places : std::uint8_t {
  up_to_two,    ///< JSON and our own formats: 0, 1 or 2
  exactly_two,  ///< HMRC's RTI schemas
};

/// Sterling in whole pence. There is no way to it from a floating-point number.
class Money {
 public:
  constexpr Money() = default;
  [[nodiscard]] static constexpr Money pence(std::int64_t amount) noexcept { return Money(amount); }
  template <std::floating_point Number>
  static Money pence(Number amount) = delete;

  /// Reads pounds from decimal text: `-?(0|[1-9][0-9]{0,10})(\.[0-9]{1,2})?`; "-0.00" is zero.
  /// Errors: INVALID_MONEY. A field's own range is a separate check.
  [[nodiscard]] static constexpr base::Result<Money> parse(std::string_view text,
                                                           Places places = Places::up_to_two);

  [[nodiscard]] constexpr std::int64_t in_pence() const noexcept { return pence_; }
  /// Pounds with two places and no separator: "-1234.05".
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(Money, Money) = default;
  // A sum that 64 bits cannot hold is a broken promise: every field and every count is limited.
  friend constexpr Money operator+(Money a, Money b) noexcept {
    std::int64_t sum = 0;
    base::require(!__builtin_add_overflow(a.pence_, b.pence_, &sum), "a sum of money fits");
    return Money(sum);
  }
  friend constexpr Money operator-(Money a, Money b) noexcept {
    std::int64_t difference = 0;
    base::require(!__builtin_sub_overflow(a.pence_, b.pence_, &difference), "a sum of money fits");
    return Money(difference);
  }
  constexpr Money& operator+=(Money other) noexcept { return *this = *this + other; }

 private:
  explicit constexpr Money(std::int64_t amount) noexcept : pence_(amount) {}
  std::int64_t pence_ = 0;
};

namespace detail {
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
/// The pence of `text`, or -1 when it breaks the grammar (the sign is already taken off).
constexpr std::int64_t unsigned_pence(std::string_view text, Places places) noexcept {
  std::size_t at = 0;
  std::int64_t pounds = 0;
  while (at < text.size() && is_digit(text[at])) {
    if (at >= 11) return -1;
    pounds = pounds * 10 + (text[at] - '0');
    ++at;
  }
  if (at == 0 || (at > 1 && text[0] == '0')) return -1;
  if (at == text.size()) return places == Places::exactly_two ? -1 : pounds * 100;
  if (text[at] != '.') return -1;
  const std::string_view decimals = text.substr(at + 1);
  if (decimals.empty() || decimals.size() > 2) return -1;
  if (places == Places::exactly_two && decimals.size() != 2) return -1;
  for (const char c : decimals) {
    if (!is_digit(c)) return -1;
  }
  const std::int64_t tens = (decimals[0] - '0') * 10;
  return pounds * 100 + tens + (decimals.size() == 2 ? decimals[1] - '0' : 0);
}
}  // namespace detail

constexpr base::Result<Money> Money::parse(std::string_view text, Places places) {
  const bool negative = text.starts_with('-');
  const std::int64_t amount = detail::unsigned_pence(negative ? text.substr(1) : text, places);
  if (amount < 0) {
    return base::Error{base::ErrorCode::INVALID_MONEY,
                       {},
                       places == Places::exactly_two
                           ? "money is pounds with exactly two decimal places"
                           : "money is pounds with at most two decimal places"};
  }
  return Money(negative ? -amount : amount);
}

}  // namespace ig::core::values
