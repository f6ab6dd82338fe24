#include "tests/support/rules.hpp"

#include "core/base/limits.hpp"
#include "core/rules/assess.hpp"
#include "core/rules/gate.hpp"

#include <rapidcheck/gtest.h>

namespace ig::core::rules {
namespace {

using facts::Basis;
using values::Fraction;
using values::Int128;
using values::Money;

constexpr Ratio kQuarter{1, 4};

const ParameterSet& law() {
  static const ParameterSet set = tests::sample_parameters();
  return set;
}

/// A sum of pence up to `most`, small ones as often as large ones.
rc::Gen<std::int64_t> pence_up_to(std::int64_t most) {
  return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 2'000),
                        rc::gen::inRange<std::int64_t>(0, 400'000),
                        rc::gen::inRange<std::int64_t>(0, most + 1));
}

/// The test as the regulation words it, in exact rationals and without a product of sums: the
/// share that the difference has of the base is at least a quarter.
bool naive_meets(const Fraction& base, const Fraction& other) {
  if (base == Fraction{}) return other > Fraction{};
  const Fraction gap = other > base ? other - base : base - other;
  const Fraction share = gap * Fraction(base.denominator(), base.numerator());
  return share >= Fraction(1, 4);
}

RC_GTEST_PROP(RulesProperty, TheTestAgreesWithExactRationals, ()) {
  const auto base = *pence_up_to(base::limits::money_pence_max);
  const auto other = *rc::gen::oneOf(
      pence_up_to(base::limits::money_pence_max),
      rc::gen::map(rc::gen::inRange<int>(-3, 4), [=](int near) { return base + base / 4 + near; }),
      rc::gen::map(rc::gen::inRange<int>(-3, 4), [=](int near) { return base - base / 4 + near; }));
  RC_PRE(other >= 0);
  RC_ASSERT(meets(kQuarter, Money::pence(base), Money::pence(other)) ==
            naive_meets(Fraction(base, 1), Fraction(other, 1)));
}

RC_GTEST_PROP(RulesProperty, TheUnroundedTestAgreesWithExactRationals, ()) {
  const auto annual = *pence_up_to(base::limits::money_pence_max);
  const auto numerator = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
  const auto denominator = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  const Fraction other(numerator, denominator);
  const Fraction base(Int128{annual} * 7, 365);
  RC_ASSERT(meets_unrounded(kQuarter, Int128{annual} * 7, 365, other) == naive_meets(base, other));
}

RC_GTEST_PROP(RulesProperty, ScalingBothSumsChangesNothing, ()) {
  const auto base = *pence_up_to(1'000'000);
  const auto other = *pence_up_to(2'000'000);
  const auto scale = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  RC_ASSERT(meets(kQuarter, Money::pence(base), Money::pence(other)) ==
            meets(kQuarter, Money::pence(base * scale), Money::pence(other * scale)));
}

RC_GTEST_PROP(RulesProperty, ARiseAndAFallOfTheSameSizeAreAlike, ()) {
  const auto base = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  const auto gap = *rc::gen::inRange<std::int64_t>(0, base + 1);
  RC_ASSERT(meets(kQuarter, Money::pence(base), Money::pence(base + gap)) ==
            meets(kQuarter, Money::pence(base), Money::pence(base - gap)));
}

RC_GTEST_PROP(RulesProperty, AWiderGapNeverUndoesATestThatIsMet, ()) {
  const auto base = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  const auto gap = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  const auto more = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  RC_PRE(meets(kQuarter, Money::pence(base), Money::pence(base + gap)));
  RC_ASSERT(meets(kQuarter, Money::pence(base), Money::pence(base + gap + more)));
}

/// Any request that a reader could have given.
Request any_request() {
  const auto most = base::limits::money_pence_max;
  Request out = tests::request_of(*rc::gen::element(
      DecisionKind::initial, DecisionKind::annual_review, DecisionKind::periodic_current_check,
      DecisionKind::in_year_income, DecisionKind::revision));
  out.jurisdiction = *rc::gen::element(facts::Jurisdiction::gb, facts::Jurisdiction::ni);
  out.effective_date = kFirstDay.plus_days(*rc::gen::inRange(0, 31'000));
  out.historic = tests::available(*pence_up_to(most), 2023 + *rc::gen::inRange(0, 3));
  out.historic.status = *rc::gen::element(
      facts::FigureStatus::available, facts::FigureStatus::available, facts::FigureStatus::no_data,
      facts::FigureStatus::unavailable, facts::FigureStatus::not_asked);
  if (*rc::gen::arbitrary<bool>()) out.historic.tax_year.reset();
  if (*rc::gen::arbitrary<bool>()) {
    out.historic.relief_at_source = {Money::pence(*pence_up_to(most)), true, true};
  }
  if (*rc::gen::arbitrary<bool>()) {
    out.current = tests::current(*rc::gen::element(Evidence::verified, Evidence::detected),
                                 *pence_up_to(most));
    if (*rc::gen::arbitrary<bool>()) {
      out.current->exact_weekly =
          Fraction(*rc::gen::inRange<std::int64_t>(0, base::limits::fraction_term_max),
                   *rc::gen::inRange<std::int64_t>(1, base::limits::fraction_term_max));
    }
  }
  out.in_force =
      tests::in_force(*rc::gen::element(Basis::historic, Basis::current, Basis::current_estimate),
                      *pence_up_to(most));
  out.in_force->since = kFirstDay;
  if (*rc::gen::arbitrary<bool>()) {
    out.in_force->tax_year = values::TaxYear::starting(2024);
    out.in_force->annual = Money::pence(*pence_up_to(most));
  }
  out.variation_in_force = *rc::gen::arbitrary<bool>();
  return out;
}

RC_GTEST_PROP(RulesProperty, AnyRequestIsAnsweredOrRefusedTheSameTwice, ()) {
  const Request request = any_request();
  const auto one = assess(request, law());
  const auto two = assess(request, law());
  RC_ASSERT(one.has_value() == two.has_value());
  if (!one) {
    RC_ASSERT(one.error().field == two.error().field);
    return;
  }
  RC_ASSERT(one->action == two->action);
  RC_ASSERT(one->explanation == two->explanation);
  RC_ASSERT(one->basis.has_value() == one->gross_weekly_income.has_value());
  if (one->test)
    RC_ASSERT(one->test->difference == one->test->other_amount - one->test->base_amount);
}

RC_GTEST_PROP(RulesProperty, AReviewOfItsOwnOutcomeChangesNothing, ()) {
  Request request = any_request();
  request.kind = DecisionKind::annual_review;
  request.historic.status = facts::FigureStatus::available;
  request.historic.tax_year = values::TaxYear::starting(2025);
  const auto first = assess(request, law());
  if (!first || !first->gross_weekly_income) return;
  Request again = request;
  again.in_force->basis = *first->basis;
  again.in_force->weekly = *first->gross_weekly_income;
  again.in_force->tax_year = request.historic.tax_year;
  again.in_force->annual = request.historic.annual;
  const auto second = assess(again, law());
  RC_ASSERT(second.has_value());
  RC_ASSERT(second->action == Action::NO_CHANGE);
  RC_ASSERT(second->gross_weekly_income == first->gross_weekly_income);
}

}  // namespace
}  // namespace ig::core::rules
