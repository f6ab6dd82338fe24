#include "adapters/sandbox/fps_message.hpp"

#include "adapters/sandbox/names.hpp"
#include "adapters/sandbox/payslip.hpp"
#include "adapters/wire/crypto/hmac.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace ig::adapters::sandbox {
namespace {

constexpr std::string_view kEnvelope = "http://www.govtalk.gov.uk/CM/envelope";
constexpr std::string_view kForm =
    "http://www.govtalk.gov.uk/taxation/PAYE/RTI/FullPaymentSubmission/25-26/1";
constexpr std::size_t kMarkLength = 28;  ///< base64 of 20 bytes

/// Text as C14N writes it.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string keys(const Scheme& scheme) {
  return fmt::format(
      "<Keys><Key Type=\"TaxOfficeNumber\">{}</Key><Key "
      "Type=\"TaxOfficeReference\">{}</Key></Keys>",
      scheme.office, escaped(scheme.reference));
}

/// Periods of the tax year that a to-date figure covers, this one included.
int periods_so_far(const FpsEmployee& e) {
  const int index = e.rhythm == Rhythm::four_weekly ? e.period / 4 : e.period;
  if (e.pay == 0) return index;
  return static_cast<int>(std::clamp<std::int64_t>(e.pay_to_date / e.pay, 1, index));
}

void write_person(std::back_insert_iterator<std::string> out, const FpsEmployee& e) {
  fmt::format_to(out, "<Employee><EmployeeDetails>");
  if (!e.without_number) fmt::format_to(out, "<NINO>{}</NINO>", e.person.nino);
  fmt::format_to(out, "<Name><Ttl>{}</Ttl><Fore>{}</Fore><Sur>{}</Sur></Name>",
                 e.person.gender == 'F' ? "Ms" : "Mr", escaped(e.person.forename),
                 escaped(e.person.surname));
  if (e.with_address || e.without_number || e.started_on) {
    fmt::format_to(out, "<Address><Line>{} Invented Street</Line><Line>Nowhere</Line></Address>",
                   static_cast<unsigned>(std::chrono::year_month_day{e.person.born}.day()));
  }
  fmt::format_to(out, "<BirthDate>{}</BirthDate><Gender>{}</Gender></EmployeeDetails>",
                 text(e.person.born), e.person.gender);
}

void write_payment(std::back_insert_iterator<std::string> out, const FpsEmployee& e,
                   const Deductions& d) {
  const std::string_view label = e.rhythm == Rhythm::monthly ? "MonthNo" : "WeekNo";
  fmt::format_to(out,
                 "<Payment><PayFreq>{0}</PayFreq><PmtDate>{1}</PmtDate><{2}>{3}</{2}>"
                 "<PeriodsCovered>1</PeriodsCovered><HoursWorked>D</HoursWorked>"
                 "<TaxCode>1257L</TaxCode><TaxablePay>{4}</TaxablePay>"
                 "<PayAfterStatDedns>{5}</PayAfterStatDedns>"
                 "<TaxDeductedOrRefunded>{6}</TaxDeductedOrRefunded></Payment>",
                 frequency_code(e.rhythm), text(e.paid_on), label, e.period, decimal(e.pay),
                 decimal(e.pay - d.tax - d.employee_ni), decimal(d.tax));
}

void write_insurance(std::back_insert_iterator<std::string> out, const FpsEmployee& e,
                     const Deductions& d, int n) {
  fmt::format_to(out,
                 "<NIlettersAndValues><NIletter>A</NIletter>"
                 "<GrossEarningsForNICsInPd>{}</GrossEarningsForNICsInPd>"
                 "<GrossEarningsForNICsYTD>{}</GrossEarningsForNICsYTD>"
                 "<AtLELYTD>{}</AtLELYTD><LELtoPTYTD>{}</LELtoPTYTD><PTtoUELYTD>{}</PTtoUELYTD>"
                 "<TotalEmpNICInPd>{}</TotalEmpNICInPd><TotalEmpNICYTD>{}</TotalEmpNICYTD>"
                 "<EmpeeContribnsInPd>{}</EmpeeContribnsInPd>"
                 "<EmpeeContribnsYTD>{}</EmpeeContribnsYTD></NIlettersAndValues>",
                 decimal(e.pay), decimal(e.pay_to_date), decimal(d.lower * n),
                 decimal(d.to_primary * n), decimal(d.to_upper * n), decimal(d.employer_ni),
                 decimal(d.employer_ni * n), decimal(d.employee_ni), decimal(d.employee_ni * n));
}

}  // namespace

FpsMessage::FpsMessage(const Scheme& scheme, Day paid_on, Sink sink) : sink_(std::move(sink)) {
  outside(fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<GovTalkMessage xmlns=\"{}\">"
      "<EnvelopeVersion>2.0</EnvelopeVersion><Header><MessageDetails>"
      "<Class>HMRC-PAYE-RTI-FPS</Class><Qualifier>request</Qualifier><Function>submit</Function>"
      "<CorrelationID></CorrelationID><Transformation>XML</Transformation>"
      "<GatewayTimestamp>{}T08:00:00</GatewayTimestamp></MessageDetails></Header>"
      "<GovTalkDetails>{}<TargetDetails><Organisation>IR</Organisation></TargetDetails>"
      "<ChannelRouting><Channel><URI>0000</URI><Product>sandbox</Product><Version>1</Version>"
      "</Channel></ChannelRouting></GovTalkDetails>\n",
      kEnvelope, text(paid_on), keys(scheme)));
  // Canonical Body names its namespace; in the document the envelope has done so.
  outside("<Body>");
  digest_.feed(fmt::format("<Body xmlns=\"{}\">", kEnvelope));
  body(
      fmt::format("<IRenvelope xmlns=\"{}\"><IRheader>{}<PeriodEnd>{}</PeriodEnd>"
                  "<DefaultCurrency>GBP</DefaultCurrency>",
                  kForm, keys(scheme), text(paid_on)));
  outside("<IRmark Type=\"generic\">");
  mark_position_ = written_;
  outside(std::string(kMarkLength, '0') + "</IRmark>");
  body(
      fmt::format("<Sender>Employer</Sender></IRheader>\n<FullPaymentSubmission><EmpRefs>"
                  "<OfficeNo>{}</OfficeNo><PayeRef>{}</PayeRef><AORef>{}</AORef></EmpRefs>"
                  "<RelatedTaxYear>25-26</RelatedTaxYear>\n",
                  scheme.office, escaped(scheme.reference), scheme.accounts));
}

void FpsMessage::add(const FpsEmployee& e) {
  const Deductions d = deductions(e.pay, e.rhythm);
  const int n = periods_so_far(e);
  std::string employee;
  employee.reserve(1'536);
  const auto out = std::back_inserter(employee);
  write_person(out, e);
  fmt::format_to(out, "<Employment>");
  if (e.started_on) {
    fmt::format_to(out, "<Starter><StartDate>{}</StartDate><StartDec>C</StartDec></Starter>",
                   text(*e.started_on));
  }
  fmt::format_to(out, "<PayId>{}</PayId>", escaped(e.payroll_id));
  if (e.left_on) fmt::format_to(out, "<LeavingDate>{}</LeavingDate>", text(*e.left_on));
  fmt::format_to(out,
                 "<FiguresToDate><TaxablePay>{}</TaxablePay><TotalTax>{}</TotalTax>"
                 "<StudentLoansTD>0.00</StudentLoansTD><PostgradLoansTD>0.00</PostgradLoansTD>"
                 "<BenefitsTaxedViaPayrollYTD>0.00</BenefitsTaxedViaPayrollYTD>"
                 "<EmpeePenContribnsPaidYTD>0.00</EmpeePenContribnsPaidYTD></FiguresToDate>",
                 decimal(e.pay_to_date), decimal(d.tax * n));
  write_payment(out, e, d);
  write_insurance(out, e, d, n);
  fmt::format_to(out, "</Employment></Employee>\n");
  body(employee);
}

std::string FpsMessage::finish() {
  body("</FullPaymentSubmission></IRenvelope></Body>");
  outside("</GovTalkMessage>\n");
  const auto digest = digest_.finish();
  return wire::crypto::base64(
      std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

void FpsMessage::outside(std::string_view bytes) {
  written_ += bytes.size();
  sink_(bytes);
}

void FpsMessage::body(std::string_view bytes) {
  digest_.feed(bytes);
  outside(bytes);
}

}  // namespace ig::adapters::sandbox
