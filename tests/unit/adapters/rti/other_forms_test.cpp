// The forms beside the Full Payment Submission: Employer Payment Summary and Earlier Year Update.
#include "tests/unit/adapters/rti/reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::adapters::rti {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::Outcome;
using tests::read_text;

std::string form(const std::string& space, const std::string& year, const std::string& content) {
  return "<IRenvelope xmlns=\"http://www.govtalk.gov.uk/taxation/PAYE/RTI/" + space +
         "\"><IRheader><Keys><Key Type=\"TaxOfficeNumber\">120</Key>"
         "<Key Type=\"TaxOfficeReference\">XB4471</Key></Keys><PeriodEnd>20" +
         year.substr(3) + "-04-05</PeriodEnd><Sender>Employer</Sender></IRheader>" + content +
         "</IRenvelope>";
}

std::string refs() {
  return "<EmpRefs><OfficeNo>120</OfficeNo><PayeRef>XB4471</PayeRef><AORef>120PA00012345</AORef>"
         "</EmpRefs>";
}

/// An Employer Payment Summary with `nil` between its references and its year.
std::string summary(const std::string& nil, const std::string& year = "25-26",
                    const std::string& suffix = "1") {
  return form("EmployerPaymentSummary/" + year + "/" + suffix, year,
              "<EmployerPaymentSummary>" + refs() + nil + "<RelatedTaxYear>" + year +
                  "</RelatedTaxYear></EmployerPaymentSummary>");
}

std::string nil_block(const std::string& from, const std::string& to) {
  return "<NoPaymentForPeriod>yes</NoPaymentForPeriod><NoPaymentDates><From>" + from +
         "</From><To>" + to + "</To></NoPaymentDates>";
}

/// One job of an Earlier Year Update whose Payment holds `sums`.
std::string job(const std::string& sums, const std::string& payroll_id = "E17") {
  return "<Employment><PayId>" + payroll_id +
         "</PayId><LeavingDate>2014-01-31</LeavingDate><Payment><TaxCode>944L</TaxCode>" + sums +
         "</Payment></Employment>";
}

std::string update(const std::string& jobs, const std::string& year = "13-14",
                   const std::string& suffix = "3") {
  return form("EarlierYearUpdate/" + year + "/" + suffix, year,
              "<EarlierYearUpdate>" + refs() + "<RelatedTaxYear>" + year +
                  "</RelatedTaxYear><Employee><EmployeeDetails><NINO>NA000799C</NINO><Name>"
                  "<Fore>Amanda</Fore><Sur>Joseph</Sur></Name><BirthDate>1960-01-15</BirthDate>"
                  "<Gender>F</Gender></EmployeeDetails>" +
                  jobs + "</Employee></EarlierYearUpdate>");
}

TEST(RtiHazard, H54ANilPeriodIsTheSchemesWordThatItPaidNobody) {
  const Outcome out = read_text(summary(nil_block("2025-05-06", "2025-08-05")));
  EXPECT_FALSE(out.report.refused());
  EXPECT_THAT(out.problems(), IsEmpty());
  EXPECT_EQ(out.message().employees, 0U);
  ASSERT_TRUE(out.message().nil_period.has_value());
  std::string line;
  formats::write_fact(line, *out.message().nil_period);
  EXPECT_THAT(line, HasSubstr(R"("fact":"nil_period")"));
  EXPECT_THAT(
      line,
      HasSubstr(R"("office":"120","reference":"XB4471","from":"2025-05-06","to":"2025-08-05")"));
  EXPECT_THAT(line, HasSubstr(R"("received_at":"2026-01-29T10:11:12Z")"));
  EXPECT_THAT(line, HasSubstr(R"("system":"eps")"));
  EXPECT_THAT(line, HasSubstr("/IRenvelope/EmployerPaymentSummary/NoPaymentDates"));
}

TEST(EmployerPaymentSummary, WithoutANilPeriodSaysNothingOfPay) {
  const Outcome out = read_text(summary(""));
  EXPECT_FALSE(out.report.refused());
  EXPECT_FALSE(out.message().nil_period.has_value());
}

TEST(EmployerPaymentSummary, NamesWholeTaxMonthsOfItsYear) {
  const auto problems = [](const std::string& from, const std::string& to) {
    const Outcome out = read_text(summary(nil_block(from, to)));
    EXPECT_FALSE(out.message().nil_period.has_value()) << from << " " << to;
    return out.problems();
  };
  const std::string nil = "/IRenvelope/EmployerPaymentSummary/NoPaymentDates";
  EXPECT_THAT(problems("2025-05-07", "2025-06-05"), ElementsAre("INVALID_DATE " + nil + "/From"));
  EXPECT_THAT(problems("2025-05-06", "2025-06-06"), ElementsAre("INVALID_DATE " + nil + "/To"));
  EXPECT_THAT(problems("2025-03-06", "2025-06-05"), ElementsAre("WRONG_TAX_YEAR " + nil + "/From"));
  EXPECT_THAT(problems("2025-05-06", "2026-05-05"), ElementsAre("WRONG_TAX_YEAR " + nil + "/To"));
  EXPECT_THAT(problems("2025-08-06", "2025-06-05"), ElementsAre("CONTRADICTION " + nil));
}

TEST(EmployerPaymentSummary, HasTheTwoPartsOfItsNilBlockOrNeither) {
  const std::string at = "/IRenvelope/EmployerPaymentSummary/";
  EXPECT_THAT(read_text(summary("<NoPaymentForPeriod>yes</NoPaymentForPeriod>")).problems(),
              ElementsAre("MISSING_ELEMENT " + at + "NoPaymentDates"));
  EXPECT_THAT(read_text(summary("<NoPaymentDates><From>2025-05-06</From><To>2025-06-05</To>"
                                "</NoPaymentDates>"))
                  .problems(),
              ElementsAre("MISSING_ELEMENT " + at + "NoPaymentForPeriod"));
}

TEST(EmployerPaymentSummary, OfAnotherYearIsReadByWhatTheYearsHaveInCommon) {
  const std::string old =
      nil_block("2019-05-06", "2019-08-05") +
      "<RecoverableAmountsYTD><NICsHoliday>1.00</NICsHoliday></RecoverableAmountsYTD>";
  const Outcome out = read_text(summary(old, "19-20"));
  EXPECT_THAT(out.problems(), ElementsAre("YEAR_NOT_VERIFIED /IRenvelope"));
  EXPECT_TRUE(out.message().nil_period.has_value());
  EXPECT_EQ(read_text(summary("", "25-26", "2")).report.document_error->code,
            core::base::ErrorCode::UNKNOWN_NAMESPACE);
}

TEST(EmployerPaymentSummary, ChecksBankDataAndKeepsNoneOfIt) {
  const std::string account =
      "<Account><AccountHoldersName>Hidden Holder</AccountHoldersName><AccountNo>1234567x"
      "</AccountNo><SortCode>998877</SortCode></Account>";
  const Outcome out = read_text(summary(account));
  ASSERT_THAT(out.problems(),
              ElementsAre("INVALID_TEXT /IRenvelope/EmployerPaymentSummary/Account/AccountNo"));
  const core::ports::Problem& problem = out.message().problems[0];
  for (const char* secret : {"Hidden", "1234567x", "998877"}) {
    EXPECT_THAT(problem.position + problem.message, Not(HasSubstr(secret)));
  }
}

TEST(RtiHazard, H51AnEarlierYearUpdateIsADifferenceAndNoPayday) {
  const Outcome out = read_text(update(job("<TaxablePay>-40.00</TaxablePay><Tax>-10.00</Tax>")));
  EXPECT_THAT(out.problems(), IsEmpty());
  EXPECT_EQ(out.message().taxable_pay.in_pence(), -4'000);
  ASSERT_EQ(out.seen.pieces.size(), 1U);
  const core::facts::Payment& fact = out.seen.pieces[0].payments.at(0);
  EXPECT_EQ(fact.header.source.system, "eyu");
  EXPECT_EQ(fact.taxable_pay->in_pence(), -4'000);
  EXPECT_EQ(fact.tax_year.text(), "2013-14");
  EXPECT_EQ(fact.paid_on.text(), "2014-04-05") << "the year's last day: the form names no payday";
  EXPECT_EQ(fact.late_reason, "H");
  EXPECT_EQ(fact.employment.payroll_id, "E17");
  EXPECT_FALSE(fact.frequency || fact.taxable_pay_to_date || fact.irregular || fact.left_on);
}

TEST(EarlierYearUpdate, WithoutAChangeOfPayGivesAFactWithoutASum) {
  const Outcome out = read_text(update(job("<Tax>-10.00</Tax>") + job("", "E18")));
  EXPECT_THAT(out.problems(), IsEmpty());
  ASSERT_EQ(out.seen.pieces.at(0).payments.size(), 2U);
  EXPECT_FALSE(out.seen.pieces[0].payments[0].taxable_pay.has_value());
}

TEST(EarlierYearUpdate, EndsWithTheYear2019To20) {
  const std::string pay = job("<TaxablePay>1.00</TaxablePay>");
  EXPECT_THAT(read_text(update(pay, "19-20", "1")).problems(),
              ElementsAre("YEAR_NOT_VERIFIED /IRenvelope"));
  EXPECT_EQ(read_text(update(pay, "20-21", "1")).report.document_error->code,
            core::base::ErrorCode::UNKNOWN_NAMESPACE);
}

TEST(EarlierYearUpdate, SaysWhenTheClassOfItsMessageIsThatOfAnotherForm) {
  std::string text =
      "<GovTalkMessage xmlns=\"http://www.govtalk.gov.uk/CM/envelope\"><Header><MessageDetails>"
      "<Class>HMRC-PAYE-RTI-FPS</Class></MessageDetails></Header><GovTalkDetails><Keys>"
      "<Key Type=\"TaxOfficeNumber\">120</Key><Key Type=\"TaxOfficeReference\">XB4471</Key></Keys>"
      "</GovTalkDetails><Body>" +
      update(job("")) + "</Body></GovTalkMessage>";
  const std::string at = "WRONG_CLASS /GovTalkMessage/Header/MessageDetails/Class";
  EXPECT_THAT(read_text(text).problems(), ElementsAre(at));
  text.replace(text.find("RTI-FPS"), 7, "RTI-EYU");
  EXPECT_THAT(read_text(text).problems(), IsEmpty());
}

}  // namespace
}  // namespace ig::adapters::rti
