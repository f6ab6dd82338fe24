#include "core/rules/current_income.hpp"

#include "core/base/limits.hpp"
#include "core/rules/gate.hpp"
#include "tests/support/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <type_traits>

namespace ig::core::rules {
namespace {

using base::ErrorCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using values::Fraction;
using values::Money;
using Unit = PeriodLength::Unit;

// A single pay period, or a bare sum, is no current income.
static_assert(!std::is_default_constructible_v<WeeklyAverage>);
static_assert(!std::is_constructible_v<WeeklyAverage, Money>);
static_assert(!std::is_constructible_v<WeeklyAverage, PayPeriod>);
static_assert(!std::is_convertible_v<PayPeriod, WeeklyAverage>);

constexpr PeriodLength kMonth{Unit::months, 1};
constexpr PeriodLength kYear{Unit::months, 12};
constexpr PeriodLength kWeek{Unit::weeks, 1};

const Parameters& law() {
  static const Parameters out = *tests::law().on(tests::kDecisionDay, facts::Jurisdiction::gb);
  return out;
}

Parameters law_with(std::string_view name, const ParameterValue& value) {
  return *tests::law_with(name, value).on(tests::kDecisionDay, facts::Jurisdiction::gb);
}

Money pence(std::int64_t amount) { return Money::pence(amount); }

PayPeriod paid(std::int64_t amount, PeriodLength length = kMonth) {
  return {pence(amount), length, std::nullopt};
}

WeeklyAverage weekly_job(std::int64_t amount) {
  const PayPeriod periods[] = {paid(amount, kWeek), paid(amount, kWeek)};
  return *WeeklyAverage::settled(periods, law());
}

HistoricFigure historic(std::int64_t weekly) {
  HistoricFigure out;
  out.state = HistoricState::known;
  out.weekly = pence(weekly);
  return out;
}

bool meets_25(std::int64_t historic_weekly, Money current) {
  return gate(historic(historic_weekly), current, std::nullopt, law()).met;
}

// ---- pay ----

TEST(WeeklyAverage, TurnsAMonthIntoAWeekByTheReadingInForce) {
  const PayPeriod periods[] = {paid(250'000), paid(250'000), paid(250'000)};
  const auto out = WeeklyAverage::settled(periods, law());
  ASSERT_TRUE(out);
  EXPECT_EQ(out->weekly(), pence(57'534));
  EXPECT_EQ(out->method(), AverageMethod::settled_pattern);
  EXPECT_EQ(out->periods(), 2);
  const auto by_52 = law_with("employee.month_to_week", Ratio{12, 52});
  EXPECT_EQ(WeeklyAverage::settled(periods, by_52)->weekly(), pence(57'692));
  EXPECT_EQ(WeeklyAverage::average(periods, law())->weekly(), pence(57'534));
}

TEST(WeeklyAverage, IsNotMadeFromASinglePayPeriod) {
  const PayPeriod one[] = {paid(850'000)};
  EXPECT_EQ(WeeklyAverage::settled(one, law()).error().code, ErrorCode::MISSING_MEMBER);
  EXPECT_EQ(WeeklyAverage::average(one, law()).error().code, ErrorCode::MISSING_MEMBER);
  const auto three = law_with("employee.settled_periods", std::int64_t{3});
  const PayPeriod two[] = {paid(850'000), paid(850'000)};
  EXPECT_TRUE(WeeklyAverage::average(two, law()));
  EXPECT_FALSE(WeeklyAverage::average(two, three));
}

TEST(WeeklyAverage, TakesTheNewAmountAsSoonAsItIsSettled) {
  const PayPeriod periods[] = {paid(200'000), paid(250'000), paid(250'000)};
  EXPECT_EQ(WeeklyAverage::settled(periods, law())->weekly(), pence(57'534));
}

TEST(WeeklyAverage, IsNotSettledWhereThePeriodsDiffer) {
  const PayPeriod by_pay[] = {paid(250'000), paid(250'001)};
  EXPECT_EQ(WeeklyAverage::settled(by_pay, law()).error().code, ErrorCode::CONTRADICTION);
  const PayPeriod by_length[] = {paid(250'000, kWeek), paid(250'000)};
  EXPECT_FALSE(WeeklyAverage::settled(by_length, law()));
  PayPeriod with_bonus[] = {paid(250'000), paid(250'000)};
  with_bonus[1].bonus = Bonus{pence(1), kYear};
  EXPECT_FALSE(WeeklyAverage::settled(with_bonus, law()));
}

TEST(WeeklyAverage, SpreadsABonusOverTheTimeItWasEarnedIn) {
  PayPeriod periods[] = {paid(250'000), paid(250'000), paid(250'000)};
  periods[2].bonus = Bonus{pence(600'000), kYear};
  const auto out = WeeklyAverage::average(periods, law());
  EXPECT_EQ(out->weekly(), pence(69'041));
  EXPECT_EQ(out->method(), AverageMethod::average_of_periods);
  EXPECT_EQ(out->periods(), 3);
  EXPECT_FALSE(meets_25(57'534, out->weekly()));
  EXPECT_TRUE(meets_25(57'534, pence(195'616)));
}

TEST(WeeklyAverage, CountsABonusWhereItWasPaidWhereTheSwitchSaysSo) {
  PayPeriod periods[] = {paid(250'000), paid(250'000), paid(250'000)};
  periods[2].bonus = Bonus{pence(600'000), kYear};
  const auto month_paid = law_with("employee.bonus", std::string("MONTH_PAID"));
  EXPECT_EQ(WeeklyAverage::average(periods, month_paid)->weekly(), pence(103'562));
}

TEST(WeeklyAverage, CountsACommissionOfEachMonthOnce) {
  PayPeriod periods[] = {paid(250'000), paid(250'000)};
  periods[0].bonus = Bonus{pence(50'000), kMonth};
  periods[1].bonus = Bonus{pence(50'000), kMonth};
  const PayPeriod plain[] = {paid(300'000), paid(300'000)};
  EXPECT_EQ(WeeklyAverage::average(periods, law())->exact(),
            WeeklyAverage::average(plain, law())->exact());
}

TEST(WeeklyAverage, OfANewJobRestsOnAStatement) {
  const auto out = WeeklyAverage::expected({pence(250'000), kMonth, "employer"}, law());
  EXPECT_EQ(out->weekly(), pence(57'534));
  EXPECT_EQ(out->method(), AverageMethod::expected_pay);
  EXPECT_EQ(out->periods(), 0);
  EXPECT_EQ(WeeklyAverage::expected({pence(250'000), kMonth, ""}, law()).error().code,
            ErrorCode::MISSING_MEMBER);
}

TEST(WeeklyAverageDeathTest, HoldsAPeriodToItsLength) {
  EXPECT_DEATH((void)in_weeks({Unit::weeks, 0}, law()), "a period has a length");
}

TEST(ForeignPay, CountsLessWhatTheBankTakes) {
  EXPECT_EQ(after_bank_charge(pence(50'000), pence(300)), pence(49'700));
  EXPECT_EQ(after_bank_charge(pence(200), pence(300)), Money());
}

// ---- the sum ----

TEST(CandidateCurrent, AddsPensionTakesReliefOffAndLeavesTheStatePensionOut) {
  CurrentParts parts;
  parts.as_at = tests::kDecisionDay;
  parts.jobs = {weekly_job(40'000)};
  parts.pensions = {{pence(10'000), false}, {pence(22'120), true}};
  parts.relief_at_source_weekly = pence(2'500);
  const auto out = candidate_current(parts);
  EXPECT_EQ(out.weekly, pence(47'500));
  EXPECT_EQ(out.social_security_pension, pence(22'120));
  EXPECT_FALSE(out.relief_exceeds_income);
  EXPECT_EQ(out.as_at, tests::kDecisionDay);
  EXPECT_THAT(out.methods, ElementsAre(AverageMethod::settled_pattern));
}

TEST(CandidateCurrent, AddsTheJobsBeforeTheTest) {
  CurrentParts parts;
  parts.jobs = {weekly_job(38'000), weekly_job(24'500)};
  const auto both = candidate_current(parts);
  EXPECT_EQ(both.weekly, pence(62'500));
  EXPECT_TRUE(meets_25(50'000, both.weekly));
  parts.jobs = {weekly_job(47'000), WeeklyAverage::ended()};
  const auto one = candidate_current(parts);
  EXPECT_EQ(one.weekly, pence(47'000));
  EXPECT_FALSE(meets_25(62'500, one.weekly));
  EXPECT_THAT(one.methods, ElementsAre(AverageMethod::settled_pattern, AverageMethod::ended));
}

TEST(CandidateCurrent, IsNeverBelowNilAndRoundsOnce) {
  CurrentParts parts;
  parts.relief_at_source_weekly = pence(1);
  const auto nothing = candidate_current(parts);
  EXPECT_EQ(nothing.weekly, Money());
  EXPECT_TRUE(nothing.relief_exceeds_income);
  CurrentParts thirds;
  thirds.trade = Fraction(2, 3);
  const PayPeriod periods[] = {paid(2, {Unit::weeks, 3}), paid(2, {Unit::weeks, 3})};
  thirds.jobs = {*WeeklyAverage::settled(periods, law())};
  EXPECT_EQ(candidate_current(thirds).exact, Fraction(4, 3));
  EXPECT_EQ(candidate_current(thirds).weekly, pence(1));
}

TEST(CandidateCurrent, GoesToTheTestWithItsExactSumWhereItFits) {
  constexpr values::Int128 most = base::limits::fraction_term_max;
  CandidateCurrent candidate;
  candidate.weekly = pence(5);
  candidate.exact = Fraction(11, 2);
  const Current out = as_current(candidate, Evidence::verified);
  EXPECT_EQ(out.evidence, Evidence::verified);
  EXPECT_EQ(out.weekly, pence(5));
  EXPECT_EQ(out.exact_weekly, Fraction(11, 2));
  candidate.exact = Fraction(1, most + 1);
  EXPECT_EQ(as_current(candidate, Evidence::detected).exact_weekly, std::nullopt);
  candidate.exact = Fraction(most + 1, 1);
  EXPECT_EQ(as_current(candidate, Evidence::detected).exact_weekly, std::nullopt);
}

// ---- estimates ----

std::optional<std::string> power(HistoricState state, std::int64_t weekly = 0,
                                 CurrentKnowledge current = CurrentKnowledge::missing,
                                 const Parameters& parameters = law()) {
  HistoricFigure figure;
  figure.state = state;
  figure.weekly = pence(weekly);
  const auto out = estimate_power(figure, current, parameters);
  if (!out) return std::nullopt;
  return text(*out, parameters);
}

TEST(EstimatePower, OpensWhereCurrentIncomeAppliesAndIsNotReliable) {
  EXPECT_EQ(power(HistoricState::known), "SI 2012/2677 reg 34(2A)");
  EXPECT_EQ(power(HistoricState::no_data), "SI 2012/2677 reg 34(2)(b)");
  EXPECT_EQ(power(HistoricState::unavailable), "SI 2012/2677 reg 34(2)(c)");
  EXPECT_EQ(power(HistoricState::no_data, 0, CurrentKnowledge::unreliable),
            "SI 2012/2677 reg 34(2)(b)");
}

TEST(EstimatePower, IsNotThereWhereAPositiveFigureStands) {
  EXPECT_EQ(power(HistoricState::known, 1), std::nullopt);
  EXPECT_EQ(power(HistoricState::known, 1, CurrentKnowledge::unreliable), std::nullopt);
}

TEST(EstimatePower, IsNotThereWhereCurrentIncomeIsKnownOrHmrcWasNotHeard) {
  EXPECT_EQ(power(HistoricState::no_data, 0, CurrentKnowledge::known), std::nullopt);
  EXPECT_EQ(power(HistoricState::not_asked), std::nullopt);
  EXPECT_EQ(power(HistoricState::rejected), std::nullopt);
}

TEST(EstimatePower, NeedsParagraphCToBeInForce) {
  const auto early = law_with("hmrc.unable_gate", false);
  EXPECT_EQ(power(HistoricState::unavailable, 0, CurrentKnowledge::missing, early), std::nullopt);
}

// ---- historic and current side by side ----

TEST(Reconcile, SaysWhatIsOnEachSideAndCorrectsNeither) {
  const Part parts[] = {{PartTag::employment, pence(1'000'000)},
                        {PartTag::employment, pence(2'000'000)},
                        {PartTag::termination_taxable, pence(8'030'000)},
                        {PartTag::jobseekers_allowance, pence(90'000)},
                        {PartTag::trading_profit, pence(500'000)},
                        {PartTag::dividends, pence(600'000)}};
  const CurrentLine current[] = {{PartTag::employment, pence(40'000)},
                                 {PartTag::private_pension, pence(10'000)}};
  const auto out = reconcile(parts, current, law());
  ASSERT_THAT(out, SizeIs(5));
  EXPECT_EQ(out[0].tag, PartTag::employment);
  EXPECT_EQ(out[0].side, LineSide::both);
  EXPECT_EQ(out[0].historic_annual, pence(3'000'000));
  EXPECT_EQ(out[0].historic_weekly, pence(57'534));
  EXPECT_EQ(out[0].current_weekly, pence(40'000));
  EXPECT_EQ(out[1].tag, PartTag::termination_taxable);
  EXPECT_EQ(out[1].side, LineSide::historic_by_law);
  EXPECT_EQ(out[2].tag, PartTag::private_pension);
  EXPECT_EQ(out[2].side, LineSide::current_only);
  EXPECT_EQ(out[2].historic_weekly, std::nullopt);
  EXPECT_EQ(out[3].tag, PartTag::jobseekers_allowance);
  EXPECT_EQ(out[3].side, LineSide::historic_by_law);
  EXPECT_EQ(out[4].tag, PartTag::trading_profit);
  EXPECT_EQ(out[4].side, LineSide::historic_only);
  EXPECT_EQ(out[4].current_weekly, std::nullopt);
}

TEST(Reconcile, HoldsEachBenefitAndLossReliefToBeHistoricByLaw) {
  for (const PartTag tag : {PartTag::incapacity_benefit, PartTag::contributory_esa,
                            PartTag::income_support, PartTag::loss_relief}) {
    const Part parts[] = {{tag, pence(1)}};
    EXPECT_EQ(reconcile(parts, {}, law())[0].side, LineSide::historic_by_law) << name(tag);
  }
  EXPECT_THAT(reconcile({}, {}, law()), IsEmpty());
}

}  // namespace
}  // namespace ig::core::rules
