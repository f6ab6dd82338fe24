#include "tests/bench/detection/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace ig::bench::detection {
namespace {

/// A share and what it may be, with 95 % (Wilson).
struct Interval {
  double share = 0;
  double least = 0;
  double most = 1;
};

Interval wilson(double hits, double of) {
  if (of <= 0) return {};
  const double z = 1.96;
  const double p = hits / of;
  const double mid = (p + z * z / (2 * of)) / (1 + z * z / of);
  const double half =
      z / (1 + z * z / of) * std::sqrt(std::max(0.0, p * (1 - p) / of) + z * z / (4 * of * of));
  return {p, mid - half, mid + half};
}

std::string percent(double hits, double of) {
  return of > 0 ? fmt::format("{:.1f}", 100 * hits / of) : "-";
}

std::string with_interval(double hits, double of, double unit) {
  const Interval out = wilson(hits, of);
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", unit * out.share, unit * out.least,
                     unit * out.most);
}

std::string middle(std::vector<int> delays) {
  if (delays.empty()) return "-";
  std::ranges::sort(delays);
  return fmt::format("{}", delays[delays.size() / 2]);
}

/// One line as ./dev bench reads it; `ratio` is above 1 where the goal is reached.
void print_line(std::string_view name, double value, double goal, double ratio) {
  fmt::print("detection/{} {:.2f} {:.2f} {:.3f}\n", name, value, goal, ratio);
}

void print_row(std::string_view name, const Row& row) {
  fmt::print(
      stderr, "{:<20}{:>7}{:>8}{:>8}{:>8}{:>7}{:>7}{:>9.2f}{:>8}{:>8}{:>9.1f}\n", name, row.cases,
      row.changes, percent(row.in_time, row.changes), percent(row.told_in_time, row.told),
      middle(row.delays), row.false_calls, 1'000.0 * row.false_calls / std::max(1, row.cases),
      percent(row.right_figures, row.other_calls), percent(row.naive_in_time, row.naive_changes),
      1'000.0 * row.naive_false / std::max(1, row.cases));
}

void print_heading() {
  fmt::print(stderr, "{:<20}{:>7}{:>8}{:>8}{:>8}{:>7}{:>7}{:>9}{:>8}{:>8}{:>9}\n", "", "cases",
             "lasting", "recall", "if told", "median", "false", "per 1000", "figure", "naive",
             "false");
  fmt::print(stderr, "{:<20}{:>7}{:>8}{:>8}{:>8}{:>7}{:>7}{:>9}{:>8}{:>8}{:>9}\n", "", "",
             "changes", "%", "%", "days", "calls", "cases", "right %", "recall", "per 1000");
}

}  // namespace

void Row::add(const Score& ours, const Score& naive) {
  const auto in_time_of = [](const Change& change) {
    return change.delay >= 0 && change.delay <= kInTime;
  };
  ++cases;
  for (const Change& change : ours.changes) {
    ++changes;
    if (change.was_told) ++told;
    if (change.delay >= 0) delays.push_back(change.delay);
    if (!in_time_of(change)) continue;
    ++in_time;
    if (change.was_told) ++told_in_time;
  }
  false_calls += ours.false_calls;
  between_jobs += ours.between_jobs;
  other_calls += ours.calls - ours.false_calls - ours.between_jobs;
  right_figures += ours.right_figures;
  naive_changes += static_cast<int>(naive.changes.size());
  naive_in_time += static_cast<int>(std::ranges::count_if(naive.changes, in_time_of));
  naive_false += naive.false_calls;
}

void Row::join(const Row& other) {
  cases += other.cases;
  changes += other.changes;
  in_time += other.in_time;
  told += other.told;
  told_in_time += other.told_in_time;
  false_calls += other.false_calls;
  between_jobs += other.between_jobs;
  other_calls += other.other_calls;
  right_figures += other.right_figures;
  naive_in_time += other.naive_in_time;
  naive_changes += other.naive_changes;
  naive_false += other.naive_false;
  delays.insert(delays.end(), other.delays.begin(), other.delays.end());
}

Tally::Tally() : archetypes_(archetypes().size()) {}

void Tally::add(const Plan& plan, const Score& ours, const Score& naive) {
  all_.add(ours, naive);
  archetypes_[plan.archetype].add(ours, naive);
  if (!archetypes()[plan.archetype].in_recall) return;
  goal_.add(ours, naive);
  const auto frequency = plan.jobs[plan.changed_job].frequency;
  patterns_.at(static_cast<std::size_t>(frequency)).add(ours, naive);
}

void Tally::join(const Tally& other) {
  all_.join(other.all_);
  goal_.join(other.goal_);
  for (std::size_t i = 0; i < patterns_.size(); ++i) patterns_.at(i).join(other.patterns_.at(i));
  for (std::size_t i = 0; i < archetypes_.size(); ++i) archetypes_[i].join(other.archetypes_[i]);
  raised_unanswered += other.raised_unanswered;
  withdrawn += other.withdrawn;
}

void Tally::print(std::uint64_t seed, int case_years) const {
  double least = 100;
  double most = 0;
  for (const Row& row : patterns_) {
    if (row.changes == 0) continue;
    least = std::min(least, 100.0 * row.in_time / row.changes);
    most = std::max(most, 100.0 * row.in_time / row.changes);
  }
  const double recall = 100.0 * goal_.in_time / std::max(1, goal_.changes);
  const double told = 100.0 * goal_.told_in_time / std::max(1, goal_.told);
  const double wrong = 1'000.0 * all_.false_calls / std::max(1, all_.cases);
  print_line("recall_percent", recall, 99, recall / 99);
  print_line("recall_if_told_percent", told, 99, told / 99);
  print_line("false_per_1000", wrong, 2, wrong > 0 ? 2 / wrong : 99);
  print_line("pattern_spread_points", most - least, 2, most > least ? 2 / (most - least) : 99);
  std::fflush(stdout);
  fmt::print(stderr, "\nseed {}, {} case-years\n", seed, case_years);
  fmt::print(stderr, "recall within {} days, %: {}; if told in time: {}\n", kInTime,
             with_interval(goal_.in_time, goal_.changes, 100),
             with_interval(goal_.told_in_time, goal_.told, 100));
  fmt::print(stderr, "false per 1,000 case-years: {}; between jobs: {:.2f}\n",
             with_interval(all_.false_calls, all_.cases, 1'000),
             1'000.0 * all_.between_jobs / std::max(1, all_.cases));
  fmt::print(stderr, "withdrawn later, of what nobody takes up: {} %\n",
             with_interval(withdrawn, raised_unanswered, 100));
  fmt::print(stderr, "naive rule: recall {} %, false per 1,000: {:.1f}\n\n",
             percent(goal_.naive_in_time, goal_.naive_changes),
             1'000.0 * all_.naive_false / std::max(1, all_.cases));
  print_heading();
  print_row("all", all_);
  print_row("regular and leavers", goal_);
  constexpr std::array<std::string_view, 4> names = {"weekly", "2-weekly", "4-weekly", "monthly"};
  for (std::size_t i = 0; i < names.size(); ++i) print_row(names.at(i), patterns_.at(i));
  for (std::size_t i = 0; i < archetypes_.size(); ++i) {
    print_row(archetypes()[i].name, archetypes_[i]);
  }
}

}  // namespace ig::bench::detection
