#pragma once

#include "core/base/require.hpp"
#include "core/values/money.hpp"

#include <compare>
#include <cstdint>
#include <string>

namespace ig::core::values {

__extension__ using Int128 = __int128;

/// An exact number of pence as a fraction in lowest terms, for sums that are rounded once, at the
/// end (SI 2012/2677 reg 6). The denominator is positive. Terms stay below 2^120; more is a
/// broken promise, as every input is limited.
class Fraction {
 public:
  constexpr Fraction() = default;
  constexpr Fraction(Int128 numerator, Int128 denominator) : n_(numerator), d_(denominator) {
    base::require(d_ > 0, "a fraction's denominator is positive");
    base::require(n_ < bound() && n_ > -bound() && d_ < bound(), "a fraction's terms fit");
    const Int128 g = gcd(n_ < 0 ? -n_ : n_, d_);
    n_ /= g;
    d_ /= g;
  }
  [[nodiscard]] static constexpr Fraction whole(Money amount) { return {amount.in_pence(), 1}; }
  /// So many thousandths: 125 is an eighth.
  [[nodiscard]] static constexpr Fraction per_mille(std::int64_t thousandths) {
    return {thousandths, 1'000};
  }

  [[nodiscard]] constexpr Int128 numerator() const noexcept { return n_; }
  [[nodiscard]] constexpr Int128 denominator() const noexcept { return d_; }

  friend constexpr Fraction operator+(const Fraction& a, const Fraction& b) {
    const Int128 g = gcd(a.d_, b.d_);
    return {sum(product(a.n_, b.d_ / g), product(b.n_, a.d_ / g)), product(a.d_ / g, b.d_)};
  }
  friend constexpr Fraction operator-(const Fraction& a, const Fraction& b) {
    return a + Fraction{-b.n_, b.d_};
  }
  friend constexpr Fraction operator*(const Fraction& a, const Fraction& b) {
    const Int128 g1 = gcd(a.n_ < 0 ? -a.n_ : a.n_, b.d_);
    const Int128 g2 = gcd(b.n_ < 0 ? -b.n_ : b.n_, a.d_);
    return {product(a.n_ / g1, b.n_ / g2), product(a.d_ / g2, b.d_ / g1)};
  }
  /// How far it is from nothing.
  [[nodiscard]] friend constexpr Fraction size_of(const Fraction& number) {
    return {number.n_ < 0 ? -number.n_ : number.n_, number.d_};
  }
  friend constexpr bool operator==(const Fraction&, const Fraction&) = default;
  friend constexpr std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
    const Int128 difference = (a - b).n_;
    return difference <=> Int128{0};
  }

  /// The nearest whole penny; a half goes away from zero (SI 2012/2677 reg 6).
  [[nodiscard]] constexpr Money half_up() const {
    const Int128 size = n_ < 0 ? -n_ : n_;
    const Int128 rounded = (2 * size + d_) / (2 * d_);
    base::require(rounded <= base::limits::fraction_term_max, "a rounded fraction fits in pence");
    return Money::pence(static_cast<std::int64_t>(n_ < 0 ? -rounded : rounded));
  }

 private:
  static constexpr Int128 bound() { return Int128{1} << 120; }
  static constexpr Int128 product(Int128 a, Int128 b) {
    Int128 out = 0;
    base::require(!__builtin_mul_overflow(a, b, &out), "a fraction's terms fit");
    return out;
  }
  static constexpr Int128 sum(Int128 a, Int128 b) {
    Int128 out = 0;
    base::require(!__builtin_add_overflow(a, b, &out), "a fraction's terms fit");
    return out;
  }
  /// `b` is a denominator or a part of one, so never nil.
  static constexpr Int128 gcd(Int128 a, Int128 b) {
    while (b != 0) {
      const Int128 rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  Int128 n_ = 0;
  Int128 d_ = 1;
};

/// A 128-bit number in decimal.
[[nodiscard]] std::string text(Int128 number);

}  // namespace ig::core::values
