#include "core/rules/self_employed.hpp"

#include "core/rules/gate.hpp"

#include <algorithm>

namespace ig::core::rules {
namespace {

using values::Date;
using values::Fraction;
using values::Money;

constexpr int kDaysInWeek = 7;
constexpr int kWholeWeeksInYear = 52;

constexpr std::array<WeeksInPeriod, 3> kReadings = {
    WeeksInPeriod::days_over_7, WeeksInPeriod::weeks_52, WeeksInPeriod::days_365_over_7};

Fraction own_share(const Trade& trade) {
  return Fraction::whole(trade.profits) * Fraction(trade.share.numerator, trade.share.denominator);
}

bool is_a_year(const Trade& trade) { return trade.to.plus_days(1) == trade.from.plus_months(12); }

/// One over the number of weeks in the period.
Fraction per_week(const Trade& trade, WeeksInPeriod reading, const Parameters& parameters) {
  const int days = values::days_between(trade.from, trade.to) + 1;
  base::require(days > 0, "a trading period ends on or after its first day");
  const Fraction by_days(kDaysInWeek, days);
  if (!is_a_year(trade)) return by_days;
  switch (reading) {
    case WeeksInPeriod::days_over_7:
      return by_days;
    case WeeksInPeriod::weeks_52:
      return {1, kWholeWeeksInYear};
    case WeeksInPeriod::days_365_over_7:
      return {parameters.weekly_multiplier, parameters.weekly_divisor};
  }
  IG_UNREACHABLE("the weeks in a period have one of three readings");
}

}  // namespace

Money own_profits(const Trade& trade) { return own_share(trade).half_up(); }

Fraction weekly_profit(const Trade& trade, Date effective_date, WeeksInPeriod reading,
                       const Parameters& parameters) {
  const bool ceased = trade.ceased_on && *trade.ceased_on <= effective_date;
  if (ceased || trade.profits < Money()) return {};
  return own_share(trade) * per_week(trade, reading, parameters);
}

TradeTest test_trade(const HistoricFigure& historic, Money rest_weekly, const Trade& trade,
                     Date effective_date, const Parameters& parameters) {
  base::require(historic.known(), "a trade is tested against a known historic figure");
  TradeTest out;
  for (std::size_t i = 0; i < kReadings.size(); ++i) {
    const Fraction profit = weekly_profit(trade, effective_date, kReadings[i], parameters);
    const Money current = (Fraction::whole(rest_weekly) + profit).half_up();
    out.tests[i] = gate(historic, current, std::nullopt, parameters);
    if (kReadings[i] == parameters.weeks_in_period) out.counts = out.tests[i];
  }
  const bool differ = std::ranges::any_of(
      out.tests, [&](const Test& one) { return one.met != out.tests.front().met; });
  if (differ) out.action = Action::MARGINAL_ROUNDING_HUMAN;
  return out;
}

bool taken_in_year(TradeEvidence evidence, std::optional<values::TaxYear> return_of,
                   std::optional<values::TaxYear> in_force) {
  if (evidence == TradeEvidence::ceased) return true;
  if (evidence == TradeEvidence::running_estimate || !return_of) return false;
  return !in_force || *return_of > *in_force;
}

}  // namespace ig::core::rules
