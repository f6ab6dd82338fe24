#include "core/ledger/level.hpp"

#include "core/values/fraction.hpp"

#include <algorithm>
#include <vector>

namespace ig::core::ledger {
namespace {

using values::Int128;

constexpr int kHalfYearDays = 182;
constexpr int kYearDays = 365;
constexpr int kWindowDays = 91;       ///< unequal new pay is watched for as long as the window is
constexpr int kLevelDays = 28;        ///< a level shorter than this is not told from a passing one
constexpr Int128 kApart = 16;         ///< four standard errors, squared
constexpr Int128 kSixteenth = 256;    ///< a sixteenth, squared: an average may be off by so much
constexpr Int128 kFiftieth = 2500;    ///< a fiftieth, squared: pay so near is the same
constexpr std::size_t kFewSteps = 4;  ///< fewer steps have no usual one
constexpr Int128 kFewOthers = 4;      ///< fewer periods have no spread to speak of

/// Sums of some periods' pay, in pence of one period.
struct Sums {
  Int128 count = 0;
  Int128 sum = 0;
  Int128 squares = 0;

  void add(Int128 pence) {
    ++count;
    sum += pence;
    squares += pence * pence;
  }
  friend Sums operator-(const Sums& a, const Sums& b) {
    return {a.count - b.count, a.sum - b.sum, a.squares - b.squares};
  }
  /// The sum of squared distances from the mean, times the count.
  [[nodiscard]] Int128 spread() const { return count * squares - sum * sum; }
};

Int128 size_of(Int128 number) { return number < 0 ? -number : number; }

/// Running sums over the whole periods of the last half year.
struct Run {
  std::size_t first = 0;      ///< place of the first period looked at
  std::vector<Sums> up_to{};  ///< one more than periods

  [[nodiscard]] std::size_t end() const { return first + up_to.size() - 1; }
  [[nodiscard]] Sums between(std::size_t from, std::size_t to) const {
    return up_to[to - first] - up_to[from - first];
  }
};

Run run_of(std::span<const Period> periods, values::PayFrequency frequency) {
  Run out;
  const auto most = static_cast<std::size_t>(kHalfYearDays / days_in_period(frequency));
  out.first = periods.size() > most ? periods.size() - most : 0;
  if (out.first == 0 && periods.front().part) out.first = 1;
  out.up_to.emplace_back();
  for (const Period& period : periods.subspan(out.first)) {
    out.up_to.push_back(out.up_to.back());
    out.up_to.back().add(period.each().half_up().in_pence());
  }
  return out;
}

/// How far pay usually moves from one payday to the next: the median of a year, on which a single
/// bonus or change of level has no bearing. Nothing of fewer than four steps.
Int128 usual_step(std::span<const Period> periods, values::PayFrequency frequency) {
  const auto most = static_cast<std::size_t>(kYearDays / days_in_period(frequency));
  std::size_t first = periods.size() > most ? periods.size() - most : 0;
  if (first == 0 && periods.front().part) first = 1;
  std::vector<Int128> steps;
  for (std::size_t i = first + 1; i < periods.size(); ++i) {
    const Int128 before = periods[i - 1].each().half_up().in_pence();
    steps.push_back(size_of(periods[i].each().half_up().in_pence() - before));
  }
  if (steps.size() < kFewSteps) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>((steps.size() - 1) / 2);
  std::ranges::nth_element(steps, middle);
  return *middle;
}

/// The run cut in two.
struct Cut {
  Sums before;
  Sums after;
  Int128 step = 0;  ///< usual_step of the pay

  /// The difference of the means, times both counts.
  [[nodiscard]] Int128 difference() const {
    return before.count * after.sum - after.count * before.sum;
  }
  [[nodiscard]] Int128 counts() const { return before.count * after.count; }
  [[nodiscard]] bool leaves_less_spread_than(const Cut& other) const {
    return difference() * difference() * other.counts() >
           other.difference() * other.difference() * counts();
  }
  [[nodiscard]] bool stands_apart() const {
    const Int128 all = before.count + after.count;
    const Int128 spread = before.count * after.spread() + after.count * before.spread();
    const bool by_all = difference() * difference() * (all - 2) >= kApart * all * spread;
    const bool by_steps = difference() * difference() >= kApart * step * step * all * counts();
    return all > 2 && by_all && by_steps;
  }
  /// The new periods agree among themselves: what is still moving is no level. Lower pay agrees as
  /// closely as pay of this job usually does: sickness pays a full and a part month, never alike.
  [[nodiscard]] bool after_agrees() const {
    const Int128 n = after.count;
    const Int128 own = after.spread() * before.count * before.count;
    if (difference() * difference() * (n - 1) < kApart * own) return false;
    if (difference() > 0) return true;
    const Int128 steps = kApart * kFiftieth * n * n * step * step;
    return after.spread() * kFiftieth * n * n <= n * (n - 1) * (steps + after.sum * after.sum);
  }
  /// The means differ by at least one part in so many of the mean before.
  [[nodiscard]] bool differs_by(Int128 part) const {
    return difference() != 0 && part * size_of(difference()) >= after.count * size_of(before.sum);
  }
};

/// One period against all others of a run: +1 far above them, -1 far below, 0 inside their spread.
int side_of(const Sums& own, const Sums& all) {
  const Sums others = all - own;
  if (others.count < kFewOthers) return 0;
  const Int128 apart = own.sum * others.count - others.sum;
  const bool outside =
      apart * apart * (others.count - 1) >= kApart * others.count * others.spread();
  const bool by_a_quarter = 4 * size_of(apart) >= size_of(others.sum);
  if (apart == 0 || !outside || !by_a_quarter) return 0;
  return apart > 0 ? 1 : -1;
}

}  // namespace

Level level_of(std::span<const Period> periods, values::PayFrequency frequency) {
  Level out;
  const Run run = run_of(periods, frequency);
  const std::size_t end = run.end();
  if (end < run.first + 4) return out;
  const Int128 step = usual_step(periods, frequency);
  Cut best{run.between(run.first, end - 1), run.between(end - 1, end), step};
  std::size_t since = end - 1;
  for (std::size_t place = run.first + 2; place + 1 < end; ++place) {
    const Cut cut{run.between(run.first, place), run.between(place, end), step};
    if (!cut.leaves_less_spread_than(best)) continue;
    best = cut;
    since = place;
  }
  if (!best.stands_apart()) return out;
  const std::size_t count = end - since;
  const int days = static_cast<int>(count) * days_in_period(frequency);
  const bool is_level = count >= 2 && days >= kLevelDays && best.after_agrees();
  if (is_level && best.differs_by(10)) out.since = since;
  out.moving = !is_level && days <= kWindowDays && best.differs_by(4);
  return out;
}

bool varies(std::span<const Period> periods, const Level& level, std::size_t averaged,
            values::PayFrequency frequency) {
  const Run run = run_of(periods, frequency);
  const std::size_t cut = std::max(level.since, run.first);
  const Sums now = run.between(cut, run.end());
  const Sums before = run.between(run.first, cut);
  const Int128 free = now.count - 1 + (before.count > 0 ? before.count - 1 : 0);
  if (free < 1 || averaged == 0 || now.sum <= 0) return false;
  // The higher side's mean is the measure: spread comes with pay, and some of it is of before.
  const bool fell = before.count > 0 && before.sum * now.count > now.sum * before.count;
  const Sums& high = fell ? before : now;
  const Int128 before_count = std::max<Int128>(before.count, 1);
  const Int128 spread = now.spread() * before_count + before.spread() * now.count;
  const Int128 counts = now.count * before_count;
  const auto divided = static_cast<Int128>(averaged);
  const Int128 step = usual_step(periods, frequency);
  const Int128 mean_squared = high.sum * high.sum * divided;
  return kSixteenth * spread * high.count * high.count > mean_squared * counts * free ||
         kSixteenth * step * step * high.count * high.count > mean_squared;
}

Outliers outliers_among(std::span<const Period> periods, std::size_t newest,
                        values::PayFrequency frequency) {
  Outliers out;
  const Run run = run_of(periods, frequency);
  const Sums all = run.between(run.first, run.end());
  for (std::size_t place = std::max(run.first, run.end() - newest); place < run.end(); ++place) {
    const int side = side_of(run.between(place, place + 1), all);
    out.above = out.above || side > 0;
    out.below = out.below || side < 0;
  }
  return out;
}

}  // namespace ig::core::ledger
