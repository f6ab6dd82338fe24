#pragma once

#include "core/base/result.hpp"
#include "core/ledger/ledger.hpp"
#include "core/ports/civil_zone.hpp"
#include "core/rules/parameters.hpp"
#include "core/triggers/propose.hpp"

#include <vector>

namespace ig::core::backtest {

/// What holds on one day of a run.
struct Day {
  values::Date date;
  values::Instant known_before;  ///< 00:00 of the next day in London
  ledger::LedgerPolicy ledger;
  triggers::ProposePolicy propose;
};

/// The days of a run, both ends included, and the parameters it is made under. Made once, then only
/// read: safe for many threads. `parameters` outlives it.
class Span {
 public:
  /// Errors: USAGE (the days are the wrong way round, or more than limits::backtest_days_max),
  /// PARAMETER_MISSING.
  [[nodiscard]] static base::Result<Span> make(values::Date from, values::Date to,
                                               const rules::ParameterSet& parameters,
                                               const ports::CivilZone& zone);

  [[nodiscard]] const std::vector<Day>& days() const noexcept { return days_; }
  [[nodiscard]] const rules::ParameterSet& parameters() const noexcept { return *parameters_; }
  /// The place among the days of the first one by whose end something received then is known;
  /// days().size() when that comes after the run.
  [[nodiscard]] std::size_t known_from(values::Instant received) const;
  /// Places of the days on which the parameters change, in order; the first day is not one.
  [[nodiscard]] const std::vector<std::size_t>& law_changes() const noexcept {
    return law_changes_;
  }
  /// The place of a day: 0 for any before the run, days().size() for any after it.
  [[nodiscard]] std::size_t place_of(values::Date day) const;

 private:
  std::vector<Day> days_;
  std::vector<std::size_t> law_changes_;
  const rules::ParameterSet* parameters_ = nullptr;
};

}  // namespace ig::core::backtest
