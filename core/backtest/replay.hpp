#pragma once

#include "core/backtest/span.hpp"
#include "core/base/result.hpp"
#include "core/facts/case_record.hpp"
#include "core/ports/digest.hpp"
#include "core/triggers/trigger.hpp"

#include <cstdint>
#include <vector>

namespace ig::core::backtest {

/// What a case system does with a trigger of income in a replay.
enum class Feedback : std::uint8_t {
  applied,  ///< takes it up at once: from that day the case is on current income at its figure
  none,     ///< does nothing: the figure in force stays
};

/// All that was ever known about one person, in any order.
struct History {
  std::vector<facts::Payment> payments;
  std::vector<facts::Employment> employments;
  /// Lines of the person's cases, several of one case where it changed. A line counts from the day
  /// it was sent; the oldest of its case from the beginning, since nothing else says what was.
  std::vector<facts::CaseRecord> cases;
};

struct Replayed {
  std::vector<triggers::Trigger> triggers;  ///< in the order in which they were raised
  std::uint64_t case_days = 0;              ///< days on which an open case was watched
  std::uint64_t looks = 0;                  ///< days on which the chain was run
  std::uint64_t facts_known = 0;            ///< facts received by the end of the run
};

/// The fold of ledger, propose, assess and raise over the days of the span for one person: what
/// `watch` raises when it runs at the end of each day (contracts.md, "backtest"). Triggers of the
/// same person, facts and days are the same to the byte, whoever else is in the run.
/// Errors: those of rules::assess for a case whose figures no rule takes.
[[nodiscard]] base::Result<Replayed> replay(History history, const Span& span, Feedback feedback,
                                            ports::Digest& digest);

}  // namespace ig::core::backtest
