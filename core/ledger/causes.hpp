#pragma once

#include "core/ledger/figure.hpp"
#include "core/ledger/periods.hpp"

#include <span>

namespace ig::core::ledger {

/// A move of pay from one level to another: what was paid before it and since, both oldest first.
struct Move {
  std::span<const Period> before;
  std::span<const Period> now;  ///< not empty
};

/// `a` differs from `b` by at most a tenth of `b`.
[[nodiscard]] bool within_a_tenth(const values::Fraction& a, const values::Fraction& b);

/// The pay moved because more or less of it goes into the pension, and for nothing else
/// (rti.md hazard 30).
[[nodiscard]] bool pension_explains(const Period& before, const Period& after);

/// Pay fell below each of the two periods before, and nothing in the reports says why: it may be
/// salary sacrifice or sickness, which no report shows (rti.md hazards 31 and 33).
[[nodiscard]] bool fell_without_a_word(const Move& move);

/// The same swing came at the same time last year: pay before it and since lies within a tenth of
/// what was paid 52 weeks earlier, and a tenth or more from the mean of the year.
[[nodiscard]] bool is_seasonal(const Move& move, values::PayFrequency frequency);

/// So long statutory sick pay is paid at most: 28 weeks (SSCBA 1992 s155).
inline constexpr int kSickPayDays = 196;

/// A weekly figure within a twentieth of statutory sick pay. Where no rate is known, none is.
[[nodiscard]] bool is_near_sick_pay(const values::Fraction& weekly, const LedgerPolicy& policy);

}  // namespace ig::core::ledger
