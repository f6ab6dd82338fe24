#pragma once

#include "core/base/result.hpp"
#include "core/rules/composition.hpp"
#include "core/rules/decision.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/request.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Current income of employees and pensioners, and its sum (SI 2012/2677 regs 37, 38, 40 to 42;
/// law.md ). Trade is in self_employed.hpp.
namespace ig::core::rules {

// ---- pay ----

/// The length of a pay period, or of the time a bonus was earned in.
struct PeriodLength {
  enum class Unit : std::uint8_t { weeks, months };
  Unit unit = Unit::months;
  int count = 1;  ///< 1 or more
  friend bool operator==(const PeriodLength&, const PeriodLength&) = default;
};

/// The length in weeks: a month is one week over employee.month_to_week (A04).
[[nodiscard]] values::Fraction in_weeks(const PeriodLength& length, const Parameters& parameters);

/// A sum that was earned in a longer time than the period it is paid in.
struct Bonus {
  values::Money amount;
  PeriodLength earned_in;
};

/// What was paid for one period, net of net-pay pension.
struct PayPeriod {
  values::Money pay;  ///< without the bonus
  PeriodLength length;
  std::optional<Bonus> bonus;
};

/// What an employer or the paying parent says a new job will pay.
struct ExpectedPay {
  values::Money pay;
  PeriodLength length;
  std::string stated_by;  ///< "employer" or "paying_parent"; never empty
};

/// How a weekly figure was found.
enum class AverageMethod : std::uint8_t {
  settled_pattern,     ///< reg 38(2): a regular amount that looks set to go on
  average_of_periods,  ///< reg 38(3)
  expected_pay,        ///< a new job, by a statement
  ended,               ///< the job has ended: nil
};

/// The weekly pay of one job. It cannot be made from a single pay period: employee.settled_periods
/// of them, or a statement of what is to be paid, are the least.
class WeeklyAverage {
 public:
  /// The amount of the last periods, which are all alike and without a bonus.
  /// Errors: MISSING_MEMBER (too few periods), CONTRADICTION (they differ, or one has a bonus).
  [[nodiscard]] static base::Result<WeeklyAverage> settled(std::span<const PayPeriod> periods,
                                                           const Parameters& parameters);

  /// All pay over all periods. employee.bonus (A21): SPREAD counts a bonus over the time it was
  /// earned in, or over the periods where they are longer; MONTH_PAID counts it whole.
  /// Errors: MISSING_MEMBER (too few periods).
  [[nodiscard]] static base::Result<WeeklyAverage> average(std::span<const PayPeriod> periods,
                                                           const Parameters& parameters);

  /// Errors: MISSING_MEMBER (no one states it).
  [[nodiscard]] static base::Result<WeeklyAverage> expected(const ExpectedPay& statement,
                                                            const Parameters& parameters);

  /// A job that has ended.
  [[nodiscard]] static WeeklyAverage ended() { return {AverageMethod::ended, {}, 0}; }

  [[nodiscard]] AverageMethod method() const noexcept { return method_; }
  [[nodiscard]] const values::Fraction& exact() const noexcept { return exact_; }
  [[nodiscard]] values::Money weekly() const { return exact_.half_up(); }
  [[nodiscard]] int periods() const noexcept { return periods_; }

 private:
  WeeklyAverage(AverageMethod method, values::Fraction exact, int periods)
      : method_(method), exact_(exact), periods_(periods) {}
  AverageMethod method_ = AverageMethod::ended;
  values::Fraction exact_;  ///< pence a week
  int periods_ = 0;
};

/// Foreign pay in sterling less what the bank takes for changing it (reg 37(2)); never below nil.
[[nodiscard]] values::Money after_bank_charge(values::Money weekly, values::Money charge_weekly);

// ---- the sum ----

/// A pension in payment, as a weekly average (reg 40).
struct WeeklyPension {
  values::Money weekly;
  bool social_security = false;  ///< UK social security pension: left out
};

/// The parts of current income at one day.
struct CurrentParts {
  values::Date as_at;
  std::vector<WeeklyAverage> jobs;        ///< each job; they are added before any test
  std::optional<values::Fraction> trade;  ///< pence a week, from weekly_profit()
  std::vector<WeeklyPension> pensions;
  values::Money relief_at_source_weekly;  ///< contributions not yet taken into account (reg 41)
};

/// Current income as it may be put to the test: where it comes from goes with it.
struct CandidateCurrent {
  values::Date as_at;
  values::Fraction exact;                 ///< pence a week, never below nil
  values::Money weekly;                   ///< rounded once
  std::vector<AverageMethod> methods;     ///< of each job
  values::Money social_security_pension;  ///< left out
  bool relief_exceeds_income = false;
};

/// Adds the parts, rounding once at the end.
[[nodiscard]] CandidateCurrent candidate_current(const CurrentParts& parts);

/// The candidate as a Request takes it. The exact sum goes with it while its terms are within
/// limits::fraction_term_max.
[[nodiscard]] Current as_current(const CandidateCurrent& candidate, Evidence evidence);

// ---- estimates ----

/// What is known of current income.
enum class CurrentKnowledge : std::uint8_t { known, missing, unreliable };

/// The paragraph of reg 34 that lets a person estimate (reg 42): current income applies as the
/// historic figure is nil, is not held or cannot be had, and current income is missing or
/// unreliable. Nothing: no power, and a positive historic figure stands. The gateway never sets an
/// estimate.
[[nodiscard]] std::optional<Article> estimate_power(const HistoricFigure& historic,
                                                    CurrentKnowledge current,
                                                    const Parameters& parameters);

// ---- historic and current side by side ----

/// A part of current income, by the tag it has in the yearly figure.
struct CurrentLine {
  PartTag tag = PartTag::employment;
  values::Money weekly;
};

/// Where a line is found.
enum class LineSide : std::uint8_t {
  both,
  historic_only,
  historic_by_law,  ///< current income never holds it: benefits, termination pay, loss relief
  current_only,
};

/// One kind of income in both baskets.
struct ReconcileLine {
  PartTag tag = PartTag::employment;
  std::optional<values::Money> historic_annual;
  std::optional<values::Money> historic_weekly;
  std::optional<values::Money> current_weekly;
  LineSide side = LineSide::both;
};

/// Sets the parts of the historic figure that count beside those of current income, kind by kind,
/// in the order of PartTag. It corrects neither side.
[[nodiscard]] std::vector<ReconcileLine> reconcile(std::span<const Part> historic,
                                                   std::span<const CurrentLine> current,
                                                   const Parameters& parameters);

}  // namespace ig::core::rules
