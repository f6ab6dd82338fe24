#include "core/rules/assess.hpp"

#include "core/base/limits.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace ig::core::rules {
namespace {

using base::ErrorCode;
using facts::Basis;
using values::Date;
using values::Money;

Assessment answer(const Request& request) {
  const auto out = assess(request, tests::sample_parameters());
  EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().message);
  return out ? *out : Assessment{};
}

ErrorCode refusal(const Request& request) {
  const auto out = assess(request, tests::sample_parameters());
  EXPECT_FALSE(out.has_value());
  return out ? ErrorCode::USAGE : out.error().code;
}

constexpr DecisionKind kKinds[] = {DecisionKind::initial, DecisionKind::annual_review,
                                   DecisionKind::periodic_current_check,
                                   DecisionKind::in_year_income, DecisionKind::revision};

TEST(Assess, NeedsAFigureInForceForAllKindsButInitial) {
  for (const DecisionKind kind : kKinds) {
    if (kind == DecisionKind::initial) continue;
    Request request = tests::request_of(kind);
    request.current = tests::current(Evidence::verified, 1);
    EXPECT_EQ(refusal(request), ErrorCode::MISSING_MEMBER);
  }
}

TEST(Assess, TestsNothingInYearWithoutCurrentIncomeOrAFigureInForce) {
  const Assessment out = answer(tests::request_of(DecisionKind::in_year_income));
  EXPECT_EQ(out.action, Action::NOT_TESTED_NO_C);
  EXPECT_EQ(out.effect, Effect::unknown);
}

TEST(Assess, NeverTestsAFigureThatDoesNotRestOnIncome) {
  for (const Basis basis : {Basis::default_rate, Basis::not_income_based}) {
    for (const DecisionKind kind : kKinds) {
      if (kind == DecisionKind::initial) continue;
      Request request = tests::request_of(kind);
      request.in_force = tests::in_force(basis, 3'900);
      request.historic = tests::available(1);
      EXPECT_EQ(refusal(request), ErrorCode::WRONG_KIND);
    }
  }
}

TEST(Assess, HasNoParametersBeforeTheScheme) {
  Request request = tests::request_of(DecisionKind::initial);
  request.historic = tests::available(1);
  request.effective_date = Date::of(2012, 12, 9);
  EXPECT_EQ(refusal(request), ErrorCode::PARAMETER_MISSING);
}

TEST(Assess, PassesOnWhatIsWrongWithAFigure) {
  Request request = tests::request_of(DecisionKind::initial);
  request.historic = tests::available(1);
  request.historic.annual.reset();
  EXPECT_EQ(refusal(request), ErrorCode::MISSING_MEMBER);
}

TEST(Assess, RejectsAnAnswerWithoutATaxYearInEveryKind) {
  for (const DecisionKind kind : kKinds) {
    Request request = tests::request_of(kind);
    request.in_force = tests::in_force(Basis::current, 30'000);
    request.in_force->since = Date::of(2025, 1, 1);
    request.current = tests::current(Evidence::verified, 40'000);
    request.historic = tests::available(1);
    request.historic.tax_year.reset();
    const Assessment out = answer(request);
    EXPECT_EQ(out.action, Action::REJECT_RESPONSE);
    EXPECT_FALSE(out.test.has_value());
    EXPECT_FALSE(out.historic_weekly.has_value());
  }
}

TEST(Assess, LeavesVerifiedIncomeUntestedAtAReviewWhereTheSwitchIsOff) {
  const auto off = tests::sample_with("review.test_current_on_historic", false);
  Request request = tests::request_of(DecisionKind::annual_review);
  request.in_force = tests::in_force(Basis::historic, 40'000);
  request.historic = tests::available(2'085'714);
  request.current = tests::current(Evidence::verified, 80'000);
  const auto on_historic = assess(request, off);
  EXPECT_EQ(on_historic->action, Action::NO_CHANGE);
  EXPECT_EQ(on_historic->flags, std::vector<std::string>{"NOT_TESTED_NO_C"});
  request.in_force->basis = Basis::current_estimate;
  EXPECT_EQ(assess(request, off)->basis, Basis::current);
  request.in_force->basis = Basis::historic;
  request.historic = {};
  request.historic.status = facts::FigureStatus::no_data;
  EXPECT_EQ(assess(request, off)->basis, Basis::current);
}

TEST(Assess, HoldsBackARiseFromANilCurrentFigureWhereTheSwitchSaysSo) {
  const auto wait = tests::sample_with("reg23.zero_base", std::string("WAIT_FOR_REG22"));
  Request request = tests::request_of(DecisionKind::in_year_income);
  request.in_force = tests::in_force(Basis::current, 0);
  request.current = tests::current(Evidence::verified, 40'000);
  const auto out = assess(request, wait);
  EXPECT_EQ(out->action, Action::NO_SUPERSESSION_REG23_2);
  EXPECT_EQ(out->flags, std::vector<std::string>{"ZERO_BASE_A08"});
}

TEST(Assess, NamesNoParagraphCBeforeItCameIntoForce) {
  Request request = tests::request_of(DecisionKind::initial);
  request.historic.status = facts::FigureStatus::unavailable;
  request.effective_date = Date::of(2013, 7, 28);
  EXPECT_EQ(answer(request).citations, std::vector<std::string>{"SI 2012/2677 reg 34(2)"});
  request.effective_date = Date::of(2013, 7, 29);
  EXPECT_EQ(answer(request).citations, std::vector<std::string>{"SI 2012/2677 reg 34(2)(c)"});
}

TEST(Assess, ShowsAMarginalNewerFigureAsItsOwnOutcomeAtAReview) {
  Request request = tests::request_of(DecisionKind::annual_review);
  request.in_force = tests::in_force(Basis::current, 10'000);
  request.historic = tests::available(1'200'000);
  request.current = tests::current(Evidence::verified, 28'767);
  request.current->exact_weekly = values::Fraction(10'500'000, 365);
  const Assessment out = answer(request);
  EXPECT_EQ(out.action, Action::HUMAN_REVIEW);
  ASSERT_EQ(out.alternatives.size(), 2U);
  EXPECT_EQ(out.alternatives[0].action, Action::NO_CHANGE);
  EXPECT_EQ(out.alternatives[1].action, Action::MARGINAL_ROUNDING_HUMAN);
  EXPECT_FALSE(out.alternatives[1].gross_weekly_income.has_value());
}

TEST(Assess, JudgesAYearUsedTwiceByItsLatestSum) {
  Request request = tests::request_of(DecisionKind::revision);
  request.in_force = tests::in_force(Basis::current, 10'000);
  const auto year = values::TaxYear::starting(2024);
  request.used = {{year, Money::pence(1)}, {year, Money::pence(2)}};
  request.historic = tests::available(2, 2024);
  EXPECT_EQ(answer(request).action, Action::NO_CHANGE);
  request.historic = tests::available(1, 2024);
  EXPECT_EQ(answer(request).action, Action::REVISION_CANDIDATE);
  request.in_force->tax_year = year;
  EXPECT_EQ(answer(request).action, Action::REVISION_CANDIDATE);
  request.in_force->annual = Money::pence(1);
  EXPECT_EQ(answer(request).action, Action::NO_CHANGE);
}

TEST(Assess, HoldsAFigureThatIsNewerThanNothing) {
  Request request = tests::request_of(DecisionKind::revision);
  request.in_force = tests::in_force(Basis::current, 10'000);
  request.historic = tests::available(2, 2024);
  EXPECT_EQ(answer(request).action, Action::HOLD_UNTIL_REVIEW);
  request.historic.status = facts::FigureStatus::nil;
  request.historic.annual = Money();
  request.historic.tax_year.reset();
  EXPECT_EQ(answer(request).action, Action::REJECT_RESPONSE);
}

TEST(Assess, LooksAtNilInARevisionAsTheJurisdictionDoes) {
  Request request = tests::request_of(DecisionKind::revision);
  request.in_force = tests::in_force(Basis::historic, 10'000);
  request.historic = tests::available(0, 2024);
  request.jurisdiction = facts::Jurisdiction::ni;
  EXPECT_EQ(answer(request).action, Action::HUMAN_REVIEW);
}

TEST(Assess, StandsAtTheLargestFigures) {
  const std::int64_t most = base::limits::money_pence_max;
  Request request = tests::request_of(DecisionKind::initial);
  request.historic = tests::available(most);
  request.current = tests::current(Evidence::verified, most);
  request.current->exact_weekly = values::Fraction(base::limits::fraction_term_max, 1);
  EXPECT_EQ(answer(request).action, Action::DETERMINE);
  request.current->exact_weekly = values::Fraction(1, base::limits::fraction_term_max);
  EXPECT_EQ(answer(request).action, Action::DETERMINE);
  request.kind = DecisionKind::in_year_income;
  request.in_force = tests::in_force(Basis::current, 1);
  const Assessment out = answer(request);
  EXPECT_EQ(out.action, Action::SUPERSEDE);
  EXPECT_EQ(out.test->difference.in_pence(), most - 1);
}

/// Every request of a small world: each member by turns absent and at a few telling values.
template <class Visit>
void visit_small_world(const Visit& visit) {
  for (const DecisionKind kind : kKinds) {
    for (const auto status :
         {facts::FigureStatus::not_asked, facts::FigureStatus::unavailable,
          facts::FigureStatus::no_data, facts::FigureStatus::nil, facts::FigureStatus::available}) {
      for (const int seen : {-1, 0, 1, 100, 125, 126}) {
        for (const Basis basis : {Basis::historic, Basis::current, Basis::current_estimate}) {
          for (const int held : {0, 100, 125}) {
            for (const bool verified : {false, true}) {
              Request request = tests::request_of(kind);
              request.historic = tests::available(status == facts::FigureStatus::nil ? 0 : 5'214);
              request.historic.status = status;
              if (seen >= 0) {
                request.current =
                    tests::current(verified ? Evidence::verified : Evidence::detected, seen);
              }
              request.in_force = tests::in_force(basis, held);
              request.in_force->since = Date::of(2025, 1, 1);
              visit(request);
            }
          }
        }
      }
    }
  }
}

TEST(Assess, KeepsItsPromisesOverASmallWorld) {
  const std::set<Action> with_figure = {Action::DETERMINE, Action::SUPERSEDE,
                                        Action::SUPERSEDE_FROM_REVIEW_DATE, Action::RECORD_UPDATE,
                                        Action::NO_CHANGE};
  const auto parameters = tests::sample_parameters();
  std::set<Action> seen;
  visit_small_world([&](const Request& request) {
    const auto out = assess(request, parameters);
    if (!out) return;
    seen.insert(out->action);
    EXPECT_EQ(with_figure.contains(out->action), out->gross_weekly_income.has_value());
    EXPECT_EQ(out->basis.has_value(), out->gross_weekly_income.has_value());
    EXPECT_TRUE(std::is_sorted(out->flags.begin(), out->flags.end()));
    EXPECT_TRUE(std::is_sorted(out->citations.begin(), out->citations.end()));
    EXPECT_FALSE(out->citations.empty());
    EXPECT_EQ(out->explanation.back(), '.');
    EXPECT_EQ(out->alternatives.empty(),
              out->action != Action::HUMAN_REVIEW || request.kind == DecisionKind::revision);
    EXPECT_EQ(out->parameters_version, "sha256:sample");
    const auto again = assess(request, parameters);
    EXPECT_EQ(again->explanation, out->explanation);
    const bool detected = request.current && request.current->evidence == Evidence::detected &&
                          out->basis == Basis::current && request.in_force->basis != Basis::current;
    EXPECT_FALSE(detected) << "detected income was let into the gate";
  });
  EXPECT_GE(seen.size(), 14U);
}

TEST(Assess, HasANameForEachAction) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Action::NOT_TESTED_NO_C); ++i) {
    names.insert(name(static_cast<Action>(i)));
  }
  EXPECT_EQ(names.size(), 21U);
}

/// What a nil figure in Northern Ireland is decided by, where the rule on nil has this citation.
std::vector<std::string> citations_of_nil(const std::string& citation) {
  auto rows = tests::law_rows();
  for (ParameterRow& row : rows) {
    if (row.name == "nil.is_a_figure" && row.jurisdiction == facts::Jurisdiction::ni) {
      row.citation = citation;
    }
  }
  const auto law = ParameterSet::make(std::move(rows), "sha256:law");
  Request request = tests::request_of(DecisionKind::initial);
  request.jurisdiction = facts::Jurisdiction::ni;
  request.historic = tests::available(0);
  const auto out = assess(request, law.value());
  EXPECT_EQ(out.value().action, Action::NEED_CURRENT_INCOME);
  return out.value().citations;
}

TEST(Assess, CitesTheRuleOnNilInItsPlaceAndOnce) {
  using Texts = std::vector<std::string>;
  const std::string no_data = "SR 2012/427 reg 33(2)(b)";
  EXPECT_EQ(citations_of_nil("SR 2012/427 reg 33(2)"), (Texts{"SR 2012/427 reg 33(2)", no_data}));
  EXPECT_EQ(citations_of_nil("SR 2012/427 reg 9"), (Texts{no_data, "SR 2012/427 reg 9"}));
  EXPECT_EQ(citations_of_nil(no_data), Texts{no_data});
}

TEST(Assess, SortsCitationsByTheirTexts) {
  const auto out = citations_of_nil("SR 2012/427 reg 33(2)");
  EXPECT_TRUE(std::ranges::is_sorted(out));
  Request request = tests::request_of(DecisionKind::initial);
  request.historic = tests::available(2'000'000);
  request.current = tests::current(Evidence::verified, 38'000);
  request.current->exact_weekly = values::Fraction(100'000, 1);
  const Assessment marginal = answer(request);
  ASSERT_EQ(marginal.action, Action::MARGINAL_ROUNDING_HUMAN);
  EXPECT_EQ(marginal.citations,
            (std::vector<std::string>{"SI 2012/2677 reg 34(2)(a)", "SI 2012/2677 reg 35(1)",
                                      "SI 2012/2677 reg 6"}));
}

}  // namespace
}  // namespace ig::core::rules
