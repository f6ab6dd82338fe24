#pragma once

#include "adapters/cli/backtest_run.hpp"

#include <string>

namespace ig::adapters::cli {

/// What a report says of the run itself.
struct BacktestAbout {
  core::values::Date from;
  core::values::Date to;
  core::backtest::Feedback feedback = core::backtest::Feedback::applied;
  std::string tried_version;
  std::string today_version;  ///< empty: nothing was compared
  std::uint64_t cases = 0;
  std::uint64_t people = 0;
};

/// The summary of contracts.md ("backtest") as one JSON object with a line end; with the comparison
/// where there is one.
[[nodiscard]] std::string summary_json(const BacktestAbout& about, const BacktestResult& result);

/// The comparison as a table for a terminal: triggers by kind, direction and month under both,
/// what comes earlier and later, and how many cases change.
[[nodiscard]] std::string comparison_table(const BacktestAbout& about,
                                           const BacktestResult& result);

/// The same as one self-contained page: a plot of each kind and direction by month as SVG, with
/// its table beside it. Nothing is loaded from anywhere, and nothing personal is in it.
[[nodiscard]] std::string comparison_page(const BacktestAbout& about, const BacktestResult& result);

}  // namespace ig::adapters::cli
