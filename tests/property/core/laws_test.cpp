#include "core/base/limits.hpp"
#include "core/rules/assess.hpp"
#include "core/rules/historic.hpp"
#include "tests/property/core/made_requests.hpp"
#include "tests/property/core/naive_rules.hpp"
#include "tests/support/assessment_lines.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

#include <set>

/// Laws that hold between answers, over whole requests.
namespace ig::core::rules {
namespace {

using facts::Basis;
using values::Fraction;
using values::Money;

constexpr int kRequests = 20'000;
constexpr std::int64_t kMost = base::limits::money_pence_max;

const ParameterSet& law() {
  static const ParameterSet set = tests::law();
  return set;
}

/// A change between reviews: from a figure in force to verified income, in pence a week.
Assessment change(Basis basis, std::int64_t from, std::int64_t to) {
  Request request = tests::request_of(DecisionKind::in_year_income);
  request.in_force = tests::in_force(basis, from);
  request.current = tests::current(Evidence::verified, to);
  return *assess(request, law());
}

TEST(Laws, ScalingEverySumChangesNoAction) {
  base::SeededRandom chance(1);
  for (int i = 0; i < kRequests; ++i) {
    const auto base = static_cast<std::int64_t>(chance.below(500'000));
    const auto gap = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(base) + 2));
    const auto scale = static_cast<std::int64_t>(1 + chance.below(10'000));
    const Basis basis = chance.below(2) == 0 ? Basis::historic : Basis::current;
    ASSERT_EQ(change(basis, base, base + gap).action,
              change(basis, base * scale, (base + gap) * scale).action)
        << base << " and " << gap << ", times " << scale;
  }
}

TEST(Laws, ARiseAndAFallOfOneSizeHaveOneAnswer) {
  base::SeededRandom chance(2);
  for (int i = 0; i < kRequests; ++i) {
    const auto base = static_cast<std::int64_t>(1 + chance.below(500'000));
    const auto gap = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(base) + 1));
    const Basis basis = chance.below(2) == 0 ? Basis::historic : Basis::current;
    const Assessment rise = change(basis, base, base + gap);
    const Assessment fall = change(basis, base, base - gap);
    ASSERT_EQ(rise.action, fall.action) << base << " and " << gap;
    ASSERT_EQ(rise.basis, fall.basis);
    if (gap != 0) {
      ASSERT_EQ(rise.test->difference, Money() - fall.test->difference);
    }
  }
}

/// The case as it stands once the answer is applied, and the question put to it once more.
Request asked_again(const Request& request, const Assessment& answer) {
  Request again = request;
  if (request.kind == DecisionKind::initial) again.kind = DecisionKind::annual_review;
  if (!again.in_force) again.in_force.emplace();
  again.in_force->basis = *answer.basis;
  again.in_force->weekly = *answer.gross_weekly_income;
  if (request.kind == DecisionKind::initial || request.kind == DecisionKind::annual_review) {
    again.in_force->tax_year = request.historic.tax_year;
    again.in_force->annual = request.historic.annual;
  }
  return again;
}

TEST(Laws, AskedAgainOfItsOwnOutcomeEachKindChangesNothing) {
  base::SeededRandom chance(3);
  std::set<Action> first_actions;
  for (int i = 0; i < kRequests; ++i) {
    const Request request = tests::made_request(chance);
    const auto first = assess(request, law());
    if (!first || !first->gross_weekly_income) continue;
    first_actions.insert(first->action);
    const auto second = assess(asked_again(request, *first), law());
    ASSERT_TRUE(second.has_value());
    ASSERT_EQ(second->action, Action::NO_CHANGE) << tests::line_of(request) << "\n"
                                                 << tests::line_of(*second);
    ASSERT_EQ(second->basis, first->basis);
    ASSERT_EQ(second->gross_weekly_income, first->gross_weekly_income);
  }
  EXPECT_EQ(first_actions.size(), 5U);
}

TEST(Laws, HoldAtTheLargestAndLeastFiguresOfEachMember) {
  constexpr std::int64_t term = base::limits::fraction_term_max;
  const std::vector<std::int64_t> sums = {0, 1, kMost - 1, kMost};
  const std::vector<Fraction> exact = {{0, 1},           {1, term},  {term, 1},
                                       {term, term - 1}, {kMost, 1}, {term - 1, term}};
  for (const auto kind :
       {DecisionKind::initial, DecisionKind::annual_review, DecisionKind::periodic_current_check,
        DecisionKind::in_year_income, DecisionKind::revision}) {
    for (const std::int64_t annual : sums) {
      for (const std::int64_t held : sums) {
        for (const std::int64_t seen : sums) {
          for (const Fraction& fraction : exact) {
            Request request = tests::request_of(kind);
            request.historic = tests::available(annual);
            request.in_force = tests::in_force(Basis::current, held);
            request.in_force->since = kFirstDay;
            request.current = tests::current(Evidence::verified, seen);
            request.current->exact_weekly = fraction;
            const auto ours = assess(request, law());
            ASSERT_TRUE(ours.has_value());
            ASSERT_EQ(ours->action, tests::naive_assess(request).outcome.action)
                << tests::line_of(request);
          }
        }
      }
    }
  }
}

TEST(Laws, AHigherYearlyFigureNeverGivesALowerWeek) {
  const Parameters parameters = *law().on(tests::kDecisionDay, facts::Jurisdiction::gb);
  Money before;
  for (std::int64_t annual = 1; annual <= 1'000'000; ++annual) {
    const Money weekly = to_weekly(Money::pence(annual), parameters);
    const std::int64_t step = (weekly - before).in_pence();
    ASSERT_TRUE(step == 0 || step == 1) << annual;
    before = weekly;
  }
  base::SeededRandom chance(4);
  for (int i = 0; i < kRequests; ++i) {
    const auto annual = static_cast<std::int64_t>(chance.below(kMost));
    ASSERT_LE(to_weekly(Money::pence(annual), parameters),
              to_weekly(Money::pence(annual + 1), parameters));
  }
}

}  // namespace
}  // namespace ig::core::rules
