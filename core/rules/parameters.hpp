#pragma once

#include "core/base/result.hpp"
#include "core/facts/case_record.hpp"
#include "core/values/date.hpp"
#include "core/values/money.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ig::core::rules {

/// A part of a sum, such as the one quarter of SI 2012/2677 reg 34(2)(a). Both terms are 1 to
/// 10,000.
struct Ratio {
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;
  friend bool operator==(const Ratio&, const Ratio&) = default;
};

/// What the rules, the ledger, propose and review ask of the law, for one day and one
/// jurisdiction. Every value comes from config/parameters.toml; the name stands beside it.
struct Parameters {
  // the law itself
  std::string instrument;        ///< law.instrument: "SI 2012/2677"
  int regulation_shift = 0;      ///< law.regulation_shift: NI numbers from reg 34 on are one lower
  Ratio threshold_historic;      ///< variance.reg34: of the historic figure, at least
  Ratio threshold_current;       ///< variance.reg23: of the current figure in force, at least
  bool nil_is_a_figure = true;   ///< nil.is_a_figure: off, a nil figure counts as no data
  std::string nil_citation;      ///< the citation of that row
  bool hmrc_unable_gate = true;  ///< hmrc.unable_gate: reg 34(2)(c) is in force
  bool unable_names_34_2_c = true;     ///< hmrc.unable_action: HUMAN_34_2_C or HUMAN_UNAVAILABLE
  std::int64_t weekly_divisor = 1;     ///< weekly.divisor: days
  std::int64_t weekly_multiplier = 1;  ///< weekly.multiplier: days
  bool relief_at_source = true;        ///< pension.relief_at_source
  // requests to HMRC
  int window_years = 0;         ///< hmrc.window_years: tax years looked back over
  int request_days_before = 0;  ///< hmrc.request_days_before: days before the anchor date
  // reviews
  int periodic_check_months = 0;         ///< periodic.months
  bool test_current_on_historic = true;  ///< review.test_current_on_historic
  bool zero_base_passes = true;          ///< reg23.zero_base: any rise from nil passes (A08)
  // income zones in which a change of figure cannot move a liability
  values::Money nil_below;   ///< zone.nil_below
  values::Money flat_up_to;  ///< zone.flat_up_to
  values::Money cap;         ///< zone.cap
  // current income of employees (reg 38), for the ledger
  Ratio month_to_week;             ///< employee.month_to_week: 12/365 x 7
  int window_months = 0;           ///< employee.window_months
  int window_weeks = 0;            ///< employee.window_weeks
  int settled_periods = 0;         ///< employee.settled_periods: equal full periods that settle pay
  int lapse_weekly_days = 0;       ///< silence.weekly_days: without pay before a job is LAPSED
  int lapse_fortnightly_days = 0;  ///< silence.fortnightly_days
  int lapse_four_weekly_days = 0;  ///< silence.four_weekly_days
  int lapse_monthly_days = 0;      ///< silence.monthly_days
  int lapse_irregular_days = 0;    ///< silence.irregular_days
  // noise policy of propose
  int propose_settle_days = 0;  ///< propose.settle_days: a change this young is watched, not told
};

/// The value of one row of a parameter file.
using ParameterValue = std::variant<std::int64_t, bool, Ratio, std::string>;

/// The line and column a row starts at, from 1; 0 when it did not come from a file.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// How sure a row is.
enum class ParameterStatus : std::uint8_t { in_force, unconfirmed, proposed };

/// One dated value with its law.
struct ParameterRow {
  std::string name;
  std::optional<facts::Jurisdiction> jurisdiction;  ///< absent: both
  values::Date from;
  std::optional<values::Date> until;  ///< last day, included; absent: open
  ParameterValue value;
  std::string unit;
  std::string citation;
  ParameterStatus status = ParameterStatus::in_force;
  std::string note;  ///< why, and the other reading of an open question; may be empty
  Place place;
};

/// The law's numbers by date. Made once from a file, then only read: safe for many threads.
class ParameterSet {
 public:
  /// Checks the rows against the closed list of names. Errors: PARAMETER_INVALID with line and
  /// column for an unknown name, a wrong unit or type, a value outside its range, an overlap, a
  /// gap or a name without a row. `version` is "sha256:" and 64 hex digits of the file's text.
  [[nodiscard]] static base::Result<ParameterSet> make(std::vector<ParameterRow> rows,
                                                       std::string version);

  [[nodiscard]] const std::string& version() const noexcept { return version_; }
  [[nodiscard]] const std::vector<ParameterRow>& rows() const noexcept { return rows_; }

  /// What is in force on a day. Errors: PARAMETER_MISSING before 2012-12-10.
  [[nodiscard]] base::Result<Parameters> on(values::Date day,
                                            facts::Jurisdiction jurisdiction) const;
  /// The same without a copy; nullptr before the first day. Lives as long as the set.
  [[nodiscard]] const Parameters* find(values::Date day,
                                       facts::Jurisdiction jurisdiction) const noexcept;

 private:
  struct Period {
    values::Date from;
    Parameters gb;
    Parameters ni;
  };
  std::vector<ParameterRow> rows_;
  std::vector<Period> periods_;  ///< by day, each until the next
  std::string version_;
};

/// The first day of the 2012 scheme, from which every parameter has a value.
inline constexpr values::Date kFirstDay = values::Date::of(2012, 12, 10);

}  // namespace ig::core::rules
