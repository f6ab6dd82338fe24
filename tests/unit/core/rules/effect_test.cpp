#include "core/rules/effect.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using facts::Basis;
using values::Money;

Effect between(std::int64_t before, std::int64_t after) {
  const auto parameters =
      *tests::sample_parameters().on(tests::kDecisionDay, facts::Jurisdiction::gb);
  Request request = tests::request_of(DecisionKind::annual_review);
  request.in_force = tests::in_force(Basis::historic, before);
  return effect_of(request, Money::pence(after), parameters);
}

TEST(Effect, IsNoneWithinAZoneAndPossibleAcrossItsEdges) {
  const std::int64_t edges[] = {0, 699, 700, 10'000, 10'001, 299'999, 300'000, 9'999'999'999'999};
  const int zones[] = {0, 0, 1, 1, 2, 2, 3, 3};
  for (std::size_t i = 0; i < std::size(edges); ++i) {
    for (std::size_t j = 0; j < std::size(edges); ++j) {
      const bool none = zones[i] == zones[j] && zones[i] != 2;
      EXPECT_EQ(between(edges[i], edges[j]), none ? Effect::none : Effect::possible)
          << edges[i] << " to " << edges[j];
    }
  }
}

TEST(Effect, IsUnknownWithoutTwoFiguresOrWithAVariation) {
  const auto parameters =
      *tests::sample_parameters().on(tests::kDecisionDay, facts::Jurisdiction::gb);
  Request request = tests::request_of(DecisionKind::in_year_income);
  EXPECT_EQ(effect_of(request, Money(), parameters), Effect::unknown);
  request.in_force = tests::in_force(Basis::historic, 0);
  EXPECT_EQ(effect_of(request, Money(), parameters), Effect::none);
  EXPECT_EQ(effect_of(request, std::nullopt, parameters), Effect::unknown);
  request.variation_in_force = true;
  EXPECT_EQ(effect_of(request, Money(), parameters), Effect::unknown);
  request.variation_in_force = false;
  request.kind = DecisionKind::initial;
  EXPECT_EQ(effect_of(request, Money(), parameters), Effect::unknown);
}

}  // namespace
}  // namespace ig::core::rules
