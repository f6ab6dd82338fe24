#pragma once

#include "core/base/random.hpp"
#include "core/values/date.hpp"
#include "core/values/pay_frequency.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Made-up pay whose truth is known: what a job really pays a week on each day, and what its
/// paydays therefore bring. Days are counted from the first watched day.
namespace ig::bench::detection {

inline constexpr core::values::Date kFirstDay = core::values::Date::of(2025, 5, 1);
inline constexpr int kWatchedDays = 365;
inline constexpr int kHistoryDays = 420;  ///< pay reported before the first watched day
inline constexpr int kAfterDays = 200;    ///< pay known to the labels only

/// Chance for the generator. Its fractions are for noise and draws; pay is whole pence.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  int below(int bound) {
    return static_cast<int>(random_.below(static_cast<std::uint64_t>(bound)));
  }
  int between(int least, int most) { return least + below(most - least + 1); }
  bool per_mille(int chance) { return below(1'000) < chance; }
  double unit() { return static_cast<double>(random_.next() >> 11U) * 0x1.0p-53; }
  double normal();

 private:
  core::base::SeededRandom random_;
};

/// From `from` up to and without `to` the level is that many thousandths of what it was.
struct Step {
  int from = 0;
  int to = kWatchedDays + kAfterDays;
  int thousandths = 1'000;
  std::int64_t fixed = -1;  ///< pence a week instead, when not negative
  bool on_strike = false;
  bool statutory = false;
};

/// One job and what it really pays a week.
struct Job {
  core::values::PayFrequency frequency = core::values::PayFrequency::M1;
  std::string office = "120";
  std::int64_t level = 50'000;  ///< pence a week
  double noise = 0;             ///< sigma of one week, of the level
  double commission = 0;        ///< sigma of the part that is won anew each period
  std::vector<Step> steps;
  std::vector<int> paydays;
  std::optional<int> starts;  ///< first day of the job
  std::optional<int> ends;    ///< first day without it
  bool end_reported = true;
  bool pension = false;
  bool director = false;
  std::int64_t benefit = 0;  ///< pence a week of payrolled benefits, on top and inside item 58
  std::map<int, std::int64_t> extras;  ///< pence on top, by payday
  std::int64_t termination = 0;        ///< taxable pay on leaving that no NICs are due on
  bool corrected_later = false;        ///< each changed payday is corrected back (late reason H)

  /// Pence a week on a day, without noise and extras.
  [[nodiscard]] std::int64_t level_on(int day) const;
  /// The days a payday pays for: the weeks up to it, or its calendar month.
  [[nodiscard]] int pays_from(int payday) const;
  [[nodiscard]] int pays_until(int payday) const;
  /// The first day on `day` or after with which a pay period begins.
  [[nodiscard]] int period_start(int day) const;
  /// The payday that pays for `day`.
  [[nodiscard]] int payday_from(int day) const;
};

/// One person's year: the jobs, what the figure in force was, and where pay changes.
struct Plan {
  std::size_t archetype = 0;
  std::vector<Job> jobs;
  std::int64_t trading = 0;     ///< pence a week in the figure in force that PAYE cannot see
  std::int64_t benefits = 0;    ///< the same of benefits in kind
  std::vector<int> changes;     ///< days on which what is paid a week changes
  std::size_t changed_job = 0;  ///< the job that changes
};

/// Fills the paydays of a job, all through history, watch and after.
void set_paydays(Job& job, Dice& dice);

/// One kind of history, its weight in the population, and how it is made.
struct Archetype {
  std::string_view name;
  int per_mille;   ///< of the population
  bool in_recall;  ///< regular pay or a reported leaver: counts for the goal of recall
  Plan (*make)(Dice&);
};
[[nodiscard]] const std::vector<Archetype>& archetypes();

}  // namespace ig::bench::detection
