#pragma once

#include "core/values/date.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace ig::adapters::hmrc {

/// Days, both included.
struct DaySpan {
  core::values::Date from;
  core::values::Date to;
  friend bool operator==(const DaySpan&, const DaySpan&) = default;
};

/// What came of asking for some days.
enum class Probe : std::uint8_t {
  taken,    ///< there is an answer
  failing,  ///< the fault that is being looked for
  stopped,  ///< another fault: nothing more is asked
};

struct DaySplitLimits {
  core::values::Date earliest;        ///< no day before it may be asked for
  std::uint32_t calls_max = 32;       ///< of one search
  std::uint32_t blind_calls_max = 8;  ///< before anything is taken: then it is no single record
  int smallest_days = 1;              ///< a span of so many days is not narrowed down any further
};

/// What a search came to. What is neither bad nor left was taken.
struct DaySplit {
  std::vector<DaySpan> bad;   ///< the smallest spans that fail each time; neighbours put together
  std::vector<DaySpan> left;  ///< not asked for, or not narrowed down, when the search ended
  bool any_taken = false;
};

/// Finds the days that make a span fail, by halves, and takes the rest. `ask` gets the days to ask
/// for, always two at least since HMRC refuses one, and those of them whose rows are wanted. Where
/// one half is taken whole the other one is known to fail and is not asked for as a whole. A single
/// day is asked for with its neighbours on either side in turn; it is bad when both fail.
/// `failing` has failed before. Depth is the logarithm of its length.
[[nodiscard]] DaySplit split_days(DaySpan failing, const DaySplitLimits& limits,
                                  const std::function<Probe(DaySpan ask, DaySpan keep)>& ask);

}  // namespace ig::adapters::hmrc
