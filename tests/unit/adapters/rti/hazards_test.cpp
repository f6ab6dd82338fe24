// Hazards of real payroll data that end in the reader; tests/scenario/hazards lists them all.
#include "tests/support/fps_text.hpp"
#include "tests/unit/adapters/rti/reading.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::rti {
namespace {

using ig::tests::FpsEmployee;
using ig::tests::FpsMessage;
using tests::read_text;

FpsMessage message_of(const std::string& employees) {
  FpsMessage message;
  message.employees = employees;
  return message;
}

TEST(RtiHazard, H55ADeductionWithTheWrongSignIsReadAndChangesNoPay) {
  FpsEmployee employee;
  employee.in_payment = "<DednsFromNetPay>-44.92</DednsFromNetPay>";
  const auto out = read_text(message_of(employee.text()).text());
  ASSERT_EQ(out.seen.pieces.size(), 1U);
  ASSERT_FALSE(out.seen.pieces[0].refused.has_value());
  EXPECT_EQ(out.seen.pieces[0].payments.at(0).taxable_pay->in_pence(), 231'050);
}

TEST(RtiHazard, H56ACountryPrefixInsideATaxCodeIsRefused) {
  for (const char* code : {"C1250L", "S1257L"}) {
    std::string employee = FpsEmployee{}.text();
    const std::string plain = "1257L";
    employee.replace(employee.find(plain), plain.size(), code);
    const auto out = read_text(message_of(employee).text());
    ASSERT_EQ(out.seen.pieces.size(), 1U);
    ASSERT_TRUE(out.seen.pieces[0].refused.has_value()) << code;
    EXPECT_TRUE(out.seen.pieces[0].refused->position.ends_with("/Payment/TaxCode")) << code;
  }
}

}  // namespace
}  // namespace ig::adapters::rti
