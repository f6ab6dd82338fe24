#include "core/backtest/comparison.hpp"

#include "tests/unit/core/triggers/triggers_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace ig::core::backtest {
namespace {

using ::testing::IsEmpty;
using triggers::Direction;
using triggers::Kind;
using triggers::Relation;
using triggers::Trigger;
using triggers::testing::day;

Trigger raised(values::Date on, Direction direction = Direction::up,
               Relation relation = Relation::fresh, const char* of_case = "100") {
  Trigger out;
  out.raised_on = on;
  out.case_key = {"cms", of_case, "PP1"};
  out.direction = direction;
  out.relation = relation;
  return out;
}

TEST(Comparison, TwoRunsAlikeHaveNoCaseThatChanges) {
  Comparison comparison;
  const std::vector<Trigger> all = {raised(day(2026, 3, 5)), raised(day(2026, 3, 20))};
  comparison.add(all, all);
  EXPECT_EQ(comparison.cases_changed(), 0U);
  EXPECT_EQ(comparison.moves().at(Kind::IN_YEAR_INCOME).same_day, 2U);
  const Heap march{Kind::IN_YEAR_INCOME, Direction::up, day(2026, 3, 1)};
  EXPECT_EQ(comparison.heaps().at(march), (Counts{2, 2}));
}

TEST(Comparison, SaysHowMuchEarlierAndLaterATriggerComes) {
  Comparison comparison;
  comparison.add({{raised(day(2026, 3, 10)), raised(day(2026, 4, 1))}},
                 {{raised(day(2026, 3, 3)), raised(day(2026, 4, 11))}});
  const Moves& moves = comparison.moves().at(Kind::IN_YEAR_INCOME);
  EXPECT_EQ(moves.earlier, 1U);
  EXPECT_EQ(moves.days_sooner, 7);
  EXPECT_EQ(moves.later, 1U);
  EXPECT_EQ(moves.days_later, 10);
  EXPECT_EQ(comparison.cases_changed(), 1U);
}

TEST(Comparison, CountsWhatOnlyOneRunRaises) {
  Comparison comparison;
  comparison.add({{raised(day(2026, 3, 10))}}, {{raised(day(2026, 3, 10), Direction::down)}});
  const Moves& moves = comparison.moves().at(Kind::IN_YEAR_INCOME);
  EXPECT_EQ(moves.only_today, 1U);
  EXPECT_EQ(moves.only_tried, 1U);
  EXPECT_EQ(moves.same_day, 0U);
}

TEST(Comparison, CountsWithdrawalsApart) {
  Comparison comparison;
  comparison.add({}, {{raised(day(2026, 3, 10), Direction::up, Relation::withdraws)}});
  EXPECT_THAT(comparison.heaps(), IsEmpty());
  EXPECT_EQ(comparison.moves().at(Kind::IN_YEAR_INCOME).withdrawn, (Counts{0, 1}));
  EXPECT_EQ(comparison.cases_changed(), 1U);
}

TEST(Comparison, MergingGivesWhatAddingGives) {
  const std::vector<Trigger> one = {raised(day(2026, 3, 10))};
  const std::vector<Trigger> other = {
      raised(day(2026, 5, 1), Direction::down, Relation::fresh, "200"),
      raised(day(2026, 6, 1), Direction::down, Relation::withdraws, "200")};
  Comparison whole;
  whole.add(one, {});
  whole.add({}, other);
  Comparison first;
  first.add(one, {});
  Comparison second;
  second.add({}, other);
  second.merge(first);
  EXPECT_EQ(second.heaps(), whole.heaps());
  EXPECT_EQ(second.moves(), whole.moves());
  EXPECT_EQ(second.cases_changed(), 2U);
}

}  // namespace
}  // namespace ig::core::backtest
