#pragma once

#include "adapters/cli/fact_file.hpp"
#include "core/backtest/comparison.hpp"
#include "core/backtest/replay.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ig::adapters::cli {

/// The people of a case file, each with the lines of their cases. Slots count from 0.
struct BacktestPeople {
  FactFile::People slots;
  std::vector<std::vector<core::facts::CaseRecord>> cases;
  std::uint64_t case_count = 0;

  /// Errors: NO_PERSON (no number, or one that names nobody for certain).
  core::base::Result<void> take(core::facts::CaseRecord record);
};

/// A trigger line on its way out, with what lines are sorted by.
struct TriggerLine {
  core::values::Date raised_on;
  core::values::CaseKey case_key;
  std::string_view kind;
  std::uint32_t order = 0;  ///< among those of its person
  std::string text;
};

/// What a backtest came to.
struct BacktestResult {
  std::vector<TriggerLine> lines;  ///< sorted
  core::backtest::Comparison comparison;
  std::uint64_t case_days = 0;
  std::uint64_t facts_used = 0;
  std::uint64_t facts_held = 0;  ///< not known by the end of the run, or of nobody for certain
  std::uint64_t facts_unmatched = 0;
  std::uint64_t facts_refused = 0;
  /// Error lines with the number of the line of the facts file; 0 for a case the rules refuse.
  std::vector<std::pair<std::uint64_t, RefusedLine>> refused;
};

struct BacktestOptions {
  std::string facts_file;
  core::backtest::Feedback feedback = core::backtest::Feedback::applied;
  unsigned threads = 1;
};

/// Replays everybody under `tried`, and under `today` where there is one to compare with. The
/// result does not depend on the number of threads. Shows progress on a terminal.
/// Errors: UNREADABLE.
[[nodiscard]] core::base::Result<BacktestResult> run_backtest(const BacktestPeople& people,
                                                              const core::backtest::Span& tried,
                                                              const core::backtest::Span* today,
                                                              const BacktestOptions& options);

}  // namespace ig::adapters::cli
