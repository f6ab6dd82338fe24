#include "core/rules/gate.hpp"

namespace ig::core::rules {
namespace {

using values::Int128;
using values::Money;

// The largest terms: money 10^13 pence, a fraction's terms 10^18, a threshold's terms 10^4, the
// weekly multiplier 10^2 and divisor 10^4. Their largest product, 10^18 * 10^13 * 10^2 * 10^4, is
// 10^37 and fits in 127 bits (1.7 * 10^38).

bool counts(const Threshold& threshold, Int128 difference) {
  if (difference == 0) return false;
  return difference > 0 ? threshold.rise_counts : threshold.fall_counts;
}

/// Is `scaled_size`, q times the size of the difference, enough against p times the base?
bool is_enough(const Threshold& threshold, Int128 scaled_size, Int128 scaled_base) {
  return threshold.at_least ? scaled_size >= scaled_base : scaled_size > scaled_base;
}

Int128 size(Int128 value) { return value < 0 ? -value : value; }

Threshold threshold_of(TestBase kind, const Parameters& parameters) {
  Threshold out(kind == TestBase::historic ? parameters.threshold_historic
                                           : parameters.threshold_current);
  out.at_least = parameters.at_least;
  out.rise_counts = parameters.rise_counts;
  out.fall_counts = parameters.fall_counts;
  out.rounds_part = parameters.rounds_threshold;
  return out;
}

Test made(TestBase kind, Money base, Money other, const Threshold& threshold) {
  Test out;
  out.base = kind;
  out.base_amount = base;
  out.other_amount = other;
  out.difference = other - base;
  out.threshold_numerator = static_cast<int>(threshold.part.numerator);
  out.threshold_denominator = static_cast<int>(threshold.part.denominator);
  out.met = meets(threshold, base, other);
  return out;
}

}  // namespace

bool meets(const Threshold& threshold, Money base, Money other) {
  const Int128 difference = Int128{other.in_pence()} - base.in_pence();
  if (!counts(threshold, difference)) return false;
  if (base == Money()) return true;
  const Ratio& part = threshold.part;
  if (threshold.rounds_part) {
    const Money least =
        values::Fraction(Int128{part.numerator} * base.in_pence(), part.denominator).half_up();
    return is_enough(threshold, size(difference), least.in_pence());
  }
  return is_enough(threshold, part.denominator * size(difference),
                   Int128{part.numerator} * base.in_pence());
}

bool meets_unrounded(const Threshold& threshold, Int128 base_numerator, Int128 base_denominator,
                     const values::Fraction& other) {
  constexpr Int128 most = base::limits::fraction_term_max;
  base::require(other.numerator() >= 0 && other.numerator() <= most && other.denominator() <= most,
                "exact current income has terms within the limit");
  const Int128 scaled = base_numerator * other.denominator();
  const Int128 difference = other.numerator() * base_denominator - scaled;
  if (!counts(threshold, difference)) return false;
  if (base_numerator == 0) return true;
  return is_enough(threshold, threshold.part.denominator * size(difference),
                   threshold.part.numerator * scaled);
}

Test gate(const HistoricFigure& historic, Money current,
          const std::optional<values::Fraction>& exact_current, const Parameters& parameters) {
  const Threshold threshold = threshold_of(TestBase::historic, parameters);
  Test out = made(TestBase::historic, historic.weekly, current, threshold);
  const auto unrounded = [&](const values::Fraction& exact) {
    return meets_unrounded(threshold, historic.exact_numerator, historic.exact_denominator, exact);
  };
  if (exact_current) out.met_unrounded = unrounded(*exact_current);
  if (parameters.tests_unrounded) {
    out.met = out.met_unrounded.value_or(unrounded(values::Fraction::whole(current)));
  }
  return out;
}

Test in_year_test(TestBase kind, Money in_force, Money current, const Parameters& parameters) {
  Test out = made(kind, in_force, current, threshold_of(kind, parameters));
  const bool from_nil = kind == TestBase::current_in_force && in_force == Money();
  if (from_nil && !parameters.zero_base_passes) out.met = false;
  return out;
}

}  // namespace ig::core::rules
