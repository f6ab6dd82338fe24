#pragma once

#include "core/facts/fact.hpp"
#include "core/facts/payment.hpp"
#include "core/ledger/person_income.hpp"

#include <span>
#include <vector>

namespace ig::core::ledger {

/// How pay becomes a weekly figure: what SI 2012/2677 reg 38 leaves to judgment. Callers fill it
/// from the parameters in force; the defaults are those of config/parameters.toml.
struct LedgerPolicy {
  int window_months = 3;    ///< whole months averaged where pay comes by the month
  int window_weeks = 12;    ///< whole weeks averaged where it comes by the week, or irregularly
  int settled_periods = 2;  ///< equal full periods at the end that show a settled pattern
  /// Weeks to a month: 12 / 365 x 7 (law.md A04), the same base as historic income.
  values::Fraction month_to_week = {84, 365};
  // Days without pay after which a job without a leaving date counts as lapsed; HMRC's own habit
  // is about three months, longer where pay is irregular (rti.md hazards 24, 25). Quarterly,
  // half-yearly and annual pay get their own period on top of the monthly limit.
  int silence_weekly_days = 92;
  int silence_fortnightly_days = 92;
  int silence_four_weekly_days = 92;
  int silence_monthly_days = 92;
  int silence_irregular_days = 184;
  /// Statutory sick pay of a week: pay that fell to it is watched. Nothing: not known.
  values::Money sick_pay_weekly = values::Money::pence(0);
  int overdue_days = 10;  ///< grace after an expected payday before it is noted as overdue

  friend bool operator==(const LedgerPolicy&, const LedgerPolicy&) = default;
};

/// What one person's jobs pay a week at the end of `as_of`.
///
/// `payments` and `employments` are what was known by then about this person (received before
/// as_of + 1, 00:00 Europe/London), in any order, from any source; test facts and facts about
/// payees that are no individual are passed over. A payment dated after `as_of` is expected, not
/// paid: it tells about starts and ends and is never in a window. The result does not depend on
/// the order of the facts, nor on how often one is given.
[[nodiscard]] PersonIncome weigh(std::span<const facts::Payment> payments,
                                 std::span<const facts::Employment> employments, values::Date as_of,
                                 const LedgerPolicy& policy);

/// The same for one person over many days: what new facts or a later day leave as it was is not
/// found again. `know` and `income` in any order give what `weigh` gives. Not for two threads.
class PersonLedger {
 public:
  explicit PersonLedger(const LedgerPolicy& policy);
  ~PersonLedger();
  PersonLedger(PersonLedger&&) noexcept;
  PersonLedger& operator=(PersonLedger&&) noexcept;

  /// From now on pay is read by this policy.
  void use(const LedgerPolicy& policy);
  /// All that is known about the person now. A fact that was known before lies where it lay; all
  /// of them outlive the next call of `know` or the ledger.
  void know(std::span<const facts::Payment> payments,
            std::span<const facts::Employment> employments);
  /// As `weigh` of the facts that are known.
  [[nodiscard]] PersonIncome income(values::Date as_of);

 private:
  struct Kept;
  void weigh(Kept& kept, values::Date as_of);

  LedgerPolicy policy_;
  std::vector<Kept> jobs_;
};

}  // namespace ig::core::ledger
