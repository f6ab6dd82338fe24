#include "tests/support/conformance.hpp"
#include "tests/support/xml_schema.hpp"
#include "tests/unit/adapters/rti/corpus.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

/// HMRC's own schemas as the oracle of our structure and value checks: made-up documents, whole
/// ones and spoilt ones, are judged by libxml2's schema validator and by the reader, which has to
/// say the same of each.
namespace ig::adapters::rti {
namespace {

using ig::tests::support::conformance;
using ig::tests::support::read_xml;
using ig::tests::support::text_of;
using ig::tests::support::XmlSchema;

/// The schema of a file, as HMRC publishes it. That of 2013-14 has an attribute declared under a
/// prohibited one, which libxml2 refuses: it is cut out of the text (rti.md section 0, 7).
XmlSchema schema_of(std::string text) {
  const auto from = text.find("<xsd:attribute use=\"prohibited\" name=\"SVR\"");
  if (from != std::string::npos) {
    constexpr std::string_view end = "</xsd:attribute>";
    text.erase(from, text.find(end, from) - from + end.size());
  }
  return XmlSchema(std::move(text));
}

/// What the schema does not say: rules between elements, and notes.
bool beyond_the_schema(const core::ports::Problem& problem) {
  static const std::set<std::string> codes = {"KEYS_DISAGREE",     "WRONG_CLASS",
                                              "TEST_MESSAGE",      "IRMARK_INVALID",
                                              "YEAR_NOT_VERIFIED", "CONTRADICTION"};
  if (codes.contains(problem.code)) return true;
  return problem.message.find("HMRC rule") != std::string::npos;
}

/// The IRenvelope of a message, as a document of its own.
std::string form_of_message(const std::string& message) {
  const auto from = message.find("<IRenvelope");
  if (from == std::string::npos) return {};
  const std::string_view end = "</IRenvelope>";
  const auto to = message.find(end);
  return message.substr(from, to - from + end.size());
}

struct Year {
  const char* name;
  const char* folder;  ///< of the schema
  const char* schema;
  const char* message;  ///< a file of HMRC; or the end of the namespace of `made`
  const char* made = "";
};

constexpr const char* kHeader =
    "<IRheader><Keys><Key Type=\"TaxOfficeNumber\">120</Key>"
    "<Key Type=\"TaxOfficeReference\">XB4471</Key></Keys><PeriodEnd>2026-04-05</PeriodEnd>"
    "<Sender>Employer</Sender></IRheader>";
/// Forms that hold every element of their schema.
constexpr const char* kSummary25 =
    "<EmployerPaymentSummary><EmpRefs><OfficeNo>120</OfficeNo><PayeRef>XB4471</PayeRef>"
    "<AORef>120PA00012345</AORef><COTAXRef>1234567890</COTAXRef></EmpRefs>"
    "<NoPaymentForPeriod>yes</NoPaymentForPeriod><NoPaymentDates><From>2025-05-06</From>"
    "<To>2025-08-05</To></NoPaymentDates><PeriodOfInactivity><From>2025-09-06</From>"
    "<To>2025-12-05</To></PeriodOfInactivity><EmpAllceInd>no</EmpAllceInd><DeMinimisStateAid>"
    "<Agri>yes</Agri><FisheriesAqua>yes</FisheriesAqua><RoadTrans>yes</RoadTrans>"
    "<Indust>yes</Indust><NA>yes</NA></DeMinimisStateAid><RecoverableAmountsYTD>"
    "<TaxMonth>3</TaxMonth><SMPRecovered>1.00</SMPRecovered><SPPRecovered>1.00</SPPRecovered>"
    "<SAPRecovered>1.00</SAPRecovered><ShPPRecovered>1.00</ShPPRecovered>"
    "<SPBPRecovered>1.00</SPBPRecovered><SNCPRecovered>1.00</SNCPRecovered>"
    "<NICCompensationOnSMP>1.00</NICCompensationOnSMP>"
    "<NICCompensationOnSPP>1.00</NICCompensationOnSPP>"
    "<NICCompensationOnSAP>1.00</NICCompensationOnSAP>"
    "<NICCompensationOnShPP>1.00</NICCompensationOnShPP>"
    "<NICCompensationOnSPBP>1.00</NICCompensationOnSPBP>"
    "<NICCompensationOnSNCP>1.00</NICCompensationOnSNCP>"
    "<CISDeductionsSuffered>1.00</CISDeductionsSuffered></RecoverableAmountsYTD>"
    "<ApprenticeshipLevy><LevyDueYTD>10.00</LevyDueYTD><TaxMonth>12</TaxMonth>"
    "<AnnualAllce>15000.00</AnnualAllce></ApprenticeshipLevy><Account>"
    "<AccountHoldersName>A Holder</AccountHoldersName><AccountNo>12345678</AccountNo>"
    "<SortCode>123456</SortCode><BuildingSocRef>R1</BuildingSocRef></Account>"
    "<RelatedTaxYear>25-26</RelatedTaxYear><FinalSubmission><ForYear>yes</ForYear>"
    "</FinalSubmission></EmployerPaymentSummary>";
constexpr const char* kSummary13 =
    "<EmployerPaymentSummary><EmpRefs><OfficeNo>120</OfficeNo><PayeRef>XB4471</PayeRef>"
    "<AORef>120PA00012345</AORef></EmpRefs>"
    "<NoPaymentForPeriod>yes</NoPaymentForPeriod><NoPaymentDates><From>2013-05-06</From>"
    "<To>2013-08-05</To></NoPaymentDates><PeriodOfInactivity><From>2013-09-06</From>"
    "<To>2013-12-05</To></PeriodOfInactivity><RecoverableAmountsYTD>"
    "<SSPRecovered>1.00</SSPRecovered><SMPRecovered>1.00</SMPRecovered>"
    "<OSPPRecovered>1.00</OSPPRecovered><SAPRecovered>1.00</SAPRecovered>"
    "<ASPPRecovered>1.00</ASPPRecovered><NICCompensationOnSMP>1.00</NICCompensationOnSMP>"
    "<NICCompensationOnOSPP>1.00</NICCompensationOnOSPP>"
    "<NICCompensationOnSAP>1.00</NICCompensationOnSAP>"
    "<NICCompensationOnASPP>1.00</NICCompensationOnASPP>"
    "<CISDeductionsSuffered>1.00</CISDeductionsSuffered><NICsHoliday>1.00</NICsHoliday>"
    "</RecoverableAmountsYTD><RelatedTaxYear>13-14</RelatedTaxYear><FinalSubmission>"
    "<BecauseSchemeCeased>yes</BecauseSchemeCeased><DateSchemeCeased>2014-01-05</DateSchemeCeased>"
    "</FinalSubmission></EmployerPaymentSummary>";
constexpr const char* kUpdate13 =
    "<EarlierYearUpdate><EmpRefs><OfficeNo>120</OfficeNo><PayeRef>XB4471</PayeRef>"
    "<AORef>120PA00012345</AORef><ECON>E3123456A</ECON></EmpRefs>"
    "<RelatedTaxYear>13-14</RelatedTaxYear><Employee><EmployeeDetails><NINO>AB123456A</NINO>"
    "<Name><Ttl>Ms</Ttl><Fore>Amy</Fore><Sur>Joseph</Sur></Name><BirthDate>1960-01-15</BirthDate>"
    "<Gender>F</Gender></EmployeeDetails><Employment><Starter><StartDate>2013-05-01</StartDate>"
    "<StartDec>A</StartDec><StudentLoan>yes</StudentLoan><Seconded><InOutUK>yes</InOutUK>"
    "<EEACitizen>yes</EEACitizen></Seconded><OccPension><Bereaved>yes</Bereaved>"
    "<Amount>1.00</Amount></OccPension></Starter><PayId>E17</PayId>"
    "<PaymentToANonIndividual>yes</PaymentToANonIndividual><LeavingDate>2014-01-05</LeavingDate>"
    "<Payment><TaxCode BasisNonCumulative=\"yes\">944L</TaxCode><TaxablePay>-40.00</TaxablePay>"
    "<BenefitsTaxedViaPayroll>-1.00</BenefitsTaxedViaPayroll>"
    "<EmpeePenContribnsPaid>-1.00</EmpeePenContribnsPaid>"
    "<EmpeePenContribnsNotPaid>-1.00</EmpeePenContribnsNotPaid>"
    "<StudentLoanRecovered>-1.00</StudentLoanRecovered><Tax>-10.00</Tax><SSP>-1.00</SSP>"
    "<SMP>-1.00</SMP><OSPP>-1.00</OSPP><SAP>-1.00</SAP><ASPP>-1.00</ASPP>"
    "<TrivialCommutationPayment type=\"A\">-1.00</TrivialCommutationPayment></Payment>"
    "<NIlettersAndValues><NIletter>A</NIletter><SCON>S1234567A</SCON>"
    "<GrossEarningsForNICs>-40.00</GrossEarningsForNICs><AtLEL>-1.00</AtLEL>"
    "<LELtoPT>-1.00</LELtoPT><PTtoUAP>-1.00</PTtoUAP><UAPtoUEL>-1.00</UAPtoUEL>"
    "<TotalEmpNIC>-1.00</TotalEmpNIC><EmpeeContribns>-1.00</EmpeeContribns>"
    "<NICRefund>yes</NICRefund></NIlettersAndValues></Employment></Employee></EarlierYearUpdate>";

std::string made_form(const char* form, const char* content) {
  return fmt::format(
      "<IRenvelope xmlns=\"http://www.govtalk.gov.uk/taxation/PAYE/RTI/{}\">{}{}</IRenvelope>",
      form, kHeader, content);
}

class SchemaOracle : public testing::TestWithParam<Year> {};

TEST_P(SchemaOracle, SaysOfEachOfThousandsOfDocumentsWhatTheReaderSays) {
  const std::string schema_text = text_of(conformance() / GetParam().folder / GetParam().schema);
  const bool own = *GetParam().made != '\0';
  const std::string form = own ? made_form(GetParam().message, GetParam().made)
                               : form_of_message(text_of(conformance() / GetParam().message));
  if (schema_text.empty() || form.empty()) {
    fmt::print("NOT READ: a schema of RTI is absent\n");
    return;
  }
  const XmlSchema schema = schema_of(schema_text);
  ASSERT_TRUE(schema.is_usable());
  ASSERT_TRUE(schema.accepts(read_xml(form).get())) << "the form that is spoilt is whole";
  ASSERT_EQ(tests::fault_in(form, beyond_the_schema), std::nullopt);

  constexpr int documents = 4'000;
  int valid = 0;
  std::map<std::string, int> only_ours;
  std::map<std::string, std::string> only_theirs;
  for (int seed = 1; seed <= documents; ++seed) {
    const std::string text = tests::spoilt(form, static_cast<std::uint64_t>(seed));
    const bool good = schema.accepts(read_xml(text).get());
    if (good) ++valid;
    const auto fault = tests::fault_in(text, beyond_the_schema);
    if (good && fault) ++only_ours[*fault];
    if (!good && !fault) only_theirs.emplace(fmt::format("seed {}", seed), text);
  }
  for (const auto& [fault, count] : only_ours) {
    ADD_FAILURE() << "the schema accepts what the reader refuses " << count << " times: " << fault;
  }
  for (const auto& [seed, text] : only_theirs) {
    ADD_FAILURE() << "the schema refuses what the reader accepts: " << seed << "\n" << text;
  }
  EXPECT_GT(valid, documents / 20);
  EXPECT_LT(valid, documents / 2);
}

constexpr const char* kOld = "rti/craigfrancis+hmrc-rti/artefacts/2013-14/";
constexpr const char* kNew = "rti/shynne109+hmrc/src/PAYE/";
constexpr Year kYears[] = {
    {"FpsOf2025To26", kNew, "FullPaymentSubmission-2026-v1-0.xsd",
     "rti/shynne109+hmrc/extracted/FPS-25-26-recognition-style.xml"},
    {"FpsOf2013To14", kOld, "FPS.xsd", "rti/craigfrancis+hmrc-rti/artefacts/2013-14/FPS.xml"},
    {"EpsOf2025To26", kNew, "EmployerPaymentSummary-2026-v1-0.xsd",
     "EmployerPaymentSummary/25-26/1", kSummary25},
    {"EpsOf2013To14", kOld, "EPS.xsd", "EmployerPaymentSummary/13-14/2", kSummary13},
    {"EyuOf2013To14", kOld, "EYU.xsd", "EarlierYearUpdate/13-14/3", kUpdate13},
};

INSTANTIATE_TEST_SUITE_P(Years, SchemaOracle, testing::ValuesIn(kYears),
                         [](const auto& year) { return std::string(year.param.name); });

}  // namespace
}  // namespace ig::adapters::rti
