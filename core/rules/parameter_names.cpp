#include "core/rules/parameter_names.hpp"

#include <algorithm>
#include <array>

namespace ig::core::rules {
namespace {

using Put = void (*)(Parameters&, const ParameterRow&);
using Area = ParameterArea;
using Kind = ParameterKind;
using values::Money;

std::int64_t whole(const ParameterRow& row) { return *std::get_if<std::int64_t>(&row.value); }
bool truth(const ParameterRow& row) { return *std::get_if<bool>(&row.value); }
Ratio ratio(const ParameterRow& row) { return *std::get_if<Ratio>(&row.value); }
const std::string& word(const ParameterRow& row) { return *std::get_if<std::string>(&row.value); }
bool is(const ParameterRow& row, std::string_view choice) { return word(row) == choice; }
Money pence(const ParameterRow& row) { return Money::pence(whole(row)); }

template <std::size_t Count>
std::array<std::int64_t, Count> list(const ParameterRow& row) {
  const auto& numbers = *std::get_if<std::vector<std::int64_t>>(&row.value);
  std::array<std::int64_t, Count> out{};
  for (std::size_t i = 0; i < Count; ++i) out[i] = numbers[i];
  return out;
}

template <class Entry, class Table>
void put_codes(Table& table, const ParameterRow& row, Entry entry) {
  for (const std::string& code : *std::get_if<std::vector<std::string>>(&row.value)) {
    table[static_cast<std::size_t>(*facts::benefit_of(code))] = entry;
  }
}

template <int Parameters::* Member>
void put_int(Parameters& out, const ParameterRow& row) {
  out.*Member = static_cast<int>(whole(row));
}
template <Money Parameters::* Member>
void put_pence(Parameters& out, const ParameterRow& row) {
  out.*Member = pence(row);
}
template <bool Parameters::* Member>
void put_truth(Parameters& out, const ParameterRow& row) {
  out.*Member = truth(row);
}
template <Ratio Parameters::* Member>
void put_ratio(Parameters& out, const ParameterRow& row) {
  out.*Member = ratio(row);
}
template <BenefitLimb Limb>
void put_limb(Parameters& out, const ParameterRow& row) {
  put_codes(out.limbs, row, Limb);
}
template <DeductionRoute Route>
void put_route(Parameters& out, const ParameterRow& row) {
  put_codes(out.routes, row, Route);
}

consteval ParameterName number(std::string_view name, Area area, std::string_view unit,
                               std::int64_t least, std::int64_t most, Put put) {
  return {name, area, Kind::whole, unit, least, most, 0, {}, {}, put};
}
consteval ParameterName on_or_off(std::string_view name, Area area, Put put) {
  return {name, area, Kind::truth, "switch", 0, 0, 0, {}, {}, put};
}
consteval ParameterName part(std::string_view name, Area area, std::string_view unit, Put put) {
  return {name, area, Kind::ratio, unit, 0, 0, 0, {}, {}, put};
}
consteval ParameterName choice(std::string_view name, Area area, std::string_view accepted,
                               Put put) {
  return {name, area, Kind::choice, "choice", 0, 0, 0, accepted, {}, put};
}
/// A choice the gateway must not make otherwise: the other readings are known, and refused.
consteval ParameterName recorded(std::string_view name, Area area, std::string_view accepted,
                                 std::string_view others) {
  return {name, area, Kind::choice, "choice", 0, 0, 0, accepted, others, nullptr};
}
consteval ParameterName numbers(std::string_view name, std::string_view unit, std::int64_t most,
                                std::size_t count, Put put) {
  return {name, Area::rates, Kind::list, unit, 0, most, count, {}, {}, put};
}
consteval ParameterName codes(std::string_view name, Area area, Put put) {
  return {name, area, Kind::codes, "benefit codes", 0, 0, 0, {}, {}, put};
}

constexpr std::int64_t kMostDays = 3'660;
constexpr std::int64_t kMostPence = 99'999'999;
constexpr std::int64_t kMille = 1'000;

constexpr std::array kOfTheTest{
    // the law itself
    ParameterName{"law.instrument",
                  Area::decision,
                  Kind::text,
                  "text",
                  0,
                  0,
                  0,
                  {},
                  {},
                  [](Parameters& o, const ParameterRow& r) { o.instrument = word(r); }},
    number("law.regulation_shift", Area::decision, "regulations", -9, 9,
           put_int<&Parameters::regulation_shift>),
    // historic or current: the gate
    part("variance.reg34", Area::decision, "of the historic figure",
         put_ratio<&Parameters::threshold_historic>),
    part("variance.reg23", Area::decision, "of the current figure in force",
         put_ratio<&Parameters::threshold_current>),
    choice("variance.comparison", Area::decision, "AT_LEAST|ABOVE",
           [](Parameters& o, const ParameterRow& r) { o.at_least = is(r, "AT_LEAST"); }),
    choice("variance.scope", Area::decision, "BOTH|UP|DOWN",
           [](Parameters& o, const ParameterRow& r) {
             o.rise_counts = !is(r, "DOWN");
             o.fall_counts = !is(r, "UP");
           }),
    choice("test.rounding_stage", Area::decision, "ROUNDED|UNROUNDED",
           [](Parameters& o, const ParameterRow& r) { o.tests_unrounded = is(r, "UNROUNDED"); }),
    choice("test.round_threshold", Area::decision, "NO|HALF_UP",
           [](Parameters& o, const ParameterRow& r) { o.rounds_threshold = is(r, "HALF_UP"); }),
    recorded("test.cap_first", Area::decision, "NO", "YES"),
    choice("threshold.applies_by", Area::decision, "EFFECTIVE_DATE|DECISION_DATE",
           [](Parameters& o, const ParameterRow& r) {
             o.threshold_of_decision_day = is(r, "DECISION_DATE");
           }),
    ParameterName{"nil.is_a_figure",
                  Area::decision,
                  Kind::truth,
                  "switch",
                  0,
                  0,
                  0,
                  {},
                  {},
                  [](Parameters& o, const ParameterRow& r) {
                    o.nil_is_a_figure = truth(r);
                    o.nil_citation = r.citation;
                  }},
    choice("nil.seek_current", Area::decision, "NO|ASK",
           [](Parameters& o, const ParameterRow& r) { o.nil_seeks_current = is(r, "ASK"); }),
    on_or_off("hmrc.unable_gate", Area::decision, put_truth<&Parameters::hmrc_unable_gate>),
    choice("hmrc.unable_action", Area::decision, "HUMAN_34_2_C|HUMAN_UNAVAILABLE",
           [](Parameters& o, const ParameterRow& r) {
             o.unable_names_34_2_c = is(r, "HUMAN_34_2_C");
           }),
    recorded("hmrc.unable_policy", Area::decision, "PERSON_AFTER_ANCHOR", "AFTER_HOURS"),
};

constexpr std::array kOfHmrc{
    // from a yearly figure to a week
    number("weekly.divisor", Area::decision, "days", 1, 10'000,
           [](Parameters& o, const ParameterRow& r) { o.weekly_divisor = whole(r); }),
    number("weekly.multiplier", Area::decision, "days", 1, 100,
           [](Parameters& o, const ParameterRow& r) { o.weekly_multiplier = whole(r); }),
    on_or_off("pension.relief_at_source", Area::decision, put_truth<&Parameters::relief_at_source>),
    recorded("pension.ras_gross", Area::decision, "GROSS_RELIEVABLE", "SUM_PAID"),
    choice("hmrc.loss", Area::decision, "AS_RELIEVED|NET",
           [](Parameters& o, const ParameterRow& r) { o.loss_cuts_pay = is(r, "NET"); }),
    recorded("termination.split", Area::decision, "AS_TAGGED", "EARNINGS"),
    // requests to HMRC
    number("hmrc.window_years", Area::decision, "tax years", 1, 20,
           put_int<&Parameters::window_years>),
    number("hmrc.request_days_before", Area::decision, "days", 0, 366,
           put_int<&Parameters::request_days_before>),
    choice("request.after_anchor", Area::decision, "ALLOWED|REFUSED",
           [](Parameters& o, const ParameterRow& r) { o.request_after_anchor = is(r, "ALLOWED"); }),
    choice("hmrc.latest_year_policy", Area::decision, "AS_ASSERTED|LATER_PAYE_BEATS_SA",
           [](Parameters& o, const ParameterRow& r) {
             o.later_paye_beats_sa = is(r, "LATER_PAYE_BEATS_SA");
           }),
    choice("hmrc.april_straddle", Area::decision, "ASK_AGAIN|FIRST_STANDS",
           [](Parameters& o, const ParameterRow& r) { o.ask_again_in_april = is(r, "ASK_AGAIN"); }),
    recorded("inyear.refetch", Area::decision, "NO", "LAST_REQUESTED"),
    number(
        "notice.post_days", Area::decision, "days", 0, 31,
        [](Parameters& o, const ParameterRow& r) { o.notice.post = static_cast<int>(whole(r)); }),
    number("notice.telephone_days", Area::decision, "days", 0, 31,
           [](Parameters& o, const ParameterRow& r) {
             o.notice.telephone = static_cast<int>(whole(r));
           }),
    number("notice.electronic_days", Area::decision, "days", 0, 31,
           [](Parameters& o, const ParameterRow& r) {
             o.notice.electronic = static_cast<int>(whole(r));
           }),
};

constexpr std::array kOfReviews{
    // reviews and changes between them
    on_or_off("review.test_current_on_historic", Area::decision,
              put_truth<&Parameters::test_current_on_historic>),
    choice("review.current_source", Area::decision, "HELD|NEWEST",
           [](Parameters& o, const ParameterRow& r) { o.held_current_at_review = is(r, "HELD"); }),
    number("review.min_change", Area::decision, "pence a week", 0, 100'000,
           put_pence<&Parameters::review_min_change>),
    choice("review.feb29", Area::decision, "FEB_28|MAR_1",
           [](Parameters& o, const ParameterRow& r) { o.leap_day_to_february = is(r, "FEB_28"); }),
    number("periodic.months", Area::decision, "months", 1, 120,
           put_int<&Parameters::periodic_check_months>),
    choice("reg23.zero_base", Area::decision, "ANY_RISE_PASSES|WAIT_FOR_REG22",
           [](Parameters& o, const ParameterRow& r) {
             o.zero_base_passes = is(r, "ANY_RISE_PASSES");
           }),
    recorded("effective_date.emit", Area::decision, "CANDIDATES", "SINGLE"),
    recorded("adm.policy", Area::decision, "PERSON_FOR_MARGINAL_AND_ESTIMATE", "ALL|NONE"),
    number("report.days", Area::decision, "days", 1, 366, put_int<&Parameters::report_days>),
    choice("report.day_count", Area::decision, "FROM_DAY_OF_CHANGE|FROM_NEXT_DAY",
           [](Parameters& o, const ParameterRow& r) {
             o.report_counts_day_of_change = is(r, "FROM_DAY_OF_CHANGE");
           }),
    // income zones
    number("zone.nil_below", Area::decision, "pence a week", 0, kMostPence,
           put_pence<&Parameters::nil_below>),
    number("zone.flat_up_to", Area::decision, "pence a week", 0, kMostPence,
           put_pence<&Parameters::flat_up_to>),
    number("zone.cap", Area::decision, "pence a week", 0, kMostPence, put_pence<&Parameters::cap>),
};

constexpr std::array kOfCurrentIncome{
    // current income
    part("employee.month_to_week", Area::detection, "weeks to a month",
         put_ratio<&Parameters::month_to_week>),
    number("employee.window_months", Area::detection, "months", 1, 120,
           put_int<&Parameters::window_months>),
    number("employee.window_weeks", Area::detection, "weeks", 1, 520,
           put_int<&Parameters::window_weeks>),
    number("employee.settled_periods", Area::detection, "periods", 2, 52,
           put_int<&Parameters::settled_periods>),
    choice("employee.bonus", Area::detection, "SPREAD|MONTH_PAID",
           [](Parameters& o, const ParameterRow& r) { o.spreads_bonus = is(r, "SPREAD"); }),
    choice("self_employed.weeks", Area::detection, "DAYS_OVER_7|WEEKS_52|DAYS_365_OVER_7",
           [](Parameters& o, const ParameterRow& r) {
             o.weeks_in_period = is(r, "DAYS_OVER_7") ? WeeksInPeriod::days_over_7
                                 : is(r, "WEEKS_52")  ? WeeksInPeriod::weeks_52
                                                      : WeeksInPeriod::days_365_over_7;
           }),
    recorded("self_employed.inyear", Area::detection, "COMPLETE_RETURN_OR_CEASED", "ESTIMATE"),
    recorded("uc.as_current", Area::detection, "NO", "YES"),
    number("silence.weekly_days", Area::detection, "days", 1, kMostDays,
           put_int<&Parameters::lapse_weekly_days>),
    number("silence.fortnightly_days", Area::detection, "days", 1, kMostDays,
           put_int<&Parameters::lapse_fortnightly_days>),
    number("silence.four_weekly_days", Area::detection, "days", 1, kMostDays,
           put_int<&Parameters::lapse_four_weekly_days>),
    number("silence.monthly_days", Area::detection, "days", 1, kMostDays,
           put_int<&Parameters::lapse_monthly_days>),
    number("silence.irregular_days", Area::detection, "days", 1, kMostDays,
           put_int<&Parameters::lapse_irregular_days>),
    number("propose.settle_days", Area::detection, "days", 0, 366,
           put_int<&Parameters::propose_settle_days>),
    number("detect.level_days", Area::detection, "days", 0, 366,
           put_int<&Parameters::detect_level_days>),
    number("detect.fall_days", Area::detection, "days", 0, 366,
           put_int<&Parameters::detect_fall_days>),
    number("sick_pay.weekly", Area::detection, "pence a week", 0, kMostPence,
           put_pence<&Parameters::sick_pay>),
    number("detect.leaver_days", Area::detection, "days", 0, 366,
           put_int<&Parameters::detect_leaver_days>),
    part("detect.varying_threshold", Area::detection, "of the figure in force",
         put_ratio<&Parameters::detect_varying>),
    part("verify.tolerance", Area::detection, "of the claimed sum",
         put_ratio<&Parameters::verify_tolerance>),
    number("verify.date_slack_days", Area::detection, "days", 0, 366,
           put_int<&Parameters::verify_date_slack_days>),
    number("verify.first_pay_days", Area::detection, "days", 1, 366,
           put_int<&Parameters::verify_first_pay_days>),
};

constexpr std::array kOfVariationsAndBenefits{
    // unearned income and assets
    number("variation.unearned_min", Area::variation, "pence a year", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.variation.unearned_min = pence(r); }),
    on_or_off("variation.assets_ground", Area::variation,
              [](Parameters& o, const ParameterRow& r) { o.variation.assets_ground = truth(r); }),
    number("variation.assets_above", Area::variation, "pence", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.variation.assets_above = pence(r); }),
    number("variation.assets_yield", Area::variation, "per mille a year", 0, kMille,
           [](Parameters& o, const ParameterRow& r) { o.variation.assets_yield_mille = whole(r); }),
    number("variation.reg70_min", Area::variation, "pence a week", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.variation.diverted_min = pence(r); }),
    // benefits and the flat rate
    codes("benefit.reg44_1", Area::benefit, put_limb<BenefitLimb::reg44_1>),
    codes("benefit.reg44_2", Area::benefit, put_limb<BenefitLimb::reg44_2>),
    codes("benefit.reg44_2_without_earnings", Area::benefit,
          put_limb<BenefitLimb::reg44_2_without_earnings>),
    codes("benefit.needs_decision", Area::benefit, put_limb<BenefitLimb::needs_decision>),
    codes("benefit.not_listed", Area::benefit, put_limb<BenefitLimb::not_listed>),
    number("uc.toggle_settle", Area::benefit, "days", 0, 366, put_int<&Parameters::uc_settle_days>),
};

constexpr std::array kOfDeductions{
    // deductions from benefit
    codes("dfb.schedule_7", Area::deduction, put_route<DeductionRoute::schedule_7>),
    codes("dfb.schedule_9b", Area::deduction, put_route<DeductionRoute::schedule_9b>),
    on_or_off(
        "dfb.flat_rate_by_income", Area::deduction,
        [](Parameters& o, const ParameterRow& r) { o.deduction.low_income_flat_rate = truth(r); }),
    number("dfb.arrears_week", Area::deduction, "pence a week", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.deduction.arrears_week = pence(r); }),
    on_or_off("dfb.arrears_from_uc", Area::deduction,
              [](Parameters& o, const ParameterRow& r) { o.deduction.arrears_from_uc = truth(r); }),
    choice("dfb.arrears_bar", Area::deduction, "ANY_ONGOING|FLAT_RATE_ONLY",
           [](Parameters& o, const ParameterRow& r) {
             o.deduction.any_liability_bars = is(r, "ANY_ONGOING");
           }),
    on_or_off(
        "dfb.uc_with_earnings", Area::deduction,
        [](Parameters& o, const ParameterRow& r) { o.deduction.uc_with_earnings = truth(r); }),
    part("dfb.uc_month", Area::deduction, "weeks to a month",
         [](Parameters& o, const ParameterRow& r) { o.deduction.uc_month = ratio(r); }),
    choice("dfb.partial", Area::deduction, "WHOLE_OR_NOTHING|PART",
           [](Parameters& o, const ParameterRow& r) {
             o.deduction.whole_or_nothing = is(r, "WHOLE_OR_NOTHING");
           }),
    number("dfb.floor_esa_jsa", Area::deduction, "pence", 0, 10'000,
           [](Parameters& o, const ParameterRow& r) { o.deduction.floor_jsa_esa = pence(r); }),
    number("dfb.floor_uc", Area::deduction, "pence", 0, 10'000,
           [](Parameters& o, const ParameterRow& r) { o.deduction.floor_uc = pence(r); }),
    number("dfb.floor_other", Area::deduction, "pence", 0, 10'000,
           [](Parameters& o, const ParameterRow& r) { o.deduction.floor_other = pence(r); }),
    number("uc.legal_ceiling", Area::deduction, "per mille", 0, kMille,
           [](Parameters& o, const ParameterRow& r) { o.deduction.uc_ceiling_mille = whole(r); }),
    number("uc.working_cap", Area::deduction, "per mille", 0, kMille,
           [](Parameters& o, const ParameterRow& r) { o.deduction.uc_cap_mille = whole(r); }),
    choice("uc.priority_table", Area::deduction, "SCH6_PARA5|FRONT",
           [](Parameters& o, const ParameterRow& r) {
             o.deduction.maintenance_first_in_uc = is(r, "FRONT");
           }),
};

constexpr std::array kOfRates{
    // rates and fees
    number("rates.flat", Area::rates, "pence a week", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.rates.flat = pence(r); }),
    number("rates.nil_below", Area::rates, "pence a week", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.rates.nil_below = pence(r); }),
    number("rates.reduced_below", Area::rates, "pence a week", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.rates.reduced_below = pence(r); }),
    number("rates.basic_up_to", Area::rates, "pence a week", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.rates.basic_up_to = pence(r); }),
    numbers("rates.basic", "per mille", kMille, 3,
            [](Parameters& o, const ParameterRow& r) { o.rates.basic_mille = list<3>(r); }),
    numbers("rates.basic_plus", "per mille", kMille, 3,
            [](Parameters& o, const ParameterRow& r) { o.rates.basic_plus_mille = list<3>(r); }),
    numbers("rates.other_children", "per mille", kMille, 3,
            [](Parameters& o, const ParameterRow& r) { o.rates.other_mille = list<3>(r); }),
    numbers("rates.reduced_1", "per mille", kMille, 4,
            [](Parameters& o, const ParameterRow& r) { o.rates.reduced_mille[0] = list<4>(r); }),
    numbers("rates.reduced_2", "per mille", kMille, 4,
            [](Parameters& o, const ParameterRow& r) { o.rates.reduced_mille[1] = list<4>(r); }),
    numbers("rates.reduced_3", "per mille", kMille, 4,
            [](Parameters& o, const ParameterRow& r) { o.rates.reduced_mille[2] = list<4>(r); }),
    numbers("rates.shared_nights", "nights a year", 366, 4,
            [](Parameters& o, const ParameterRow& r) { o.rates.shared_nights = list<4>(r); }),
    numbers("rates.shared_part", "fourteenths", 14, 4,
            [](Parameters& o, const ParameterRow& r) { o.rates.shared_part = list<4>(r); }),
    number("rates.shared_half_less", Area::rates, "pence a week", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.rates.shared_half_less = pence(r); }),
    part("rates.couple_part", Area::rates, "of the flat rate",
         [](Parameters& o, const ParameterRow& r) { o.rates.couple_part = ratio(r); }),
    numbers("rates.default", "pence a week", kMostPence, 3,
            [](Parameters& o, const ParameterRow& r) { o.rates.default_pence = list<3>(r); }),
    recorded("default.rate", Area::rates, "REGULATION_49", "PUBLISHED_PAGE"),
    number("fee.application", Area::rates, "pence", 0, kMostPence,
           [](Parameters& o, const ParameterRow& r) { o.rates.application_fee = pence(r); }),
    number("fee.payer", Area::rates, "per mille", 0, kMille,
           [](Parameters& o, const ParameterRow& r) { o.rates.payer_fee_mille = whole(r); }),
    number("fee.receiver", Area::rates, "per mille", 0, kMille,
           [](Parameters& o, const ParameterRow& r) { o.rates.receiver_fee_mille = whole(r); }),
    choice("fee.rounding", Area::rates, "BY_DAY|BY_WEEK",
           [](Parameters& o, const ParameterRow& r) { o.rates.fee_by_day = is(r, "BY_DAY"); }),
};

/// The lists above as one, in their order.
template <std::size_t... Counts>
consteval auto joined(const std::array<ParameterName, Counts>&... lists) {
  std::array<ParameterName, (Counts + ...)> out{};
  auto at = out.begin();
  ((at = std::copy(lists.begin(), lists.end(), at)), ...);
  return out;
}

constexpr auto kNames = joined(kOfTheTest, kOfHmrc, kOfReviews, kOfCurrentIncome,
                               kOfVariationsAndBenefits, kOfDeductions, kOfRates);

}  // namespace

std::span<const ParameterName> parameter_names() noexcept { return kNames; }

const ParameterName* find_parameter_name(std::string_view name) noexcept {
  for (const ParameterName& known : kNames) {
    if (known.name == name) return &known;
  }
  return nullptr;
}

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
