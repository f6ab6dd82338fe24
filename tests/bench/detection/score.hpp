#pragma once

#include "core/facts/case_record.hpp"
#include "tests/bench/detection/plan.hpp"
#include "tests/bench/detection/reports.hpp"

#include <span>
#include <vector>

namespace ig::bench::detection {

inline constexpr int kInTime = 45;  ///< days from the first changed payday

/// Somebody says that income moved: our detector, or the naive rule.
struct Call {
  int day = 0;
  double weekly = 0;  ///< pence
};

/// The truth of one plan, and what calls are worth against it.
class Truth {
 public:
  explicit Truth(const Plan& plan);

  /// Pence a week that a figure of last year holds: the mean of the year up to the watch, bonuses
  /// and what PAYE cannot see included.
  [[nodiscard]] std::int64_t last_year() const;
  /// Mean of what is paid a week in the days from `from` on.
  [[nodiscard]] double mean(int from, int days) const;

 private:
  const Plan& plan_;
  std::vector<double> sums_;  ///< of daily levels, from the first day of history
};

/// One change that is there to be found.
struct Change {
  int first_payday = 0;
  bool was_told = false;  ///< enough paydays had been reported in time
  int delay = -1;         ///< days to the call; -1: never
};

struct Score {
  std::vector<Change> changes;  ///< the lasting ones
  int calls = 0;
  int false_calls = 0;    ///< nothing moved by more than a fifth for good, or the other way
  int between_jobs = 0;   ///< every job was reported as ended: true on the day, whatever follows
  int nearly = 0;         ///< it moved by a fifth to a quarter
  int right_figures = 0;  ///< of the other calls: within a tenth of what is then paid
};

/// `in_force`: pence a week on the first day. Each call puts its figure in force.
[[nodiscard]] Score score(const Plan& plan, const Truth& truth, const Reports& reports,
                          std::span<const Call> calls, double in_force);

/// The rule to beat: the last payment of each job, times its frequency, moved by a quarter.
[[nodiscard]] std::vector<Call> naive_calls(const Reports& reports, double in_force);

/// The case of a plan: on last year's figure, with the parts it is made of.
[[nodiscard]] core::facts::CaseRecord case_of(const Plan& plan, const Truth& truth);

}  // namespace ig::bench::detection
