#pragma once

#include "core/base/random.hpp"
#include "tests/unit/core/ledger/facts_for_tests.hpp"

#include <string>
#include <vector>

/// Pay as it is really reported: several jobs, late, doubled, corrected, withdrawn, renumbered.
namespace ig::tests {

/// A random number below a bound, by a name that reads well in a test.
inline int below(core::base::Random& random, int bound) {
  return static_cast<int>(random.below(static_cast<std::uint64_t>(bound)));
}

/// Adds a job of up to a year to `out`; facts arrive up to 40 days after their payday or 5 before.
inline void add_messy_job(core::base::Random& random, const std::string& payroll_id,
                          core::ledger::testing::Payments& out) {
  using core::values::PayFrequency;
  namespace testing = core::ledger::testing;
  constexpr PayFrequency all[] = {PayFrequency::W1, PayFrequency::W2, PayFrequency::W4,
                                  PayFrequency::M1, PayFrequency::M3, PayFrequency::IR};
  const PayFrequency frequency = all[below(random, 6)];
  const int weeks = core::values::weeks_in_period(frequency);
  const int step = weeks > 0 ? weeks * 7 : frequency == PayFrequency::M3 ? 91 : 30;
  testing::Payroll payroll(payroll_id);
  payroll.frequency(frequency);
  core::values::Date on = testing::day(2025, 6, 1).plus_days(below(random, 90));
  const auto started = on.plus_days(-below(random, 20));
  std::int64_t pay = 50'000 + 1'000 * below(random, 100);
  const int count = 1 + below(random, 300 / step);
  for (int i = 0; i < count; ++i) {
    if (below(random, 8) == 0) pay = pay * (60 + below(random, 90)) / 100;
    out.push_back(payroll.pay(on, below(random, 12) == 0 ? 0 : pay));
    core::facts::Payment* last = &out.back();
    last->started_on = started;
    last->header.received_at = testing::noon(on.plus_days(below(random, 45) - 5));
    if (below(random, 12) == 0) last->on_strike = true;
    if (below(random, 25) == 0) last->no_longer_valid_on = on.plus_days(10);
    if (below(random, 25) == 0) last->left_on = on.plus_days(below(random, 20) - 5);
    if (below(random, 10) == 0) {
      core::facts::Payment told = *last;
      told.header.source.system = "rtii";
      told.header.fact_id += "r";
      told.header.received_at = testing::noon(on.plus_days(below(random, 60)));
      out.push_back(told);
    }
    if (below(random, 12) == 0) {
      out.push_back(payroll.pay(on, -pay / 5));
      out.back().late_reason = "H";
      out.back().header.received_at = testing::noon(on.plus_days(below(random, 60)));
    }
    on = on.plus_days(step);
  }
}

/// The payments of a person with up to three jobs.
inline core::ledger::testing::Payments messy_pay(core::base::Random& random) {
  core::ledger::testing::Payments out;
  const char* ids[] = {"A", "B", "C"};
  const int jobs = 1 + below(random, 3);
  for (int i = 0; i < jobs; ++i) add_messy_job(random, ids[i], out);
  return out;
}

}  // namespace ig::tests
