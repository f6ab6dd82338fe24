#include "tests/support/conformance.hpp"

#include "adapters/rti/rti_reader.hpp"
#include "tests/unit/adapters/rti/reading.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace ig::adapters::rti {
namespace {

using core::ports::IrmarkState;
using ig::tests::support::conformance;
using ig::tests::support::text_of;
using testing::ElementsAre;
using testing::ElementsAreArray;
using tests::Outcome;

constexpr std::string_view kMark = "/GovTalkMessage/Body/IRenvelope/IRheader/IRmark";
constexpr std::string_view kTest = "TEST_MESSAGE /GovTalkMessage/Header/MessageDetails/GatewayTest";
constexpr std::string_view kNotVerified = "YEAR_NOT_VERIFIED /GovTalkMessage/Body/IRenvelope";
constexpr std::string_view kWrongForm = "WRONG_CLASS /GovTalkMessage/Body/IRenvelope";

/// What is known of one real message, worked out by hand from the file.
struct Expected {
  std::string file;
  std::string message_class;
  std::string tax_year;
  IrmarkState irmark;
  std::uint64_t employees;
  std::uint64_t payments;
  std::int64_t pence;
  std::vector<std::string> problems;
};

std::vector<Expected> expected() {
  const std::string old = "rti/craigfrancis+hmrc-rti/artefacts/2013-14/";
  const std::string wrong(kWrongForm);
  const std::string test(kTest);
  return {
      {old + "FPS.xml", "HMRC-PAYE-RTI-FPS", "2013-14", IrmarkState::valid, 3, 3, 540'000, {test}},
      {old + "EPS.xml", "HMRC-PAYE-RTI-EPS", "2013-14", IrmarkState::valid, 0, 0, 0, {test}},
      {old + "EYU.xml",
       "HMRC-PAYE-RTI-EYU",
       "2012-13",
       IrmarkState::valid,
       1,
       1,
       -4'000,
       {std::string(kNotVerified), test}},
      {old + "NVR.xml", "HMRC-PAYE-RTI-NVR", "", IrmarkState::valid, 0, 0, 0, {wrong, test}},
      {old + "EAS.xml",
       "HMRC-PAYE-RTI-EAS",
       "",
       IrmarkState::invalid,
       0,
       0,
       0,
       {wrong, test, "IRMARK_INVALID " + std::string(kMark)}},
      {"rti/shynne109+hmrc/extracted/FPS-25-26-recognition-style.xml",
       "HMRC-PAYE-RTI-FPS",
       "2025-26",
       IrmarkState::not_checkable,
       3,
       3,
       3'490'000,
       {test}},
  };
}

TEST(Conformance, ReadsTheRealMessagesWithTheirCountsTotalsAndProblems) {
  int absent = 0;
  for (const Expected& want : expected()) {
    const auto file = conformance() / want.file;
    if (!std::filesystem::exists(file)) {
      ++absent;
      continue;
    }
    const Outcome out = tests::read_text(text_of(file));
    const core::ports::MessageReport& message = out.message();
    EXPECT_FALSE(out.report.document_error.has_value()) << want.file;
    EXPECT_EQ(message.message_class, want.message_class) << want.file;
    EXPECT_EQ(message.tax_year ? message.tax_year->text() : "", want.tax_year) << want.file;
    EXPECT_TRUE(message.test) << want.file;
    EXPECT_EQ(name(message.irmark), name(want.irmark)) << want.file;
    EXPECT_EQ(message.employees, want.employees) << want.file;
    EXPECT_EQ(message.payments, want.payments) << want.file;
    EXPECT_EQ(message.taxable_pay.in_pence(), want.pence) << want.file;
    EXPECT_THAT(out.problems(), ElementsAreArray(want.problems)) << want.file;
  }
  if (absent > 0) fmt::print("NOT READ: {} conformance files of RTI are absent\n", absent);
}

TEST(Conformance, RefusesTheEmployeeOfInventedElements) {
  const auto file =
      conformance() / "rti/unattributed/extracted/FPS-24-25-invented-elements-INVALID.xml";
  if (!std::filesystem::exists(file)) {
    fmt::print("NOT READ: 1 conformance file of RTI is absent\n");
    return;
  }
  const Outcome out = tests::read_text(text_of(file));
  const std::string form = "/IRenvelope/FullPaymentSubmission";
  const std::string details = form + "/Employee[1]/EmployeeDetails";
  const std::string job = form + "/Employee[1]/Employment[1]";
  EXPECT_EQ(out.message().irmark, IrmarkState::not_checkable);
  EXPECT_EQ(out.message().employees, 1U);
  EXPECT_EQ(out.message().payments, 1U);
  EXPECT_EQ(out.message().taxable_pay.in_pence(), 250'000);
  EXPECT_EQ(out.message().employees_refused, 1U);
  EXPECT_EQ(out.seen.pieces.at(0).refused->position, job + "/Payment/PmtDate");
  EXPECT_THAT(out.problems(),
              ElementsAre("YEAR_NOT_VERIFIED /IRenvelope",
                          "UNEXPECTED_ELEMENT " + form + "/FinalSubmission/DateSchemeEnded",
                          "UNEXPECTED_ELEMENT " + details + "/Address/Postcode",
                          "INVALID_TEXT " + details + "/PassportNumber",
                          "UNEXPECTED_ELEMENT " + job + "/FiguresToDate/StudentLoanRecovered",
                          "UNEXPECTED_ELEMENT " + job + "/FiguresToDate/PostgraduateLoanRecovered",
                          "UNEXPECTED_ELEMENT " + job + "/Payment/PMDYr",
                          "UNEXPECTED_ELEMENT " + job + "/Payment/PMDPd",
                          "UNEXPECTED_ELEMENT " + job + "/Payment/PaidOnDate",
                          "UNEXPECTED_ELEMENT " + job + "/Payment/WeeklyPdNum",
                          "UNEXPECTED_ELEMENT " + job + "/Payment/MonthlyPdNum",
                          "UNEXPECTED_ELEMENT " + job + "/Payment/TaxDeducted",
                          "UNEXPECTED_ELEMENT " + job + "/Payment/NIlettersAndValues",
                          "MISSING_ELEMENT " + job + "/Payment/PmtDate",
                          "UNEXPECTED_ELEMENT " + job + "/NetPay",
                          "UNEXPECTED_ELEMENT " + job + "/PayAfterStatDeducns"));
}

}  // namespace
}  // namespace ig::adapters::rti
