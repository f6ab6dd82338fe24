#pragma once

#include "core/base/require.hpp"
#include "core/rules/parameter_names.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"
#include "tests/support/law.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// Builders for tests of the rules that know nothing of files.
namespace ig::tests {

/// One row of each parameter that most tests ask for, for both jurisdictions and from the first
/// day; the nil rule and the gate of paragraph (c) come in when they did. The rest is the law's.
inline std::vector<core::rules::ParameterRow> sample_rows() {
  using core::facts::Jurisdiction;
  using core::rules::ParameterRow;
  using core::rules::Ratio;
  using core::values::Date;
  std::vector<ParameterRow> rows;
  const auto add = [&](std::string_view name, core::rules::ParameterValue value,
                       std::optional<Jurisdiction> where = std::nullopt) -> ParameterRow& {
    ParameterRow row;
    row.name = std::string(name);
    row.jurisdiction = where;
    row.from = core::rules::kFirstDay;
    row.value = std::move(value);
    for (const auto& known : core::rules::parameter_names()) {
      if (known.name == name) row.unit = std::string(known.unit);
    }
    row.citation = "SI 2012/2677";
    row.place = {static_cast<std::uint32_t>(rows.size() + 1), 1};
    rows.push_back(std::move(row));
    return rows.back();
  };
  const std::pair<std::string_view, std::int64_t> numbers[] = {
      {"weekly.divisor", 365},
      {"weekly.multiplier", 7},
      {"hmrc.window_years", 6},
      {"hmrc.request_days_before", 30},
      {"review.min_change", 0},
      {"periodic.months", 11},
      {"zone.nil_below", 700},
      {"zone.flat_up_to", 10'000},
      {"zone.cap", 300'000},
      {"employee.window_months", 3},
      {"employee.window_weeks", 12},
      {"employee.settled_periods", 2},
      {"silence.weekly_days", 28},
      {"silence.fortnightly_days", 42},
      {"silence.four_weekly_days", 70},
      {"silence.monthly_days", 75},
      {"silence.irregular_days", 92},
      {"propose.settle_days", 0},
      {"detect.level_days", 28},
      {"detect.fall_days", 42},
      {"sick_pay.weekly", 0},
      {"detect.leaver_days", 0},
      {"verify.date_slack_days", 31},
      {"verify.first_pay_days", 45},
  };
  for (const auto& [name, value] : numbers) add(name, value);
  add("variance.reg34", Ratio{1, 4});
  add("variance.reg23", Ratio{1, 4});
  add("employee.month_to_week", Ratio{84, 365});
  add("verify.tolerance", Ratio{1, 20});
  add("detect.varying_threshold", Ratio{1, 2});
  add("pension.relief_at_source", true);
  add("review.test_current_on_historic", true);
  add("reg23.zero_base", std::string("ANY_RISE_PASSES"));
  add("law.instrument", std::string("SI 2012/2677"), Jurisdiction::gb);
  add("law.instrument", std::string("SR 2012/427"), Jurisdiction::ni);
  add("law.regulation_shift", std::int64_t{0}, Jurisdiction::gb);
  add("law.regulation_shift", std::int64_t{-1}, Jurisdiction::ni);
  add("hmrc.unable_action", std::string("HUMAN_34_2_C"), Jurisdiction::gb);
  add("hmrc.unable_action", std::string("HUMAN_UNAVAILABLE"), Jurisdiction::ni);
  add("nil.is_a_figure", false, Jurisdiction::gb).until = Date::of(2013, 11, 24);
  add("nil.is_a_figure", true, Jurisdiction::gb).from = Date::of(2013, 11, 25);
  add("nil.is_a_figure", false, Jurisdiction::ni);
  add("hmrc.unable_gate", false, Jurisdiction::gb).until = Date::of(2013, 7, 28);
  add("hmrc.unable_gate", true, Jurisdiction::gb).from = Date::of(2013, 7, 29);
  add("hmrc.unable_gate", false, Jurisdiction::ni);
  const auto own = static_cast<std::ptrdiff_t>(rows.size());
  for (auto& row : law_rows()) {
    const bool is_here = std::any_of(rows.begin(), rows.begin() + own,
                                     [&](const auto& other) { return other.name == row.name; });
    if (!is_here) rows.push_back(std::move(row));
  }
  return rows;
}

/// The set of those rows.
inline core::rules::ParameterSet sample_parameters() {
  auto set = core::rules::ParameterSet::make(sample_rows(), "sha256:sample");
  core::base::require(set.has_value(), "the sample parameters are whole");
  return *std::move(set);
}

/// The set with another value for each row of one name.
inline core::rules::ParameterSet sample_with(std::string_view name,
                                             const core::rules::ParameterValue& value) {
  auto rows = sample_rows();
  for (auto& row : rows) {
    if (row.name == name) row.value = value;
  }
  auto set = core::rules::ParameterSet::make(std::move(rows), "sha256:sample");
  core::base::require(set.has_value(), "the changed sample parameters are whole");
  return *std::move(set);
}

inline constexpr core::values::Date kDecisionDay = core::values::Date::of(2026, 12, 1);

inline core::rules::Request request_of(core::rules::DecisionKind kind) {
  core::rules::Request out;
  out.id = "r";
  out.kind = kind;
  out.effective_date = kDecisionDay;
  return out;
}

inline core::rules::Historic available(std::int64_t annual_pence, int year = 2025) {
  core::rules::Historic out;
  out.status = core::facts::FigureStatus::available;
  out.tax_year = core::values::TaxYear::starting(year);
  out.annual = core::values::Money::pence(annual_pence);
  return out;
}

inline core::rules::Current current(core::rules::Evidence evidence, std::int64_t weekly_pence) {
  core::rules::Current out;
  out.evidence = evidence;
  out.weekly = core::values::Money::pence(weekly_pence);
  return out;
}

inline core::rules::FigureInForce in_force(core::facts::Basis basis, std::int64_t weekly_pence) {
  core::rules::FigureInForce out;
  out.basis = basis;
  out.weekly = core::values::Money::pence(weekly_pence);
  return out;
}

}  // namespace ig::tests
