#include "core/rules/liability.hpp"

#include "tests/support/rules.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using facts::Benefit;
using facts::Jurisdiction;
using values::Date;
using values::Money;

constexpr Date kDay = Date::of(2026, 6, 1);

Parameters law_of_day(Date day = kDay) { return *tests::law().on(day, Jurisdiction::gb); }

FlatRateStatus with(std::optional<Benefit> FlatRateStatus::* place, Benefit benefit) {
  FlatRateStatus out;
  out.*place = benefit;
  return out;
}
FlatRateStatus own(Benefit benefit) { return with(&FlatRateStatus::own, benefit); }
FlatRateStatus of_couple(Benefit benefit) { return with(&FlatRateStatus::of_couple, benefit); }

std::optional<Liability> of(const FlatRateStatus& status, std::int64_t income,
                            bool partner_liable = false) {
  return liability_of(status, partner_liable, Money::pence(income), law_of_day());
}

TEST(Liabilities, FollowIncomeWhereNoBenefitCounts) {
  EXPECT_EQ(of({}, 699), Liability::nil_rate);
  EXPECT_EQ(of({}, 700), Liability::flat_by_income);
  EXPECT_EQ(of({}, 10'000), Liability::flat_by_income);
  EXPECT_EQ(of({}, 10'001), Liability::other_rate);
}

TEST(Liabilities, FollowABenefitWhateverTheIncome) {
  EXPECT_EQ(of(own(Benefit::CA), 15'000), Liability::flat_by_own_benefit);
  EXPECT_EQ(of(of_couple(Benefit::UC), 25'000), Liability::flat_by_couple_benefit);
  EXPECT_EQ(of(of_couple(Benefit::UC), 0), Liability::flat_by_couple_benefit);
}

TEST(Liabilities, AreHalvedOnlyByABenefitOfReg44_2WithTwoWhoAreLiable) {
  EXPECT_EQ(of(of_couple(Benefit::UC), 0, true), Liability::half_flat);
  EXPECT_EQ(of(own(Benefit::CA), 0, true), Liability::flat_by_own_benefit);
  FlatRateStatus both = own(Benefit::CA);
  both.of_couple = Benefit::PC;
  EXPECT_EQ(of(both, 0, true), Liability::half_flat);
  EXPECT_EQ(of(both, 0), Liability::flat_by_own_benefit);
}

TEST(Liabilities, AreNotSaidWhileTheStatusIsOpen) {
  EXPECT_EQ(of(with(&FlatRateStatus::listing_unknown, Benefit::NSP), 25'000), std::nullopt);
  EXPECT_EQ(of(with(&FlatRateStatus::earnings_unknown, Benefit::UC), 25'000), std::nullopt);
}

TEST(Liabilities, AreFlatByFourRoutesAndPayableByFive) {
  const Liability all[] = {Liability::none,
                           Liability::nil_rate,
                           Liability::flat_by_income,
                           Liability::flat_by_own_benefit,
                           Liability::flat_by_couple_benefit,
                           Liability::half_flat,
                           Liability::other_rate};
  std::string flat;
  std::string payable;
  for (const Liability liability : all) {
    flat += is_flat(liability) ? '1' : '0';
    payable += is_payable(liability) ? '1' : '0';
  }
  EXPECT_EQ(flat, "0011110");
  EXPECT_EQ(payable, "0011111");
}

TEST(Liabilities, CiteTheirLaw) {
  const auto gb = law_of_day();
  const auto ni = *tests::law().on(kDay, Jurisdiction::ni);
  EXPECT_EQ(citation(Liability::none, gb), "");
  EXPECT_EQ(citation(Liability::nil_rate, gb), "para 5");
  EXPECT_EQ(citation(Liability::flat_by_income, gb), "para 4(1)(a)");
  EXPECT_EQ(citation(Liability::flat_by_own_benefit, gb), "para 4(1)(b), reg 44(1)");
  EXPECT_EQ(citation(Liability::flat_by_couple_benefit, gb), "para 4(1)(c), reg 44(2)");
  EXPECT_EQ(citation(Liability::half_flat, gb), "para 4(2), reg 44(3)");
  EXPECT_EQ(citation(Liability::half_flat, ni), "para 4(2), reg 43(3)");
  EXPECT_EQ(citation(Liability::other_rate, gb), "paras 2, 3");
  EXPECT_EQ(name(Liability::half_flat), "half_flat");
}

TEST(FlatRate, IsSevenPoundsOrAHalfAndWasFive) {
  EXPECT_EQ(flat_rate(false, law_of_day()), Money::pence(700));
  EXPECT_EQ(flat_rate(true, law_of_day()), Money::pence(350));
  EXPECT_EQ(flat_rate(false, law_of_day(Date::of(2013, 11, 24))), Money::pence(500));
}

}  // namespace
}  // namespace ig::core::rules
