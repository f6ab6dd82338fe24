#include "core/rules/gate.hpp"

namespace ig::core::rules {
namespace {

using values::Int128;
using values::Money;

// The largest terms: money 10^13 pence, a fraction's terms 10^18, a threshold's terms 10^4, the
// weekly multiplier 10^2 and divisor 10^4. Their largest product, 10^18 * 10^13 * 10^2 * 10^4, is
// 10^37 and fits in 127 bits (1.7 * 10^38).

Int128 size(Int128 value) { return value < 0 ? -value : value; }

Test made(TestBase kind, Money base, Money other, const Ratio& part) {
  Test out;
  out.base = kind;
  out.base_amount = base;
  out.other_amount = other;
  out.difference = other - base;
  out.threshold_numerator = static_cast<int>(part.numerator);
  out.threshold_denominator = static_cast<int>(part.denominator);
  out.met = meets(part, base, other);
  return out;
}

}  // namespace

bool meets(const Ratio& part, Money base, Money other) {
  if (base == Money()) return other > Money();
  return Int128{part.denominator} * size(Int128{other.in_pence()} - base.in_pence()) >=
         Int128{part.numerator} * base.in_pence();
}

bool meets_unrounded(const Ratio& part, Int128 base_numerator, Int128 base_denominator,
                     const values::Fraction& other) {
  constexpr Int128 most = base::limits::fraction_term_max;
  base::require(other.numerator() >= 0 && other.numerator() <= most && other.denominator() <= most,
                "exact current income has terms within the limit");
  if (base_numerator == 0) return other.numerator() > 0;
  const Int128 scaled = base_numerator * other.denominator();
  const Int128 difference = other.numerator() * base_denominator - scaled;
  return Int128{part.denominator} * size(difference) >= Int128{part.numerator} * scaled;
}

Test gate(const HistoricFigure& historic, Money current,
          const std::optional<values::Fraction>& exact_current, const Parameters& parameters) {
  const Ratio& part = parameters.threshold_historic;
  Test out = made(TestBase::historic, historic.weekly, current, part);
  if (exact_current) {
    out.met_unrounded =
        meets_unrounded(part, historic.exact_numerator, historic.exact_denominator, *exact_current);
  }
  return out;
}

Test in_year_test(TestBase kind, Money in_force, Money current, const Parameters& parameters) {
  const bool held = kind == TestBase::current_in_force;
  Test out = made(kind, in_force, current,
                  held ? parameters.threshold_current : parameters.threshold_historic);
  if (held && in_force == Money()) out.met = out.met && parameters.zero_base_passes;
  return out;
}

}  // namespace ig::core::rules
