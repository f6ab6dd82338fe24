#pragma once

#include "core/values/date.hpp"
#include "core/values/fraction.hpp"
#include "core/values/ids.hpp"
#include "core/values/money.hpp"
#include "core/values/pay_frequency.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ig::core::ledger {

enum class EmploymentStatus : std::uint8_t { active, ended, lapsed };
enum class Confidence : std::uint8_t { low, medium, high };
/// How a weekly figure is found (SI 2012/2677 reg 38; law.md R-031).
enum class Method : std::uint8_t {
  settled_pattern,     ///< at least two equal full periods, looking set to go on
  average_of_periods,  ///< whole periods of the window
};

/// The payments a weekly figure rests on.
struct Window {
  values::Date from;
  values::Date to;
  std::vector<std::string> payments;  ///< payment_id, or fact_id where the source gives none
};

/// What one job pays a week, as the payments seen by `as_of` show.
struct EmploymentIncome {
  values::EmploymentKey employment;
  std::string employer;
  EmploymentStatus status = EmploymentStatus::active;
  std::optional<values::PayFrequency> frequency;
  std::optional<values::Fraction> exact_weekly;  ///< pence; absent when not active
  std::optional<Window> window;
  std::optional<Method> method;
  Confidence confidence = Confidence::low;
  std::optional<values::Money> deductible_weekly;  ///< relief-at-source pension, not taken off
  bool occupational_pension = false;
  std::optional<values::Date> started_on;
  std::optional<values::Date> left_on;
  std::optional<values::Date> last_paid_on;
  std::optional<values::Date> level_since;  ///< first payday of the run of equal pay that ends it
  std::vector<std::string> notes;           ///< sorted codes of docs/notes.md
};

/// What a person's jobs pay a week together. Self-employment is never covered by PAYE.
struct PersonIncome {
  values::Date as_of;
  /// Pence: the sum over active employments. Absent when it is not known: an active job without a
  /// figure, or none active and not all of them known to have ended.
  std::optional<values::Fraction> exact_weekly;
  std::optional<values::Money> deductible_weekly;  ///< relief-at-source pension of active jobs
  Confidence confidence = Confidence::low;
  bool covers_employment = false;
  bool covers_pension = false;
  std::vector<EmploymentIncome> employments;  ///< by key; empty: never any payment
  std::vector<std::string> notes;
  /// From that day on the same facts may say something else; absent: never.
  std::optional<values::Date> until;
};

}  // namespace ig::core::ledger
