#pragma once

#include "core/rules/parameters.hpp"
#include "core/values/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// From when a decision may take effect (SI 2012/2677 regs 17(1)(a), 18, 20; 1991 Act s 17(4);
/// SI 2008/2551 reg 9A; law.md ). The gateway names candidates and picks none.
namespace ig::core::rules {

/// A lawful effective date and when it is the right one.
struct EffectiveDateCandidate {
  std::optional<values::Date> date;  ///< absent while it is not known yet
  std::string when;
  friend bool operator==(const EffectiveDateCandidate&, const EffectiveDateCandidate&) = default;
};

/// The one lawful effective date of a decision. There is none where two are lawful: it comes from
/// EffectiveDateCandidates::settled() alone.
class SettledDate {
 public:
  [[nodiscard]] values::Date date() const noexcept { return date_; }

 private:
  friend class EffectiveDateCandidates;
  explicit SettledDate(values::Date date) noexcept : date_(date) {}
  values::Date date_;
};

/// Was the paying parent required to report the change (reg 18(4))?
enum class ReportDuty : std::uint8_t {
  required,      ///< notice under reg 9A was given, and the figure in force is one it bears on
  not_required,  ///< no notice was given before the change, or the figure is none it bears on
  not_known,     ///< notice was given; whether the figure is one it bears on is not known here
};

/// What the figure in force is to the duty to report: it bears on current income of an employee
/// that is not nil, and on current income with a nil rate.
enum class DutyFigure : std::uint8_t { borne_on, not_borne_on, not_known };

/// The duty for a change: the notice must have been given on or before the day of the change. A day
/// of change that is not known leaves a duty with notice not known.
[[nodiscard]] ReportDuty report_duty(std::optional<values::Date> reg9a_notified_on,
                                     std::optional<values::Date> changed_on, DutyFigure figure);

/// The last day to report a change. report.day_count (A30): FROM_DAY_OF_CHANGE counts the day of
/// the change as day 1, FROM_NEXT_DAY as day 0.
[[nodiscard]] values::Date report_deadline(values::Date changed_on, const Parameters& parameters);

/// Was the change reported after its deadline?
[[nodiscard]] bool reported_late(values::Date changed_on, values::Date reported_on,
                                 const Parameters& parameters);

/// What is known of a change of income between reviews.
struct IncomeChange {
  ReportDuty duty = ReportDuty::not_known;
  std::optional<values::Date> changed_on;
  std::optional<values::Date> applied_on;  ///< of an application to supersede
  std::optional<values::Date> decided_on;
};

/// Every lawful effective date of one decision, one or more. Made by the functions below only, so
/// that no list can leave a lawful date out.
class EffectiveDateCandidates {
 public:
  /// A change of income between reviews. Required to report: the day of the change (reg 18(4)).
  /// Not required: the day of the application, or of the decision where there is none
  /// (reg 18(6), 1991 Act s 17(4)). Not known: all of them.
  [[nodiscard]] static EffectiveDateCandidates of_income_change(const IncomeChange& change);

  /// A change that is expected: the day it is expected for (reg 17(1)(a), 18(2)).
  [[nodiscard]] static EffectiveDateCandidates of_expected_change(values::Date expected_on);

  /// An annual review: its review date (reg 20).
  [[nodiscard]] static EffectiveDateCandidates of_review(values::Date review_date);

  [[nodiscard]] const std::vector<EffectiveDateCandidate>& all() const noexcept { return all_; }

  /// The date, where one alone is lawful and it is known.
  [[nodiscard]] std::optional<SettledDate> settled() const;

 private:
  explicit EffectiveDateCandidates(std::vector<EffectiveDateCandidate> all)
      : all_(std::move(all)) {}
  std::vector<EffectiveDateCandidate> all_;
};

/// What becomes of a change that is expected for a day.
enum class ExpectedChange : std::uint8_t {
  held,       ///< it may be decided now and takes effect on its day
  due,        ///< its day has come
  cancelled,  ///< what it rested on was withdrawn
};

[[nodiscard]] ExpectedChange expected_change(values::Date expected_on, values::Date today,
                                             bool withdrawn);

}  // namespace ig::core::rules
