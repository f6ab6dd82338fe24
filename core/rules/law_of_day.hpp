#pragma once

#include "core/facts/benefit.hpp"
#include "core/values/money.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace ig::core::rules {

/// A part of a sum, such as the one quarter of SI 2012/2677 reg 34(2)(a). Both terms are 1 to
/// 10,000.
struct Ratio {
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;
  friend bool operator==(const Ratio&, const Ratio&) = default;
};

/// What "the number of weeks in the period" of reg 39 is (A03).
enum class WeeksInPeriod : std::uint8_t { days_over_7, weeks_52, days_365_over_7 };

/// Where a benefit stands for the flat rate: SI 2012/2677 reg 44.
enum class BenefitLimb : std::uint8_t {
  not_listed,                ///< no effect on the rate
  reg44_1,                   ///< the paying parent's own (1991 Act Sch 1 para 4(1)(b))
  reg44_2,                   ///< the paying parent's or a partner's (para 4(1)(c))
  reg44_2_without_earnings,  ///< the same, while worked out on no earned income
  needs_decision,            ///< not settled by the text seen (A16): a person says
};

/// By which schedule maintenance is taken from a benefit.
enum class DeductionRoute : std::uint8_t { none, schedule_7, schedule_9b };

/// Days of notice before the initial effective date (reg 12).
struct NoticeDays {
  int post = 0;        ///< notice.post_days
  int telephone = 0;   ///< notice.telephone_days
  int electronic = 0;  ///< notice.electronic_days
};

/// Income other than earnings (regs 69 to 71).
struct VariationLaw {
  values::Money unearned_min;           ///< variation.unearned_min: a year, this much or more
  bool assets_ground = false;           ///< variation.assets_ground: reg 69A is in force
  values::Money assets_above;           ///< variation.assets_above: more than this
  std::int64_t assets_yield_mille = 0;  ///< variation.assets_yield: a year
  values::Money diverted_min;           ///< variation.reg70_min: a week, this much or more
};

/// The rates of 1991 Act Sch 1, for rule tests and policy work (core/rates). Where the flat rate
/// ends and where income is capped stand in Parameters::flat_up_to and cap.
struct RateLaw {
  values::Money flat;                              ///< rates.flat
  values::Money nil_below;                         ///< rates.nil_below
  values::Money reduced_below;                     ///< rates.reduced_below
  values::Money basic_up_to;                       ///< rates.basic_up_to
  std::array<std::int64_t, 3> basic_mille{};       ///< rates.basic: 1, 2, 3+ children
  std::array<std::int64_t, 3> basic_plus_mille{};  ///< rates.basic_plus
  std::array<std::int64_t, 3> other_mille{};       ///< rates.other_children: 1, 2, 3+ of them
  /// rates.reduced_1, _2, _3: by qualifying children, then by 0, 1, 2, 3+ other children
  std::array<std::array<std::int64_t, 4>, 3> reduced_mille{};
  std::array<std::int64_t, 4> shared_nights{};  ///< rates.shared_nights: first night of each band
  std::array<std::int64_t, 4> shared_part{};    ///< rates.shared_part: fourteenths less, by band
  values::Money shared_half_less;               ///< rates.shared_half_less: for each child
  Ratio couple_part;                            ///< rates.couple_part: of the flat rate, each
  std::array<std::int64_t, 3> default_pence{};  ///< rates.default: 1, 2, 3+ children (reg 49)
  values::Money application_fee;                ///< fee.application
  std::int64_t payer_fee_mille = 0;             ///< fee.payer
  std::int64_t receiver_fee_mille = 0;          ///< fee.receiver
  bool fee_by_day = true;                       ///< fee.rounding: BY_DAY or BY_WEEK (A14)
};

/// Deductions from benefit (SI 2013/380 Sch 6 and 7; SI 1987/1968 Sch 9B).
struct DeductionLaw {
  bool low_income_flat_rate = false;     ///< dfb.flat_rate_by_income: para 4(1)(a) is reached too
  values::Money arrears_week;            ///< dfb.arrears_week
  bool arrears_from_uc = false;          ///< dfb.arrears_from_uc
  bool any_liability_bars = true;        ///< dfb.arrears_bar: ANY_ONGOING or FLAT_RATE_ONLY (A12)
  bool uc_with_earnings = false;         ///< dfb.uc_with_earnings
  Ratio uc_month;                        ///< dfb.uc_month: weeks to a month (A15)
  bool whole_or_nothing = true;          ///< dfb.partial: WHOLE_OR_NOTHING or PART (A15)
  values::Money floor_jsa_esa;           ///< dfb.floor_esa_jsa: least left in payment
  values::Money floor_uc;                ///< dfb.floor_uc
  values::Money floor_other;             ///< dfb.floor_other
  std::int64_t uc_ceiling_mille = 0;     ///< uc.legal_ceiling: of the standard allowance
  std::int64_t uc_cap_mille = 0;         ///< uc.working_cap
  bool maintenance_first_in_uc = false;  ///< uc.priority_table: FRONT or SCH6_PARA5 (A25)
};

/// What the rules, the ledger, propose and review ask of the law, for one day and one
/// jurisdiction. Every value comes from config/parameters.toml; the name stands beside it.
struct Parameters {
  // the law itself
  std::string instrument;    ///< law.instrument: "SI 2012/2677"
  int regulation_shift = 0;  ///< law.regulation_shift: NI numbers from reg 34 on are one lower
  // the 25 % test
  Ratio threshold_historic;                ///< variance.reg34: of the historic figure
  Ratio threshold_current;                 ///< variance.reg23: of the current figure in force
  bool at_least = true;                    ///< variance.comparison: AT_LEAST or ABOVE (R-026)
  bool rise_counts = true;                 ///< variance.scope: BOTH, UP or DOWN (R-026)
  bool fall_counts = true;                 ///< variance.scope
  bool tests_unrounded = false;            ///< test.rounding_stage: ROUNDED or UNROUNDED (A01)
  bool rounds_threshold = false;           ///< test.round_threshold: NO or HALF_UP (A02)
  bool threshold_of_decision_day = false;  ///< threshold.applies_by (A26)
  bool nil_is_a_figure = true;             ///< nil.is_a_figure: off, a nil figure counts as no data
  std::string nil_citation;                ///< the citation of that row
  bool nil_seeks_current = false;          ///< nil.seek_current: NO or ASK (A07)
  bool zero_base_passes = true;            ///< reg23.zero_base: any rise from nil passes (A08)
  bool hmrc_unable_gate = true;            ///< hmrc.unable_gate: reg 34(2)(c) is in force
  bool unable_names_34_2_c = true;  ///< hmrc.unable_action: HUMAN_34_2_C or HUMAN_UNAVAILABLE
  // from a yearly figure to a week
  std::int64_t weekly_divisor = 1;     ///< weekly.divisor: days
  std::int64_t weekly_multiplier = 1;  ///< weekly.multiplier: days
  bool relief_at_source = true;        ///< pension.relief_at_source
  bool loss_cuts_pay = false;          ///< hmrc.loss: AS_RELIEVED or NET (A18)
  // requests to HMRC
  int window_years = 0;              ///< hmrc.window_years: tax years looked back over
  int request_days_before = 0;       ///< hmrc.request_days_before: days before the anchor date
  bool request_after_anchor = true;  ///< request.after_anchor: ALLOWED or REFUSED (A06)
  bool later_paye_beats_sa = false;  ///< hmrc.latest_year_policy (A05)
  bool ask_again_in_april = true;    ///< hmrc.april_straddle: ASK_AGAIN or FIRST_STANDS (A31)
  NoticeDays notice;
  // reviews
  int periodic_check_months = 0;         ///< periodic.months
  bool test_current_on_historic = true;  ///< review.test_current_on_historic
  bool held_current_at_review = true;    ///< review.current_source: HELD or NEWEST (A09)
  values::Money review_min_change;       ///< review.min_change (A29)
  bool leap_day_to_february = true;      ///< review.feb29: FEB_28 or MAR_1 (A13)
  // reporting a change
  int report_days = 0;                      ///< report.days: to report a change in
  bool report_counts_day_of_change = true;  ///< report.day_count (A30)
  // income zones in which a change of figure cannot move a liability
  values::Money nil_below;   ///< zone.nil_below
  values::Money flat_up_to;  ///< zone.flat_up_to
  values::Money cap;         ///< zone.cap
  // current income of employees (reg 38), for the ledger, and of the self-employed (reg 39)
  Ratio month_to_week;        ///< employee.month_to_week: 12/365 x 7 (A04)
  int window_months = 0;      ///< employee.window_months
  int window_weeks = 0;       ///< employee.window_weeks
  int settled_periods = 0;    ///< employee.settled_periods: equal full periods that settle pay
  bool spreads_bonus = true;  ///< employee.bonus: SPREAD or MONTH_PAID (A21)
  WeeksInPeriod weeks_in_period = WeeksInPeriod::days_over_7;  ///< self_employed.weeks (A03)
  int lapse_weekly_days = 0;       ///< silence.weekly_days: without pay before a job is LAPSED
  int lapse_fortnightly_days = 0;  ///< silence.fortnightly_days
  int lapse_four_weekly_days = 0;  ///< silence.four_weekly_days
  int lapse_monthly_days = 0;      ///< silence.monthly_days
  int lapse_irregular_days = 0;    ///< silence.irregular_days
  // noise policy of propose
  Ratio verify_tolerance;          ///< verify.tolerance: pay so near to a claim agrees
  int verify_date_slack_days = 0;  ///< verify.date_slack_days: a date so near is the same
  int verify_first_pay_days = 0;   ///< verify.first_pay_days: a new job shows in pay by then
  int propose_settle_days = 0;  ///< propose.settle_days: a change this young is watched, not told
  int detect_level_days = 0;    ///< detect.level_days: a new level of pay is told once paid so long
  int detect_fall_days = 0;     ///< detect.fall_days: the same for a fall that no report explains
  values::Money sick_pay;       ///< sick_pay.weekly: statutory sick pay; pay near it is watched
  int detect_leaver_days = 0;   ///< detect.leaver_days: the next job may show its first pay by then
  Ratio detect_varying;         ///< detect.varying_threshold: less may be the spread of varying pay
  // the status of benefits
  int uc_settle_days = 0;  ///< uc.toggle_settle: a change of earnings this young is not told (A17)
  // the rest of the law
  VariationLaw variation;
  RateLaw rates;
  DeductionLaw deduction;
  /// benefit.*: where each benefit stands for the flat rate, by facts::Benefit
  std::array<BenefitLimb, facts::kBenefitCount> limbs{};
  /// dfb.schedule_7, dfb.schedule_9b: how maintenance is taken from each, by facts::Benefit
  std::array<DeductionRoute, facts::kBenefitCount> routes{};

  [[nodiscard]] BenefitLimb limb(facts::Benefit benefit) const {
    return limbs[static_cast<std::size_t>(benefit)];
  }
  [[nodiscard]] DeductionRoute route(facts::Benefit benefit) const {
    return routes[static_cast<std::size_t>(benefit)];
  }
};

}  // namespace ig::core::rules
