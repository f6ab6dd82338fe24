#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string_view>
#include <vector>

namespace ig::bench {

/// Prints one measured ratio: `name value baseline ratio`, as `./dev bench` reads it. Value and
/// baseline have one unit, and more is better (bytes a second, decisions a second).
/// The name is one word of a-z, 0-9, '_' and '/'.
inline void print_ratio(std::string_view name, double value, double baseline) {
  fmt::print("{} {:.1f} {:.1f} {:.3f}\n", name, value, baseline,
             baseline > 0 ? value / baseline : 0.0);
  std::fflush(stdout);
}

/// Seconds one call of `work` takes.
inline double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Median seconds of `ours` and `theirs`, measured in turn in the same run, so that a slow phase of
/// the machine falls on both. The first round warms up and is not counted.
struct Paired {
  double ours = 0;
  double theirs = 0;
};
inline Paired measure_in_turn(int rounds, const std::function<void()>& ours,
                              const std::function<void()>& theirs) {
  std::vector<double> first;
  std::vector<double> second;
  ours();
  theirs();
  for (int i = 0; i < rounds; ++i) {
    first.push_back(seconds(ours));
    second.push_back(seconds(theirs));
  }
  return {median(first), median(second)};
}

/// Prints how much of a peer's rate we reach at `units` of work a call: units a second of each.
inline void compare(std::string_view name, double units, int rounds,
                    const std::function<void()>& ours, const std::function<void()>& theirs) {
  const Paired times = measure_in_turn(rounds, ours, theirs);
  print_ratio(name, units / times.ours, units / times.theirs);
}

}  // namespace ig::bench
