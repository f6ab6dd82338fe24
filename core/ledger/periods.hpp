#pragma once

#include "core/ledger/book.hpp"
#include "core/values/fraction.hpp"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace ig::core::ledger {

/// Days a period may begin late: a weekend and a bank holiday.
inline constexpr int kDaysOff = 3;

/// One pay period of one job, or several paid at once: all that was paid for it.
struct Period {
  values::Date paid_on;                    ///< its main payday
  values::Money amount;                    ///< supplementary runs and corrections added, signed
  int covers = 1;                          ///< pay periods in one payment (HMRC data item 48)
  bool part = false;                       ///< the job started inside it
  std::optional<values::Date> started_on;  ///< when `part`
  bool irregular = false;
  bool on_strike = false;
  bool unpaid_absence = false;
  bool statutory = false;  ///< statutory pay rose in it
  std::optional<values::Money> net_pay_pension;
  std::optional<values::Money> other_pension;
  std::vector<const Booked*> payments;  ///< none where the total alone shows it

  /// Pay of one pay period, exact.
  [[nodiscard]] values::Fraction each() const { return {amount.in_pence(), covers}; }
};

/// A regular frequency: counted in weeks or in months.
[[nodiscard]] bool is_regular(values::PayFrequency frequency) noexcept;

/// Days of a period of this frequency, rounded down; 0 where it is not regular.
[[nodiscard]] int days_in_period(values::PayFrequency frequency) noexcept;

/// The months of a monthly period by number (year * 12 + month - 1): that of its tax month, which
/// runs from the 6th to the 5th (rti.md 2.5).
[[nodiscard]] int month_number(values::Date payday) noexcept;
[[nodiscard]] values::Date first_day_of_month(int month_number);
[[nodiscard]] values::Date last_day_of_month(int month_number);

/// Sorts paydays into pay periods: the same payday and supplementary runs of the same tax week or
/// month are one period; two full payments in one tax month are two (hazards 1, 9, 11).
/// `since`: the day the job started; its first period may be a part of one. Notes go to `notes`.
/// One period without a report counts where the total to date shows that it paid what the reported
/// one after it pays, within a tenth (hazard 6): in place of PAYMENT_MISSING, PAYDAY_BY_TOTAL.
[[nodiscard]] std::vector<Period> sort_into_periods(std::span<const Booked> payments,
                                                    values::PayFrequency frequency,
                                                    std::optional<values::Date> since,
                                                    std::vector<DatedNote>& notes);

/// The payday on which a period's next one is due.
[[nodiscard]] values::Date next_payday(const Period& period, values::PayFrequency frequency);

/// How many periods lie empty between two neighbours.
[[nodiscard]] int empty_between(const Period& a, const Period& b, values::PayFrequency frequency);

/// The totals to date show that nothing was paid between two neighbours of one tax year.
[[nodiscard]] bool totals_follow(const Period& a, const Period& b);

}  // namespace ig::core::ledger
