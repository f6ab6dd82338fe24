#include "core/rules/parameter_names.hpp"

#include <array>

namespace ig::core::rules {
namespace {

std::int64_t whole(const ParameterRow& row) { return *std::get_if<std::int64_t>(&row.value); }
bool truth(const ParameterRow& row) { return *std::get_if<bool>(&row.value); }
Ratio ratio(const ParameterRow& row) { return *std::get_if<Ratio>(&row.value); }
const std::string& word(const ParameterRow& row) { return *std::get_if<std::string>(&row.value); }

template <int Parameters::* Member>
void put_int(Parameters& out, const ParameterRow& row) {
  out.*Member = static_cast<int>(whole(row));
}
template <std::int64_t Parameters::* Member>
void put_whole(Parameters& out, const ParameterRow& row) {
  out.*Member = whole(row);
}
template <values::Money Parameters::* Member>
void put_pence(Parameters& out, const ParameterRow& row) {
  out.*Member = values::Money::pence(whole(row));
}
template <bool Parameters::* Member>
void put_truth(Parameters& out, const ParameterRow& row) {
  out.*Member = truth(row);
}
template <Ratio Parameters::* Member>
void put_ratio(Parameters& out, const ParameterRow& row) {
  out.*Member = ratio(row);
}

constexpr ParameterName number(std::string_view name, std::string_view unit, std::int64_t least,
                               std::int64_t most, void (*put)(Parameters&, const ParameterRow&)) {
  return {name, ParameterKind::whole, unit, least, most, {}, {}, put};
}
constexpr ParameterName on_or_off(std::string_view name,
                                  void (*put)(Parameters&, const ParameterRow&)) {
  return {name, ParameterKind::truth, "switch", 0, 0, {}, {}, put};
}
constexpr ParameterName part(std::string_view name, std::string_view unit,
                             void (*put)(Parameters&, const ParameterRow&)) {
  return {name, ParameterKind::ratio, unit, 0, 0, {}, {}, put};
}
constexpr ParameterName recorded(std::string_view name, std::string_view accepted,
                                 std::string_view others) {
  return {name, ParameterKind::choice, "choice", 0, 0, accepted, others, nullptr};
}

constexpr std::int64_t kMostDays = 3'660;
constexpr std::int64_t kMostPence = 99'999'999;

constexpr std::array kNames{
    ParameterName{"law.instrument",
                  ParameterKind::text,
                  "text",
                  0,
                  0,
                  {},
                  {},
                  [](Parameters& out, const ParameterRow& row) { out.instrument = word(row); }},
    number("law.regulation_shift", "regulations", -9, 9, put_int<&Parameters::regulation_shift>),
    part("variance.reg34", "of the historic figure", put_ratio<&Parameters::threshold_historic>),
    part("variance.reg23", "of the current figure in force",
         put_ratio<&Parameters::threshold_current>),
    recorded("variance.comparison", "AT_LEAST", "ABOVE"),
    recorded("test.rounding_stage", "ROUNDED", "UNROUNDED"),
    recorded("test.round_threshold", "NO", "HALF_UP"),
    recorded("test.cap_first", "NO", "YES"),
    recorded("threshold.applies_by", "EFFECTIVE_DATE", "DECISION_DATE"),
    ParameterName{"nil.is_a_figure",
                  ParameterKind::truth,
                  "switch",
                  0,
                  0,
                  {},
                  {},
                  [](Parameters& out, const ParameterRow& row) {
                    out.nil_is_a_figure = truth(row);
                    out.nil_citation = row.citation;
                  }},
    recorded("nil.seek_current", "NO", "ASK"),
    on_or_off("hmrc.unable_gate", put_truth<&Parameters::hmrc_unable_gate>),
    ParameterName{"hmrc.unable_action",
                  ParameterKind::choice,
                  "choice",
                  0,
                  0,
                  "HUMAN_34_2_C|HUMAN_UNAVAILABLE",
                  {},
                  [](Parameters& out, const ParameterRow& row) {
                    out.unable_names_34_2_c = word(row) == "HUMAN_34_2_C";
                  }},
    recorded("hmrc.unable_policy", "PERSON_AFTER_ANCHOR", "AFTER_HOURS"),
    number("weekly.divisor", "days", 1, 10'000, put_whole<&Parameters::weekly_divisor>),
    number("weekly.multiplier", "days", 1, 100, put_whole<&Parameters::weekly_multiplier>),
    on_or_off("pension.relief_at_source", put_truth<&Parameters::relief_at_source>),
    recorded("pension.ras_gross", "GROSS_RELIEVABLE", "SUM_PAID"),
    number("hmrc.window_years", "tax years", 1, 20, put_int<&Parameters::window_years>),
    number("hmrc.request_days_before", "days", 0, 366, put_int<&Parameters::request_days_before>),
    recorded("request.after_anchor", "ALLOWED", "REFUSED"),
    recorded("inyear.refetch", "NO", "LAST_REQUESTED"),
    on_or_off("review.test_current_on_historic", put_truth<&Parameters::test_current_on_historic>),
    recorded("review.current_source", "HELD", "NEWEST"),
    number("review.min_change", "pence a week", 0, 0, nullptr),
    recorded("review.feb29", "FEB_28", "MAR_1"),
    number("periodic.months", "months", 1, 120, put_int<&Parameters::periodic_check_months>),
    ParameterName{"reg23.zero_base",
                  ParameterKind::choice,
                  "choice",
                  0,
                  0,
                  "ANY_RISE_PASSES|WAIT_FOR_REG22",
                  {},
                  [](Parameters& out, const ParameterRow& row) {
                    out.zero_base_passes = word(row) == "ANY_RISE_PASSES";
                  }},
    recorded("effective_date.emit", "CANDIDATES", "SINGLE"),
    recorded("adm.policy", "PERSON_FOR_MARGINAL_AND_ESTIMATE", "ALL|NONE"),
    number("zone.nil_below", "pence a week", 0, kMostPence, put_pence<&Parameters::nil_below>),
    number("zone.flat_up_to", "pence a week", 0, kMostPence, put_pence<&Parameters::flat_up_to>),
    number("zone.cap", "pence a week", 0, kMostPence, put_pence<&Parameters::cap>),
    part("employee.month_to_week", "weeks to a month", put_ratio<&Parameters::month_to_week>),
    number("employee.window_months", "months", 1, 120, put_int<&Parameters::window_months>),
    number("employee.window_weeks", "weeks", 1, 520, put_int<&Parameters::window_weeks>),
    number("employee.settled_periods", "periods", 2, 52, put_int<&Parameters::settled_periods>),
    number("silence.weekly_days", "days", 1, kMostDays, put_int<&Parameters::lapse_weekly_days>),
    number("silence.fortnightly_days", "days", 1, kMostDays,
           put_int<&Parameters::lapse_fortnightly_days>),
    number("silence.four_weekly_days", "days", 1, kMostDays,
           put_int<&Parameters::lapse_four_weekly_days>),
    number("silence.monthly_days", "days", 1, kMostDays, put_int<&Parameters::lapse_monthly_days>),
    number("silence.irregular_days", "days", 1, kMostDays,
           put_int<&Parameters::lapse_irregular_days>),
    number("propose.settle_days", "days", 0, 366, put_int<&Parameters::propose_settle_days>),
};

}  // namespace

std::span<const ParameterName> parameter_names() noexcept { return kNames; }

bool is_listed(std::string_view list, std::string_view word) noexcept {
  while (!list.empty()) {
    const auto bar = list.find('|');
    if (list.substr(0, bar) == word) return true;
    if (bar == std::string_view::npos) return false;
    list.remove_prefix(bar + 1);
  }
  return false;
}

}  // namespace ig::core::rules
