#include "core/rules/current_income.hpp"

#include "core/base/limits.hpp"

#include <algorithm>

namespace ig::core::rules {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using values::Fraction;
using values::Money;

constexpr int kTagCount = static_cast<int>(PartTag::gains) + 1;

/// `amount` divided by a length above nil.
Fraction over(Money amount, const Fraction& weeks) {
  return Fraction::whole(amount) * Fraction(weeks.denominator(), weeks.numerator());
}

Error too_few() {
  return {ErrorCode::MISSING_MEMBER, "/periods",
          "current pay is no single pay period: give more of them, or a statement of what is to be "
          "paid"};
}

bool enough(std::span<const PayPeriod> periods, const Parameters& parameters) {
  return periods.size() >= static_cast<std::size_t>(parameters.settled_periods);
}

/// The weekly part of a bonus that was paid in periods of `weeks` together.
Fraction weekly_bonus(const Bonus& bonus, const Fraction& weeks, const Parameters& parameters) {
  if (!parameters.spreads_bonus) return over(bonus.amount, weeks);
  return over(bonus.amount, std::max(weeks, in_weeks(bonus.earned_in, parameters)));
}

/// Does current income never hold what has this tag?
bool only_historic_by_law(PartTag tag) {
  switch (tag) {
    case PartTag::termination_taxable:
    case PartTag::incapacity_benefit:
    case PartTag::contributory_esa:
    case PartTag::jobseekers_allowance:
    case PartTag::income_support:
    case PartTag::loss_relief:
      return true;
    default:
      return false;
  }
}

LineSide side_of(const ReconcileLine& line) {
  if (only_historic_by_law(line.tag)) return LineSide::historic_by_law;
  if (!line.historic_annual) return LineSide::current_only;
  return line.current_weekly ? LineSide::both : LineSide::historic_only;
}

void add(std::optional<Money>& sum, Money amount) { sum = sum.value_or(Money()) + amount; }

}  // namespace

Fraction in_weeks(const PeriodLength& length, const Parameters& parameters) {
  base::require(length.count > 0, "a period has a length");
  if (length.unit == PeriodLength::Unit::weeks) return {length.count, 1};
  const Ratio& week_of_month = parameters.month_to_week;
  return {values::Int128{length.count} * week_of_month.denominator, week_of_month.numerator};
}

Result<WeeklyAverage> WeeklyAverage::settled(std::span<const PayPeriod> periods,
                                             const Parameters& parameters) {
  if (!enough(periods, parameters)) return too_few();
  const auto wanted = static_cast<std::size_t>(parameters.settled_periods);
  const PayPeriod& last = periods.back();
  for (const PayPeriod& one : periods.last(wanted)) {
    if (one.pay != last.pay || one.length != last.length || one.bonus) {
      return Error{ErrorCode::CONTRADICTION, "/periods",
                   "pay is settled only where the last periods are alike and without a bonus"};
    }
  }
  return WeeklyAverage(AverageMethod::settled_pattern,
                       over(last.pay, in_weeks(last.length, parameters)),
                       parameters.settled_periods);
}

Result<WeeklyAverage> WeeklyAverage::average(std::span<const PayPeriod> periods,
                                             const Parameters& parameters) {
  if (!enough(periods, parameters)) return too_few();
  Money pay;
  Fraction weeks;
  for (const PayPeriod& one : periods) {
    pay += one.pay;
    weeks = weeks + in_weeks(one.length, parameters);
  }
  Fraction exact = over(pay, weeks);
  for (const PayPeriod& one : periods) {
    if (one.bonus) exact = exact + weekly_bonus(*one.bonus, weeks, parameters);
  }
  return WeeklyAverage(AverageMethod::average_of_periods, exact, static_cast<int>(periods.size()));
}

Result<WeeklyAverage> WeeklyAverage::expected(const ExpectedPay& statement,
                                              const Parameters& parameters) {
  if (statement.stated_by.empty()) {
    return Error{ErrorCode::MISSING_MEMBER, "/stated_by",
                 "someone states what a new job will pay, or it is not known"};
  }
  return WeeklyAverage(AverageMethod::expected_pay,
                       over(statement.pay, in_weeks(statement.length, parameters)), 0);
}

Money after_bank_charge(Money weekly, Money charge_weekly) {
  return std::max(weekly - charge_weekly, Money());
}

CandidateCurrent candidate_current(const CurrentParts& parts) {
  CandidateCurrent out;
  out.as_at = parts.as_at;
  Fraction sum = parts.trade.value_or(Fraction());
  for (const WeeklyAverage& job : parts.jobs) {
    sum = sum + job.exact();
    out.methods.push_back(job.method());
  }
  for (const WeeklyPension& pension : parts.pensions) {
    if (pension.social_security) {
      out.social_security_pension += pension.weekly;
    } else {
      sum = sum + Fraction::whole(pension.weekly);
    }
  }
  const Fraction relief = Fraction::whole(parts.relief_at_source_weekly);
  out.relief_exceeds_income = relief > sum;
  out.exact = out.relief_exceeds_income ? Fraction() : sum - relief;
  out.weekly = out.exact.half_up();
  return out;
}

Current as_current(const CandidateCurrent& candidate, Evidence evidence) {
  constexpr values::Int128 most = base::limits::fraction_term_max;
  Current out;
  out.evidence = evidence;
  out.weekly = candidate.weekly;
  const bool fits = candidate.exact.numerator() <= most && candidate.exact.denominator() <= most;
  if (fits) out.exact_weekly = candidate.exact;
  return out;
}

std::optional<Article> estimate_power(const HistoricFigure& historic, CurrentKnowledge current,
                                      const Parameters& parameters) {
  if (current == CurrentKnowledge::known) return std::nullopt;
  switch (historic.state) {
    case HistoricState::known:
      if (historic.weekly == Money()) return Article::reg34_2A;
      return std::nullopt;
    case HistoricState::no_data:
      return Article::reg34_2_b;
    case HistoricState::unavailable:
      if (parameters.hmrc_unable_gate) return Article::reg34_2_c;
      return std::nullopt;
    case HistoricState::not_asked:
    case HistoricState::rejected:
      return std::nullopt;
  }
  IG_UNREACHABLE("HMRC's answer comes to one of five states");
}

std::vector<ReconcileLine> reconcile(std::span<const Part> historic,
                                     std::span<const CurrentLine> current,
                                     const Parameters& parameters) {
  std::vector<ReconcileLine> out;
  for (int i = 0; i < kTagCount; ++i) {
    ReconcileLine line;
    line.tag = static_cast<PartTag>(i);
    if (left_out_reason(line.tag)) continue;
    for (const Part& part : historic) {
      if (part.tag == line.tag) add(line.historic_annual, part.annual);
    }
    for (const CurrentLine& one : current) {
      if (one.tag == line.tag) add(line.current_weekly, one.weekly);
    }
    if (!line.historic_annual && !line.current_weekly) continue;
    if (line.historic_annual) line.historic_weekly = to_weekly(*line.historic_annual, parameters);
    line.side = side_of(line);
    out.push_back(line);
  }
  return out;
}

}  // namespace ig::core::rules
