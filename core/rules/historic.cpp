#include "core/rules/historic.hpp"

namespace ig::core::rules {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using facts::FigureStatus;
using values::Int128;
using values::Money;

/// The sum HMRC gave, less relief-at-source pension that was asked for and evidenced
/// (reg 35(1)(b), 35(3)); never below nil.
Money after_relief(const Historic& historic, Money annual, const Parameters& parameters,
                   HistoricFigure& out) {
  const auto& relief = historic.relief_at_source;
  if (!relief || !relief->requested || !relief->evidenced || !parameters.relief_at_source) {
    return annual;
  }
  out.relief_taken_off = true;
  out.relief_exceeds_figure = relief->annual > annual;
  return out.relief_exceeds_figure ? Money() : annual - relief->annual;
}

Result<HistoricFigure> known_figure(const Historic& historic, Money annual,
                                    const Parameters& parameters) {
  HistoricFigure out;
  out.state = HistoricState::known;
  out.annual = annual;
  out.tax_year = historic.tax_year;
  const Money counted = after_relief(historic, annual, parameters, out);
  out.exact_numerator = Int128{counted.in_pence()} * parameters.weekly_multiplier;
  out.exact_denominator = parameters.weekly_divisor;
  out.weekly = to_weekly(counted, parameters);
  if (out.weekly == Money() && !parameters.nil_is_a_figure) {
    HistoricFigure nothing;
    nothing.state = HistoricState::no_data;
    nothing.nil_counts_as_no_data = true;
    return nothing;
  }
  return out;
}

HistoricFigure nothing_known(HistoricState state) {
  HistoricFigure out;
  out.state = state;
  return out;
}

}  // namespace

Money to_weekly(Money annual, const Parameters& parameters) {
  // A sum is below 10^13 pence and the multiplier at most 100: 64 bits hold the products.
  const std::int64_t divisor = parameters.weekly_divisor;
  const std::int64_t doubled = 2 * annual.in_pence() * parameters.weekly_multiplier;
  return Money::pence((doubled + divisor) / (2 * divisor));
}

Result<HistoricFigure> historic_figure(const Historic& historic, const Parameters& parameters) {
  switch (historic.status) {
    case FigureStatus::not_asked:
      return nothing_known(HistoricState::not_asked);
    case FigureStatus::unavailable:
      return nothing_known(HistoricState::unavailable);
    case FigureStatus::no_data:
      return nothing_known(HistoricState::no_data);
    case FigureStatus::nil:
      if (historic.annual && *historic.annual != Money()) {
        return Error{ErrorCode::CONTRADICTION, "/historic/annual_pence",
                     "a nil figure has no sum but 0"};
      }
      return known_figure(historic, Money(), parameters);
    case FigureStatus::available:
      if (!historic.tax_year) return nothing_known(HistoricState::rejected);
      if (!historic.annual) {
        return Error{ErrorCode::MISSING_MEMBER, "/historic/annual_pence",
                     "a figure that is AVAILABLE has a sum"};
      }
      return known_figure(historic, *historic.annual, parameters);
  }
  IG_UNREACHABLE("a figure's status is one of five");
}

}  // namespace ig::core::rules
