#pragma once

#include "tests/bench/detection/score.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace ig::bench::detection {

/// What was found of the changes of one kind of case.
struct Row {
  int cases = 0;
  int changes = 0;  ///< lasting ones
  int in_time = 0;  ///< called within kInTime days
  int told = 0;     ///< changes whose reports came in time
  int told_in_time = 0;
  int false_calls = 0;
  int between_jobs = 0;
  int other_calls = 0;    ///< neither false nor between jobs
  int right_figures = 0;  ///< of those
  int naive_in_time = 0;
  int naive_changes = 0;
  int naive_false = 0;
  std::vector<int> delays;  ///< of changes that were called, in days

  void add(const Score& ours, const Score& naive);
  void join(const Row& other);
};

/// The figures of a run. One for each thread; they are joined at the end.
class Tally {
 public:
  Tally();
  void add(const Plan& plan, const Score& ours, const Score& naive);
  void join(const Tally& other);
  /// Ratios to stdout, as every bench prints them; the table behind them to stderr.
  void print(std::uint64_t seed, int case_years) const;

  int raised_unanswered = 0;  ///< of the cases run without feedback
  int withdrawn = 0;

 private:
  Row all_;                      ///< every case
  Row goal_;                     ///< the archetypes that the goal of recall is about
  std::array<Row, 4> patterns_;  ///< of those: weekly, 2-weekly, 4-weekly, monthly
  std::vector<Row> archetypes_;
};

}  // namespace ig::bench::detection
