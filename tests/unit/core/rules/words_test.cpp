#include "core/rules/words.hpp"

#include "core/base/limits.hpp"

#include <gtest/gtest.h>

namespace ig::core::rules {
namespace {

using values::Money;

std::string pounds(Money amount) {
  std::string out;
  put_pounds(out, amount);
  return out;
}

std::string distance(Money base, Money other) {
  std::string out;
  put_distance(out, base, other);
  return out;
}

std::string part_text(int numerator, int denominator) {
  std::string out;
  put_part(out, numerator, denominator);
  return out;
}

std::string hmrc_figure(const HistoricFigure& historic) {
  std::string out;
  put_hmrc_figure(out, historic);
  return out;
}

TEST(Words, WritesPoundsWithTheirSignAndCommas) {
  EXPECT_EQ(pounds(Money()),
            "\xc2\xa3"
            "0.00");
  EXPECT_EQ(pounds(Money::pence(50'000)),
            "\xc2\xa3"
            "500.00");
  EXPECT_EQ(pounds(Money::pence(123'405)),
            "\xc2\xa3"
            "1,234.05");
  EXPECT_EQ(pounds(Money::pence(base::limits::money_pence_max)),
            "\xc2\xa3"
            "99,999,999,999.99");
}

TEST(Words, CutsPercentagesAndNeverRoundsThem) {
  EXPECT_EQ(distance(Money::pence(40'000), Money::pence(50'000)), "25.00 % above");
  EXPECT_EQ(distance(Money::pence(40'000), Money::pence(49'999)), "24.99 % above");
  EXPECT_EQ(distance(Money::pence(40'000), Money::pence(30'001)), "24.99 % below");
  EXPECT_EQ(distance(Money::pence(40'000), Money()), "100.00 % below");
  EXPECT_EQ(distance(Money::pence(48'000), Money::pence(50'000)), "4.16 % above");
  EXPECT_EQ(distance(Money::pence(1), Money::pence(base::limits::money_pence_max)),
            "999999999999800.00 % above");
}

TEST(Words, SaysEqualAndAboveNilWithoutAPercentage) {
  EXPECT_EQ(distance(Money::pence(7), Money::pence(7)), "equal to");
  EXPECT_EQ(distance(Money(), Money::pence(7)), "above");
}

TEST(Words, NamesAPartAsAPercentageWhereItIsWhole) {
  EXPECT_EQ(part_text(1, 4), "25 %");
  EXPECT_EQ(part_text(1, 3), "1/3");
}

TEST(Words, NamesTheYearAndThePensionOfAFigure) {
  HistoricFigure historic;
  EXPECT_EQ(hmrc_figure(historic), "HMRC's figure");
  historic.tax_year = values::TaxYear::starting(2025);
  EXPECT_EQ(hmrc_figure(historic), "HMRC's figure for 2025-26");
  historic.relief_taken_off = true;
  EXPECT_EQ(hmrc_figure(historic), "HMRC's figure for 2025-26, less the pension paid,");
  historic.relief_exceeds_figure = true;
  EXPECT_NE(hmrc_figure(historic).find("exceeds"), std::string::npos);
}

TEST(Words, HasAWordForEachBasisAndEvidence) {
  using facts::Basis;
  std::vector<std::string> seen;
  for (const Basis basis : {Basis::historic, Basis::current, Basis::current_estimate,
                            Basis::default_rate, Basis::not_income_based}) {
    seen.emplace_back(basis_word(basis));
  }
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
  EXPECT_NE(income_word_first(Evidence::verified), income_word_first(Evidence::detected));
}

}  // namespace
}  // namespace ig::core::rules
