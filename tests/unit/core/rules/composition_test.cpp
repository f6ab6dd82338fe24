#include "core/rules/composition.hpp"

#include "core/rules/historic.hpp"
#include "tests/support/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using values::Money;
using values::TaxYear;

const Parameters& law() {
  static const Parameters out = *tests::law().on(tests::kDecisionDay, facts::Jurisdiction::gb);
  return out;
}

Parameters net_of_losses() {
  return *tests::law_with("hmrc.loss", std::string("NET"))
              .on(tests::kDecisionDay, facts::Jurisdiction::gb);
}

Money pence(std::int64_t amount) { return Money::pence(amount); }

std::vector<std::string> names_of(const Composition& composition) {
  std::vector<std::string> out;
  for (const LeftOut& one : composition.left_out) out.emplace_back(name(one.tag));
  return out;
}

TEST(Composition, CountsWhatReg36NamesAndSaysWhatIsLeftOut) {
  const Part parts[] = {
      {PartTag::employment, pence(2'850'000)},     {PartTag::private_pension, pence(400'000)},
      {PartTag::state_pension, pence(1'150'240)},  {PartTag::jobseekers_allowance, pence(90'000)},
      {PartTag::carers_allowance, pence(425'880)}, {PartTag::trading_profit, pence(500'000)},
      {PartTag::loss_relief, pence(200'000)},      {PartTag::dividends, pence(600'000)},
      {PartTag::property, pence(800'000)}};
  const auto out = compose(parts, law());
  EXPECT_EQ(out.annual, pence(3'640'000));
  EXPECT_EQ(to_weekly(out.annual, law()), pence(69'808));
  EXPECT_THAT(names_of(out),
              ElementsAre("uk_state_pension", "carers_allowance", "dividends", "property"));
  EXPECT_EQ(out.left_out[0].reason, LeftOutReason::social_security_pension);
  EXPECT_EQ(out.left_out[0].annual, pence(1'150'240));
  EXPECT_EQ(out.left_out[1].reason, LeftOutReason::benefit_not_listed);
  EXPECT_EQ(out.left_out[2].reason, LeftOutReason::unearned);
  EXPECT_EQ(out.other_reading, std::nullopt);
}

TEST(Composition, CountsFourBenefitsAndNoOther) {
  for (const PartTag tag : {PartTag::incapacity_benefit, PartTag::contributory_esa,
                            PartTag::jobseekers_allowance, PartTag::income_support}) {
    EXPECT_EQ(left_out_reason(tag), std::nullopt) << name(tag);
  }
  EXPECT_EQ(left_out_reason(PartTag::other_benefit), LeftOutReason::benefit_not_listed);
}

TEST(Composition, LeavesUnearnedIncomeToVariations) {
  for (const PartTag tag :
       {PartTag::savings, PartTag::dividends, PartTag::property, PartTag::other_unearned}) {
    EXPECT_EQ(left_out_reason(tag), LeftOutReason::unearned) << name(tag);
  }
}

TEST(Composition, CountsTheTaxablePartOfATerminationPayment) {
  const Part parts[] = {{PartTag::termination_taxable, pence(8'030'000)},
                        {PartTag::termination_exempt, pence(3'000'000)}};
  const auto out = compose(parts, law());
  EXPECT_EQ(out.annual, pence(8'030'000));
  EXPECT_EQ(to_weekly(out.annual, law()), pence(154'000));
  EXPECT_THAT(names_of(out), ElementsAre("termination_exempt"));
}

TEST(Composition, LeavesReimbursedExpensesAndGainsOut) {
  const Part parts[] = {{PartTag::employment, pence(3'000'000)},
                        {PartTag::reimbursed_expenses, pence(450'000)},
                        {PartTag::gains, pence(1)}};
  const auto out = compose(parts, law());
  EXPECT_EQ(out.annual, pence(3'000'000));
  EXPECT_EQ(to_weekly(out.annual, law()), pence(57'534));
  for (const LeftOut& one : out.left_out) {
    EXPECT_EQ(one.reason, LeftOutReason::not_charged_to_tax);
  }
}

TEST(Composition, LetsATradingLossCutPayOnlyWhereTheSwitchSaysSo) {
  const Part parts[] = {{PartTag::employment, pence(2'000'000)},
                        {PartTag::trading_profit, pence(-500'000)}};
  const auto by_law = compose(parts, law());
  EXPECT_EQ(by_law.annual, pence(2'000'000));
  EXPECT_EQ(by_law.other_reading, pence(1'500'000));
  const auto net = compose(parts, net_of_losses());
  EXPECT_EQ(net.annual, pence(1'500'000));
  EXPECT_EQ(net.other_reading, pence(2'000'000));
}

TEST(Composition, IsNeverBelowNil) {
  const Part loss[] = {{PartTag::trading_profit, pence(-500'000)}};
  EXPECT_EQ(compose(loss, net_of_losses()).annual, Money());
  const Part relieved[] = {{PartTag::trading_profit, pence(100)},
                           {PartTag::loss_relief, pence(200)},
                           {PartTag::employment, pence(50)}};
  const auto out = compose(relieved, law());
  EXPECT_EQ(out.annual, pence(50));
  EXPECT_EQ(out.other_reading, std::nullopt);
  EXPECT_EQ(compose({}, law()).annual, Money());
  EXPECT_THAT(compose({}, law()).left_out, IsEmpty());
}

TEST(Composition, LeavesHmrcsTotalStandingWhereOursDiffers) {
  const Part parts[] = {{PartTag::employment, pence(3'000'000)}};
  const auto same = check_total(compose(parts, law()), pence(3'000'000));
  EXPECT_TRUE(same.matches());
  const auto other = check_total(compose(parts, law()), pence(2'900'000));
  EXPECT_FALSE(other.matches());
  EXPECT_EQ(other.counts, pence(2'900'000));
  EXPECT_EQ(other.ours, pence(3'000'000));
  EXPECT_EQ(other.difference, pence(-100'000));
}

TEST(PensionRelief, TakesNoNetPayContributionOffTwice) {
  const TaxYear year = TaxYear::starting(2025);
  Historic historic = tests::available(2'850'000);
  historic.relief_at_source =
      relief_for({PensionRelief::net_pay, year, pence(150'000), true, true}, year);
  EXPECT_EQ(historic_figure(historic, law())->weekly, pence(54'658));
}

TEST(PensionRelief, TakesOffWhatWasPaidInTheSameYear) {
  const TaxYear year = TaxYear::starting(2025);
  Historic historic = tests::available(3'000'000);
  const PensionContribution paid{PensionRelief::relief_at_source, year, pence(240'000), true, true};
  historic.relief_at_source = relief_for(paid, year);
  EXPECT_EQ(historic_figure(historic, law())->weekly, pence(52'932));
  EXPECT_FALSE(relief_for(paid, year.previous()).has_value());
}

}  // namespace
}  // namespace ig::core::rules
