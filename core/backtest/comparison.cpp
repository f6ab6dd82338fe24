#include "core/backtest/comparison.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace ig::core::backtest {
namespace {

using triggers::Kind;
using triggers::Relation;
using triggers::Trigger;
using values::Date;

/// What is told in a row: the days on which one case was told one kind in one direction.
struct Row {
  values::CaseKey case_key;
  Kind kind = Kind::IN_YEAR_INCOME;
  std::optional<triggers::Direction> direction;
  friend auto operator<=>(const Row&, const Row&) = default;
};
using Rows = std::map<Row, std::vector<Date>>;

Rows rows_of(std::span<const Trigger> all) {
  Rows out;
  for (const Trigger& one : all) {
    if (one.relation == Relation::withdraws) continue;
    out[{one.case_key, one.kind, one.direction}].push_back(one.raised_on);
  }
  return out;
}

void pair_up(const std::vector<Date>& today, const std::vector<Date>& tried, Moves& out) {
  const std::size_t both = std::min(today.size(), tried.size());
  for (std::size_t i = 0; i < both; ++i) {
    const int later = values::days_between(today[i], tried[i]);
    if (later == 0) {
      ++out.same_day;
    } else if (later < 0) {
      ++out.earlier;
      out.days_sooner -= later;
    } else {
      ++out.later;
      out.days_later += later;
    }
  }
  out.only_today += today.size() - both;
  out.only_tried += tried.size() - both;
}

/// What a case was told, as far as a change of it matters.
using Told = std::tuple<values::CaseKey, Date, Kind, std::optional<triggers::Direction>, Relation>;

std::set<Told> told_of(std::span<const Trigger> all) {
  std::set<Told> out;
  for (const Trigger& one : all) {
    out.emplace(one.case_key, one.raised_on, one.kind, one.direction, one.relation);
  }
  return out;
}

std::uint64_t count_changed(std::span<const Trigger> today, std::span<const Trigger> tried) {
  const auto before = told_of(today);
  const auto after = told_of(tried);
  std::set<values::CaseKey> changed;
  for (const Told& one : before) {
    if (!after.contains(one)) changed.insert(std::get<0>(one));
  }
  for (const Told& one : after) {
    if (!before.contains(one)) changed.insert(std::get<0>(one));
  }
  return changed.size();
}

}  // namespace

Date month_of(Date day) {
  return Date::of(std::chrono::sys_days{day.ymd().year() / day.ymd().month() / 1});
}

void Comparison::add(std::span<const Trigger> today, std::span<const Trigger> tried) {
  const auto count = [this](std::span<const Trigger> all, std::uint64_t Counts::* which) {
    for (const Trigger& one : all) {
      if (one.relation == Relation::withdraws) {
        ++(moves_[one.kind].withdrawn.*which);
      } else {
        ++(heaps_[{one.kind, one.direction, month_of(one.raised_on)}].*which);
      }
    }
  };
  count(today, &Counts::today);
  count(tried, &Counts::tried);
  Rows before = rows_of(today);
  for (const auto& [row, days] : rows_of(tried)) {
    pair_up(before[row], days, moves_[row.kind]);
    before.erase(row);
  }
  for (const auto& [row, days] : before) pair_up(days, {}, moves_[row.kind]);
  cases_changed_ += count_changed(today, tried);
}

void Comparison::merge(const Comparison& other) {
  for (const auto& [heap, counts] : other.heaps_) {
    heaps_[heap].today += counts.today;
    heaps_[heap].tried += counts.tried;
  }
  for (const auto& [kind, more] : other.moves_) {
    Moves& mine = moves_[kind];
    mine.same_day += more.same_day;
    mine.earlier += more.earlier;
    mine.later += more.later;
    mine.days_sooner += more.days_sooner;
    mine.days_later += more.days_later;
    mine.only_today += more.only_today;
    mine.only_tried += more.only_tried;
    mine.withdrawn.today += more.withdrawn.today;
    mine.withdrawn.tried += more.withdrawn.tried;
  }
  cases_changed_ += other.cases_changed_;
}

}  // namespace ig::core::backtest
