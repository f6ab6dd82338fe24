#include "adapters/sandbox/payslip.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::sandbox {
namespace {

TEST(SandboxPayslip, TakesTaxAndInsuranceByBands) {
  const auto monthly = deductions(231'050, Rhythm::monthly);
  EXPECT_EQ(monthly.tax, 25'260);
  EXPECT_EQ(monthly.employee_ni, 10'100);
  EXPECT_EQ(monthly.lower, 54'200);
  EXPECT_EQ(monthly.to_primary, 50'600);
  EXPECT_EQ(monthly.to_upper, 126'250);
  EXPECT_EQ(deductions(10'000, Rhythm::weekly).tax, 0);
  EXPECT_EQ(deductions(10'000, Rhythm::weekly).employer_ni, 0);
  EXPECT_EQ(deductions(500'000, Rhythm::four_weekly).to_upper, 290'000);
}

TEST(SandboxPayslip, NamesItsRhythm) {
  EXPECT_EQ(frequency_code(Rhythm::monthly), "M1");
  EXPECT_EQ(frequency_code(Rhythm::weekly), "W1");
  EXPECT_EQ(frequency_code(Rhythm::four_weekly), "W4");
}

}  // namespace
}  // namespace ig::adapters::sandbox
