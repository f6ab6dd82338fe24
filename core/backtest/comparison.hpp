#pragma once

#include "core/triggers/trigger.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

namespace ig::core::backtest {

/// The first day of the month of a day.
[[nodiscard]] values::Date month_of(values::Date day);

/// What triggers are counted by.
struct Heap {
  triggers::Kind kind = triggers::Kind::IN_YEAR_INCOME;
  std::optional<triggers::Direction> direction;
  values::Date month;  ///< its first day
  friend auto operator<=>(const Heap&, const Heap&) = default;
};

/// How often each of two runs raised something.
struct Counts {
  std::uint64_t today = 0;  ///< under the parameters of today
  std::uint64_t tried = 0;  ///< under those that are tried
  friend bool operator==(const Counts&, const Counts&) = default;
};

/// The triggers of one kind that both runs raised for the same case, in the same direction and
/// place of their order, and those only one of them raised. Withdrawals are counted apart.
struct Moves {
  std::uint64_t same_day = 0;
  std::uint64_t earlier = 0;  ///< the tried parameters raised it sooner
  std::uint64_t later = 0;
  std::int64_t days_sooner = 0;  ///< summed over `earlier`
  std::int64_t days_later = 0;   ///< summed over `later`
  std::uint64_t only_today = 0;
  std::uint64_t only_tried = 0;
  Counts withdrawn;
  friend bool operator==(const Moves&, const Moves&) = default;
};

/// Two runs over the same people, side by side. Adding in any order, and merging, gives the same.
class Comparison {
 public:
  /// Adds the triggers of one person under both.
  void add(std::span<const triggers::Trigger> today, std::span<const triggers::Trigger> tried);
  void merge(const Comparison& other);

  [[nodiscard]] const std::map<Heap, Counts>& heaps() const noexcept { return heaps_; }
  [[nodiscard]] const std::map<triggers::Kind, Moves>& moves() const noexcept { return moves_; }
  /// Cases for which the two runs did not raise the same on the same days.
  [[nodiscard]] std::uint64_t cases_changed() const noexcept { return cases_changed_; }

 private:
  std::map<Heap, Counts> heaps_;
  std::map<triggers::Kind, Moves> moves_;
  std::uint64_t cases_changed_ = 0;
};

}  // namespace ig::core::backtest
