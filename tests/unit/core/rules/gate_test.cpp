#include "core/rules/gate.hpp"

#include "core/base/limits.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using values::Fraction;
using values::Int128;
using values::Money;

constexpr Ratio kQuarter{1, 4};

Parameters sample_with_defaults() {
  return *tests::sample_parameters().on(tests::kDecisionDay, facts::Jurisdiction::gb);
}

/// A quarter of the base, rounded up: the least difference that is at least 25 %. No product.
std::int64_t least_difference(std::int64_t base) { return base / 4 + (base % 4 == 0 ? 0 : 1); }

TEST(Gate, DecidesEveryBaseUpToFourThousandPoundsAtBothEdges) {
  for (std::int64_t base = 1; base <= 400'000; ++base) {
    const std::int64_t least = least_difference(base);
    for (std::int64_t near = -3; near <= 3; ++near) {
      const std::int64_t up = base + least + near;
      const std::int64_t up_size = up > base ? up - base : base - up;
      if (up >= 0) {
        ASSERT_EQ(meets(kQuarter, Money::pence(base), Money::pence(up)), up_size >= least)
            << base << " to " << up;
      }
      const std::int64_t down = base - least + near;
      const std::int64_t down_size = down > base ? down - base : base - down;
      if (down >= 0) {
        ASSERT_EQ(meets(kQuarter, Money::pence(base), Money::pence(down)), down_size >= least)
            << base << " to " << down;
      }
    }
  }
}

TEST(Gate, PassesAnyRiseFromNilAndNothingElse) {
  EXPECT_FALSE(meets(kQuarter, Money(), Money()));
  EXPECT_TRUE(meets(kQuarter, Money(), Money::pence(1)));
}

TEST(Gate, TakesTheThresholdFromItsParameter) {
  const Ratio third{1, 3};
  EXPECT_TRUE(meets(third, Money::pence(300), Money::pence(400)));
  EXPECT_FALSE(meets(third, Money::pence(300), Money::pence(399)));
  EXPECT_TRUE(meets(third, Money::pence(300), Money::pence(200)));
  EXPECT_FALSE(meets(third, Money::pence(300), Money::pence(201)));
}

TEST(Gate, DoesNotOverflowAtTheLargestInputs) {
  const Money most = Money::pence(base::limits::money_pence_max);
  const Ratio widest{10'000, 10'000};
  EXPECT_TRUE(meets(widest, most, Money()));
  EXPECT_FALSE(meets(widest, most, Money::pence(1)));
  EXPECT_TRUE(meets(kQuarter, Money::pence(1), most));
  const Int128 terms = base::limits::fraction_term_max;
  const Int128 base_numerator = Int128{base::limits::money_pence_max} * 100;
  EXPECT_FALSE(meets_unrounded(widest, base_numerator, 10'000, Fraction(1, terms)));
  EXPECT_TRUE(meets_unrounded(widest, base_numerator, 10'000, Fraction(0, 1)));
  EXPECT_TRUE(meets_unrounded(widest, base_numerator, 10'000, Fraction(terms, 1)));
  EXPECT_TRUE(meets_unrounded(kQuarter, base_numerator, 10'000, Fraction(terms, terms - 1)));
}

TEST(Gate, FindsTheEdgeOfTheUnroundedTestExactly) {
  const Int128 numerator = 40'000;
  EXPECT_TRUE(meets_unrounded(kQuarter, numerator, 1, Fraction(50'000, 1)));
  EXPECT_FALSE(meets_unrounded(
      kQuarter, numerator, 1, Fraction(Int128{50'000} * 1'000'000'000'000 - 1, 1'000'000'000'000)));
  EXPECT_TRUE(meets_unrounded(kQuarter, numerator, 1, Fraction(30'000, 1)));
  EXPECT_FALSE(meets_unrounded(
      kQuarter, numerator, 1, Fraction(Int128{30'000} * 1'000'000'000'000 + 1, 1'000'000'000'000)));
}

TEST(Gate, TakesNilUnroundedAsNil) {
  EXPECT_FALSE(meets_unrounded(kQuarter, 0, 365, Fraction(0, 1)));
  EXPECT_TRUE(meets_unrounded(kQuarter, 0, 365, Fraction(1, 1'000)));
}

TEST(Gate, SaysWhenRoundingDecides) {
  const auto parameters = sample_with_defaults();
  HistoricFigure historic = *historic_figure(tests::available(1'200'000), parameters);
  const rules::Test plain = gate(historic, Money::pence(28'767), std::nullopt, parameters);
  EXPECT_FALSE(plain.met);
  EXPECT_FALSE(plain.met_unrounded.has_value());
  EXPECT_FALSE(marginal(plain));
  const rules::Test exact =
      gate(historic, Money::pence(28'767), Fraction(10'500'000, 365), parameters);
  EXPECT_FALSE(exact.met);
  EXPECT_EQ(exact.met_unrounded, true);
  EXPECT_TRUE(marginal(exact));
  EXPECT_EQ(exact.difference, Money::pence(5'753));
}

TEST(Gate, LetsNoRisePassFromANilCurrentFigureWhereTheSwitchSaysSo) {
  Parameters parameters = sample_with_defaults();
  EXPECT_TRUE(in_year_test(TestBase::current_in_force, Money(), Money::pence(1), parameters).met);
  parameters.zero_base_passes = false;
  EXPECT_FALSE(in_year_test(TestBase::current_in_force, Money(), Money::pence(1), parameters).met);
  EXPECT_TRUE(in_year_test(TestBase::historic, Money(), Money::pence(1), parameters).met);
}

TEST(Gate, UsesTheThresholdOfTheRegulationThatApplies) {
  Parameters parameters = sample_with_defaults();
  parameters.threshold_current = {1, 2};
  const Money base = Money::pence(100);
  EXPECT_TRUE(in_year_test(TestBase::historic, base, Money::pence(125), parameters).met);
  const rules::Test held =
      in_year_test(TestBase::current_in_force, base, Money::pence(125), parameters);
  EXPECT_FALSE(held.met);
  EXPECT_EQ(held.threshold_denominator, 2);
}

TEST(Gate, OfRegulation34AsksNothingOfRegulation23) {
  HistoricFigure historic;
  historic.state = HistoricState::known;
  historic.weekly = Money::pence(40'000);
  historic.exact_numerator = 40'000;
  const auto quarter_up = [&](std::string_view name) {
    const ParameterSet set = tests::law_with(name, Ratio{1, 2});
    const rules::Test test = gate(historic, Money::pence(50'000), Fraction(50'000, 1),
                                  *set.on(tests::kDecisionDay, facts::Jurisdiction::gb));
    EXPECT_EQ(test.met_unrounded, test.met);
    return test;
  };
  EXPECT_TRUE(quarter_up("variance.reg23").met);
  EXPECT_EQ(quarter_up("variance.reg23").threshold_denominator, 4);
  EXPECT_FALSE(quarter_up("variance.reg34").met);
  EXPECT_EQ(quarter_up("variance.reg34").threshold_denominator, 2);
}

}  // namespace
}  // namespace ig::core::rules
