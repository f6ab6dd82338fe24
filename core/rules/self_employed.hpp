#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/historic.hpp"

#include <array>
#include <optional>

/// Current income of the self-employed (SI 2012/2677 reg 39; law.md R-032).
namespace ig::core::rules {

/// A trade and the period its profit was made in.
struct Trade {
  values::Date from;
  values::Date to;        ///< the last day, not before `from`
  values::Money profits;  ///< of the whole business under ITTOIA 2005 Pt 2; below nil: a loss
  Ratio share;            ///< the paying parent's share of a partnership; 1/1 of an own trade
  std::optional<values::Date> ceased_on;
};

/// The paying parent's own profit of the period, rounded once; below nil for a loss.
[[nodiscard]] values::Money own_profits(const Trade& trade);

/// The weekly profit in pence by one reading of "the number of weeks in the period" (A03). Nil for
/// a trade that ceased on or before `effective_date`, and for a loss. The readings by 52 and by
/// 365/7 are about a year, so a period of another length is always divided by days / 7.
[[nodiscard]] values::Fraction weekly_profit(const Trade& trade, values::Date effective_date,
                                             WeeksInPeriod reading, const Parameters& parameters);

/// The test against a known historic figure by each reading of A03.
struct TradeTest {
  std::array<Test, 3> tests;  ///< by WeeksInPeriod
  Test counts;                ///< by the reading of self_employed.weeks
  /// MARGINAL_ROUNDING_HUMAN where the readings lead to different outcomes; else nothing.
  std::optional<Action> action;
};

/// Tests current income of `rest_weekly` and the trade's profit. `historic` is known.
[[nodiscard]] TradeTest test_trade(const HistoricFigure& historic, values::Money rest_weekly,
                                   const Trade& trade, values::Date effective_date,
                                   const Parameters& parameters);

/// What a change of self-employed income between reviews rests on.
enum class TradeEvidence : std::uint8_t { complete_return, ceased, running_estimate };

/// May it be taken between reviews (A19)? Only a ceased trade, or a complete return for a tax year
/// later than the one in force.
[[nodiscard]] bool taken_in_year(TradeEvidence evidence, std::optional<values::TaxYear> return_of,
                                 std::optional<values::TaxYear> in_force);

}  // namespace ig::core::rules
