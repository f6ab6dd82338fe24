#include "core/rules/assess.hpp"
#include "core/rules/gate.hpp"
#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// Each switch of the law that assess() asks, in both of its readings.
namespace ig::core::rules {
namespace {

using facts::Basis;
using facts::Jurisdiction;
using values::Date;
using values::Fraction;
using values::Money;

Assessment assessed(const Request& request, const ParameterSet& parameters) {
  auto out = assess(request, parameters);
  base::require(out.has_value(), "the test's request can be assessed");
  return *std::move(out);
}

Assessment assessed(const Request& request) { return assessed(request, tests::law()); }

Assessment with(const Request& request, std::string_view name, std::string_view reading) {
  return assessed(request, tests::law_with(name, std::string(reading)));
}

bool has_flag(const Assessment& assessment, std::string_view flag) {
  return std::find(assessment.flags.begin(), assessment.flags.end(), flag) !=
         assessment.flags.end();
}

/// GBP 12,000 to 15,000 a year: exactly a quarter, and one penny short of it once rounded.
Request marginal_request() {
  Request out = tests::request_of(DecisionKind::initial);
  out.historic = tests::available(1'200'000);
  out.current = tests::current(Evidence::verified, 28'767);
  out.current->exact_weekly = Fraction(1'500'000 * 7, 365);
  return out;
}

Request in_year(Basis basis, std::int64_t held, std::int64_t now) {
  Request out = tests::request_of(DecisionKind::in_year_income);
  out.in_force = tests::in_force(basis, held);
  out.current = tests::current(Evidence::verified, now);
  return out;
}

TEST(Switches, PutAMarginalCaseToAPersonOrTestItUnrounded) {
  EXPECT_EQ(assessed(marginal_request()).action, Action::MARGINAL_ROUNDING_HUMAN);
  const Assessment unrounded = with(marginal_request(), "test.rounding_stage", "UNROUNDED");
  EXPECT_EQ(unrounded.action, Action::DETERMINE);
  EXPECT_EQ(unrounded.basis, Basis::current);
  EXPECT_TRUE(unrounded.test->met);
}

TEST(Switches, TestWholePenceUnroundedWhereNoExactSumIsKnown) {
  Request request = marginal_request();
  request.current->exact_weekly.reset();
  EXPECT_FALSE(assessed(request).test->met);
  const Assessment unrounded = with(request, "test.rounding_stage", "UNROUNDED");
  EXPECT_FALSE(unrounded.test->met);
  EXPECT_EQ(unrounded.test->met_unrounded, std::nullopt);
  request.current->weekly = Money::pence(28'768);
  EXPECT_TRUE(with(request, "test.rounding_stage", "UNROUNDED").test->met);
}

TEST(Switches, RoundAQuarterToAPennyOnlyWhereTheSwitchSaysSo) {
  // A quarter of GBP 4.01 is 100.25 pence: 100 once rounded.
  const Request request = in_year(Basis::historic, 401, 501);
  EXPECT_EQ(assessed(request).action, Action::NO_SUPERSESSION);
  EXPECT_EQ(with(request, "test.round_threshold", "HALF_UP").action, Action::SUPERSEDE);
  // A quarter of GBP 4.02 is 100.5 pence: 101 once rounded.
  const Request half = in_year(Basis::historic, 402, 502);
  EXPECT_EQ(with(half, "test.round_threshold", "HALF_UP").action, Action::NO_SUPERSESSION);
}

TEST(Switches, NeverTakeEqualSumsForAChangeWhenTheQuarterRoundsToNothing) {
  Threshold threshold(Ratio{1, 4});
  threshold.rounds_part = true;
  EXPECT_FALSE(meets(threshold, Money::pence(1), Money::pence(1)));
  EXPECT_TRUE(meets(threshold, Money::pence(1), Money::pence(2)));
}

TEST(Switches, LetExactlyAQuarterPassOrNot) {
  const Request exact = in_year(Basis::current, 30'000, 37'500);
  EXPECT_EQ(assessed(exact).action, Action::SUPERSEDE);
  EXPECT_EQ(with(exact, "variance.comparison", "ABOVE").action, Action::NO_SUPERSESSION_REG23_2);
  const Request above = in_year(Basis::current, 30'000, 37'501);
  EXPECT_EQ(with(above, "variance.comparison", "ABOVE").action, Action::SUPERSEDE);
  Request marginal = marginal_request();
  marginal.current->weekly = Money::pence(28'768);
  EXPECT_EQ(with(marginal, "variance.comparison", "ABOVE").test->met_unrounded, false);
}

TEST(Switches, CountRisesAndFallsAlikeOrOneOfThem) {
  const Request rise = in_year(Basis::historic, 40'000, 60'000);
  const Request fall = in_year(Basis::historic, 40'000, 20'000);
  EXPECT_EQ(assessed(rise).action, Action::SUPERSEDE);
  EXPECT_EQ(assessed(fall).action, Action::SUPERSEDE);
  EXPECT_EQ(with(rise, "variance.scope", "UP").action, Action::SUPERSEDE);
  EXPECT_EQ(with(fall, "variance.scope", "UP").action, Action::NO_SUPERSESSION);
  EXPECT_EQ(with(rise, "variance.scope", "DOWN").action, Action::NO_SUPERSESSION);
  EXPECT_EQ(with(fall, "variance.scope", "DOWN").action, Action::SUPERSEDE);
  const Request from_nil = in_year(Basis::historic, 0, 20'000);
  EXPECT_EQ(with(from_nil, "variance.scope", "DOWN").action, Action::NO_SUPERSESSION);
}

/// The law with a threshold of 15 % from 6 April 2027.
ParameterSet with_new_threshold(std::string_view applies_by) {
  auto rows = tests::law_rows();
  for (auto& row : rows) {
    if (row.name == "threshold.applies_by") row.value = std::string(applies_by);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].name != "variance.reg34") continue;
    ParameterRow later = rows[i];
    rows[i].until = Date::of(2027, 4, 5);
    later.from = Date::of(2027, 4, 6);
    later.value = Ratio{3, 20};
    rows.push_back(later);
    break;
  }
  return *ParameterSet::make(std::move(rows), "sha256:changed");
}

TEST(Switches, PickTheThresholdByEffectiveDateOrByDayOfDecision) {
  Request request = in_year(Basis::historic, 40'000, 48'000);
  request.effective_date = Date::of(2027, 3, 1);
  request.as_of = Date::of(2027, 4, 10);
  EXPECT_EQ(assessed(request, with_new_threshold("EFFECTIVE_DATE")).action,
            Action::NO_SUPERSESSION);
  const ParameterSet by_decision = with_new_threshold("DECISION_DATE");
  EXPECT_EQ(assessed(request, by_decision).action, Action::SUPERSEDE);
  request.as_of = Date::of(2027, 4, 5);
  EXPECT_EQ(assessed(request, by_decision).action, Action::NO_SUPERSESSION);
  request.as_of.reset();
  EXPECT_EQ(assessed(request, by_decision).action, Action::NO_SUPERSESSION);
  request.as_of = Date::of(2012, 12, 9);
  EXPECT_EQ(assessed(request, by_decision).action, Action::NO_SUPERSESSION);
}

TEST(Switches, AcceptANilFigureOrAskForCurrentIncome) {
  Request request = tests::request_of(DecisionKind::initial);
  request.historic.status = facts::FigureStatus::nil;
  const Assessment accepted = assessed(request);
  EXPECT_EQ(accepted.action, Action::DETERMINE);
  EXPECT_TRUE(has_flag(accepted, "NIL_ACCEPTED_CURRENT_UNKNOWN"));
  const Assessment asked = with(request, "nil.seek_current", "ASK");
  EXPECT_EQ(asked.action, Action::NEED_CURRENT_INCOME);
  EXPECT_EQ(asked.gross_weekly_income, std::nullopt);
  EXPECT_FALSE(has_flag(asked, "NIL_ACCEPTED_CURRENT_UNKNOWN"));
  request.historic = tests::available(2'700'000);
  EXPECT_EQ(with(request, "nil.seek_current", "ASK").action, Action::DETERMINE);
}

/// In force on current income of GBP 300, HMRC now at GBP 310 a week.
Request review_on_current(std::int64_t newest) {
  Request out = tests::request_of(DecisionKind::annual_review);
  out.historic = tests::available(1'616'429);
  out.in_force = tests::in_force(Basis::current, 30'000);
  out.current = tests::current(Evidence::verified, newest);
  return out;
}

TEST(Switches, CompareTheCurrentFigureHeldOrTheNewestAtReview) {
  const Request request = review_on_current(50'000);
  const Assessment held = assessed(request);
  EXPECT_EQ(held.action, Action::HUMAN_REVIEW);
  EXPECT_EQ(held.alternatives.size(), 2U);
  const Assessment newest = with(request, "review.current_source", "NEWEST");
  EXPECT_EQ(newest.action, Action::SUPERSEDE_FROM_REVIEW_DATE);
  EXPECT_EQ(newest.basis, Basis::current);
  EXPECT_EQ(newest.gross_weekly_income, Money::pence(50'000));
  EXPECT_TRUE(newest.alternatives.empty());
}

TEST(Switches, FollowAPennyAtReviewOrLeaveSmallChangesAlone) {
  Request request = tests::request_of(DecisionKind::annual_review);
  request.historic = tests::available(2'702'000);
  request.in_force = tests::in_force(Basis::historic, 51'781);
  const Assessment followed = assessed(request);
  EXPECT_EQ(followed.action, Action::SUPERSEDE_FROM_REVIEW_DATE);
  const std::int64_t found = followed.gross_weekly_income->in_pence();
  ASSERT_EQ(found, 51'819);
  const auto least = [&](std::int64_t pence) {
    return assessed(request, tests::law_with("review.min_change", pence));
  };
  EXPECT_EQ(least(found - 51'781).action, Action::SUPERSEDE_FROM_REVIEW_DATE);
  const Assessment left = least(found - 51'781 + 1);
  EXPECT_EQ(left.action, Action::NO_CHANGE);
  EXPECT_EQ(left.gross_weekly_income, Money::pence(51'781));
  EXPECT_TRUE(has_flag(left, "BELOW_REVIEW_MIN_CHANGE"));
  request.in_force->weekly = Money::pence(found + 1);
  EXPECT_EQ(least(2).action, Action::NO_CHANGE);
  request.in_force->weekly = Money::pence(found);
  EXPECT_FALSE(has_flag(least(2), "BELOW_REVIEW_MIN_CHANGE"));
}

TEST(Switches, LetNoOtherReadingOfARecordedChoicePass) {
  for (const auto& [name, other] :
       {std::pair{"test.cap_first", "YES"}, std::pair{"hmrc.unable_policy", "AFTER_HOURS"},
        std::pair{"adm.policy", "ALL"}, std::pair{"adm.policy", "NONE"},
        std::pair{"effective_date.emit", "SINGLE"}, std::pair{"inyear.refetch", "LAST_REQUESTED"},
        std::pair{"pension.ras_gross", "SUM_PAID"}, std::pair{"termination.split", "EARNINGS"},
        std::pair{"self_employed.inyear", "ESTIMATE"}, std::pair{"uc.as_current", "YES"},
        std::pair{"default.rate", "PUBLISHED_PAGE"}}) {
    auto rows = tests::law_rows();
    for (auto& row : rows) {
      if (row.name == name) row.value = std::string(other);
    }
    const auto made = ParameterSet::make(std::move(rows), "v");
    ASSERT_FALSE(made.has_value()) << name;
    EXPECT_NE(made.error().message.find("recorded, not offered"), std::string::npos) << name;
  }
}

TEST(Switches, AnswerEveryOpenQuestionOfTheLaw) {
  std::vector<std::string> answered;
  for (const auto& row : tests::law_rows()) {
    if (!row.question.empty()) answered.push_back(row.question);
  }
  for (int number = 1; number <= 31; ++number) {
    const std::string question = (number < 10 ? "A0" : "A") + std::to_string(number);
    EXPECT_NE(std::find(answered.begin(), answered.end(), question), answered.end()) << question;
  }
}

}  // namespace
}  // namespace ig::core::rules
