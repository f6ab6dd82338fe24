#pragma once

#include "core/ledger/ledger.hpp"
#include "core/ledger/periods.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace ig::core::ledger {

/// What decides how pay is read, beside the payments.
struct FigureTerms {
  values::Date as_of;
  values::PayFrequency frequency = values::PayFrequency::M1;
  std::optional<values::Date> started_on;
  bool leaving = false;  ///< a leaving date is known, still to come
};

/// The weekly figure of one active job and what it rests on.
struct Figure {
  values::Fraction exact_weekly;  ///< pence, never below zero
  Window window;
  Method method = Method::average_of_periods;
  Confidence confidence = Confidence::low;
  std::optional<values::Money> deductible_weekly;
  std::optional<values::Date> level_since;
  std::vector<std::string_view> notes;
  std::optional<values::Date> until;  ///< from that day on the same pay reads otherwise
};

/// Regular pay by whole periods: the settled amount where the pattern shows one, else the average
/// of the window (SI 2012/2677 reg 38; law.md R-031). `periods` is not empty.
[[nodiscard]] Figure figure_of_periods(std::span<const Period> periods, const FigureTerms& terms,
                                       const LedgerPolicy& policy);

/// Irregular pay: all that was paid in the look-back, over its days. `payments` is not empty.
[[nodiscard]] Figure figure_of_days(std::span<const Booked> payments, const FigureTerms& terms,
                                    const LedgerPolicy& policy);

}  // namespace ig::core::ledger
