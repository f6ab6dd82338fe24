#include "core/backtest/span.hpp"

#include "core/base/limits.hpp"
#include "core/jobs/proposals.hpp"

#include <algorithm>

namespace ig::core::backtest {

using base::ErrorCode;
using base::Result;
using values::Date;

Result<Span> Span::make(Date from, Date to, const rules::ParameterSet& parameters,
                        const ports::CivilZone& zone) {
  if (to < from) return base::fail(ErrorCode::USAGE, {}, "the run ends before it begins");
  if (values::days_between(from, to) >= base::limits::backtest_days_max) {
    return base::fail(ErrorCode::USAGE, {}, "a run is at most 20 years long");
  }
  Span out;
  out.parameters_ = &parameters;
  const rules::Parameters* before = nullptr;
  for (Date date = from; date <= to; date = date.plus_days(1)) {
    const rules::Parameters* law = parameters.find(date, facts::Jurisdiction::gb);
    if (law == nullptr) return parameters.on(date, facts::Jurisdiction::gb).error();
    Day day;
    day.date = date;
    day.known_before = zone.start_of(date.plus_days(1));
    day.ledger = jobs::ledger_policy(*law);
    day.propose = jobs::propose_policy(*law);
    if (before != nullptr && law != before) out.law_changes_.push_back(out.days_.size());
    before = law;
    out.days_.push_back(day);
  }
  return out;
}

std::size_t Span::known_from(values::Instant received) const {
  const auto found = std::ranges::upper_bound(days_, received, {}, &Day::known_before);
  return static_cast<std::size_t>(found - days_.begin());
}

std::size_t Span::place_of(Date day) const {
  if (day <= days_.front().date) return 0;
  if (day > days_.back().date) return days_.size();
  return static_cast<std::size_t>(values::days_between(days_.front().date, day));
}

}  // namespace ig::core::backtest
