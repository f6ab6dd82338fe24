#pragma once

#include "core/ledger/periods.hpp"

#include <cstddef>
#include <span>

namespace ig::core::ledger {

/// What the run of periods says about the level of pay, by exact sums and squares.
struct Level {
  /// The place of the first period at the present level, which stands clearly apart from what was
  /// paid before; 0 where the level did not shift. At least 28 days and two periods follow.
  std::size_t since = 0;
  /// The newest periods stand clearly apart by a quarter or more, but they are too few to tell a
  /// new level from one that passes: an average would be a blend of both.
  bool moving = false;
};

/// Finds the level at the end of `periods`, of which half a year is looked at. Periods that are a
/// part of one do not count. Of all ways to cut the run in two the one that leaves the least spread
/// is tried; the two sides stand clearly apart when the square of the difference of their means is
/// at least 16 times its variance, by the spread of both sides and by the usual step of a year, and
/// the difference is at least a tenth. Lower pay is a level only where it agrees as pay of the job
/// usually does.
[[nodiscard]] Level level_of(std::span<const Period> periods, values::PayFrequency frequency);

/// Pay that varies so much that its average over the last `averaged` periods may be off by a
/// sixteenth or more: by the usual step, or the spread within the present level, of half a year,
/// over the root of the count.
[[nodiscard]] bool varies(std::span<const Period> periods, const Level& level, std::size_t averaged,
                          values::PayFrequency frequency);

/// Single periods that lie outside the spread of all others by a quarter of their mean and more.
struct Outliers {
  bool above = false;
  bool below = false;
};

/// Those among the last `newest` periods, held against half a year.
[[nodiscard]] Outliers outliers_among(std::span<const Period> periods, std::size_t newest,
                                      values::PayFrequency frequency);

}  // namespace ig::core::ledger
