#pragma once

#include <string>
#include <string_view>

/// Small Full Payment Submissions for tests, written as text and by hand: nothing of the code under
/// test is used.
namespace ig::tests {

/// One Employee with one job; each member can be replaced by a text of any kind.
struct FpsEmployee {
  std::string nino = "NA000799C";
  std::string surname = "Joseph";
  std::string payroll_id = "E17";
  std::string paid_on = "2026-01-30";
  std::string pay = "2310.50";
  std::string to_date = "23105.00";
  std::string before_payment{};  ///< further elements between PayId and FiguresToDate
  std::string in_payment{};      ///< further elements after TaxablePay
  std::string after_tax{};       ///< further elements after TaxDeductedOrRefunded

  [[nodiscard]] std::string job() const {
    return "<Employment><PayId>" + payroll_id + "</PayId>" + before_payment +
           "<FiguresToDate><TaxablePay>" + to_date +
           "</TaxablePay><TotalTax>2000.00</TotalTax></FiguresToDate>"
           "<Payment><PayFreq>M1</PayFreq><PmtDate>" +
           paid_on +
           "</PmtDate><MonthNo>10</MonthNo><PeriodsCovered>1</PeriodsCovered>"
           "<HoursWorked>D</HoursWorked><TaxCode>1257L</TaxCode><TaxablePay>" +
           pay + "</TaxablePay>" + in_payment +
           "<TaxDeductedOrRefunded>200.00</TaxDeductedOrRefunded>" + after_tax +
           "</Payment></Employment>";
  }
  [[nodiscard]] std::string text() const {
    const std::string number = nino.empty() ? "" : "<NINO>" + nino + "</NINO>";
    return "<Employee><EmployeeDetails>" + number + "<Name><Fore>Amanda</Fore><Sur>" + surname +
           "</Sur></Name><BirthDate>1960-01-15</BirthDate><Gender>F</Gender></EmployeeDetails>" +
           job() + "</Employee>\n";
  }
};

/// A message around employees.
struct FpsMessage {
  std::string employees{};
  std::string message_class = "HMRC-PAYE-RTI-FPS";
  std::string gateway_test = "0";
  std::string year = "25-26";
  std::string suffix = "1";
  std::string related_year = "25-26";
  std::string period_end = "2026-04-05";
  std::string mark{};  ///< a whole IRmark element, or nothing
  std::string office = "120";
  std::string header_office = "120";
  std::string after_employees{};

  [[nodiscard]] std::string keys() const {
    return "<Keys><Key Type=\"TaxOfficeNumber\">" + header_office +
           "</Key><Key Type=\"TaxOfficeReference\">XB4471</Key></Keys>";
  }
  [[nodiscard]] std::string envelope() const {
    return "<IRenvelope xmlns=\"http://www.govtalk.gov.uk/taxation/PAYE/RTI/"
           "FullPaymentSubmission/" +
           year + "/" + suffix + "\"><IRheader>" + keys() + "<PeriodEnd>" + period_end +
           "</PeriodEnd>" + mark +
           "<Sender>Employer</Sender></IRheader><FullPaymentSubmission><EmpRefs><OfficeNo>" +
           office +
           "</OfficeNo><PayeRef>XB4471</PayeRef><AORef>120PA00012345</AORef></EmpRefs>"
           "<RelatedTaxYear>" +
           related_year + "</RelatedTaxYear>\n" + employees + after_employees +
           "</FullPaymentSubmission></IRenvelope>";
  }
  [[nodiscard]] std::string text() const {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<GovTalkMessage xmlns=\"http://www.govtalk.gov.uk/CM/envelope\">"
           "<EnvelopeVersion>2.0</EnvelopeVersion><Header><MessageDetails><Class>" +
           message_class + "</Class><Qualifier>request</Qualifier><GatewayTest>" + gateway_test +
           "</GatewayTest><GatewayTimestamp>2026-01-28T17:02:00Z</GatewayTimestamp>"
           "</MessageDetails><SenderDetails><IDAuthentication><SenderID>sender</SenderID>"
           "<Authentication><Method>clear</Method><Value>opensesame</Value></Authentication>"
           "</IDAuthentication></SenderDetails></Header><GovTalkDetails>" +
           keys() + "</GovTalkDetails><Body>" + envelope() + "</Body></GovTalkMessage>\n";
  }
};

}  // namespace ig::tests
