#include "adapters/sandbox/rtii_row.hpp"

#include "adapters/sandbox/hal.hpp"

#include <fmt/format.h>

namespace ig::adapters::sandbox {
namespace {

/// Writes what is asked for and nothing else.
class Fields {
 public:
  Fields(wire::json::Writer& out, const std::set<std::string_view>& wanted)
      : out_(out), wanted_(wanted) {}
  void text(std::string_view name, std::string_view value) {
    if (wanted(name) && !value.empty()) out_.member(name, value);
  }
  void money(std::string_view name, std::int64_t pence) {
    if (wanted(name)) out_.key(name).raw(amount(pence));
  }
  void number(std::string_view name, std::int64_t value) {
    if (wanted(name)) out_.member(name, value);
  }
  void digits(std::string_view name, std::string_view value) {
    if (wanted(name)) out_.key(name).raw(value);
  }
  void day(std::string_view name, const std::optional<Day>& value) {
    if (value && wanted(name)) out_.member(name, sandbox::text(*value));
  }
  [[nodiscard]] bool wanted(std::string_view name) const { return wanted_.contains(name); }

 private:
  wire::json::Writer& out_;
  const std::set<std::string_view>& wanted_;
};

void write_who(Fields& out, const RtiiRow& row) {
  const Person& person = row.person;
  std::string initials = person.forename.substr(0, 1);
  initials.append(row.second_forename.substr(0, 1));
  out.text("nationalInsuranceNumber", person.nino);
  out.text("surname", person.surname);
  out.text("forename", person.forename);
  out.text("secondForename", row.second_forename);
  out.text("initials", initials);
  out.day("dateOfBirth", person.born);
  out.text("gender", std::string_view(&person.gender, 1));
}

void write_employment(Fields& out, const RtiiRow& row) {
  const PaidRow& paid = row.paid;
  out.text("hmrcOfficeNumber", paid.scheme->office);
  out.text("employerPayeRef", paid.scheme->reference);
  out.text("employerName1", employer_name(*paid.scheme).name);
  out.number("uniqueEmploymentSequenceNumber", paid.sequence);
  out.text("payrollId", paid.job->payroll_id);
  out.day("employmentStartDate", paid.job->started_on);
  out.day("employmentEndDate", paid.job->left_on);
}

void write_period(Fields& out, const RtiiRow& row) {
  const PaidRow& paid = row.paid;
  const int year = tax_year_start(paid.paid_on);
  out.text("taxYear", fmt::format("{:02}-{:02}", year % 100, (year + 1) % 100));
  out.text("taxYearIndicator", year == row.current_tax_year ? "C" : "P");
  out.day("paymentDate", paid.paid_on);
  out.text("payFrequency", frequency_code(paid.scheme->rhythm));
  const bool monthly = paid.scheme->rhythm == Rhythm::monthly;
  out.number(monthly ? "monthlyPeriodNumber" : "weeklyPeriodNumber", paid.period);
  out.number("earningsPeriodsCovered", 1);
}

void write_sums(Fields& out, const PaidRow& paid) {
  const std::int64_t net = paid.pay - paid.taken.tax - paid.taken.employee_ni;
  out.money("taxablePayInPeriod", paid.pay);
  out.money("taxablePayToDate", paid.pay_to_date);
  out.money("taxDeductedOrRefunded", paid.taken.tax);
  out.money("totalTaxToDate", paid.tax_to_date);
  out.money("grossEarningsForNICs", paid.pay);
  out.money("grossEarningsForNICsYearToDate", paid.pay_to_date);
  out.money("employeesContributionsInPeriod", paid.taken.employee_ni);
  out.money("employeesContributionsYearToDate", paid.employee_ni_to_date);
  out.money("totalEmployerNIContributionsInPeriod", paid.taken.employer_ni);
  out.money("payAfterStatutoryDeductions", net);
  out.number("bacsPaymentAmount", net);
  for (const char* none :
       {"paymentsNotSubjectToTaxOrNICS", "valueOfDeductions", "benefitsTaxedViaPayroll",
        "employeePensionContributions", "employeePensionContributionsNotPaid",
        "itemsSubjectToClass1NIC", "benefitsTaxedYeartoDate", "pensionContributionsYearToDate",
        "pensionContributionsNotPaidYeartoDate"}) {
    out.money(none, 0);
  }
}

void write_record(Fields& out, const PaidRow& paid) {
  const auto day = sandbox::text(paid.paid_on);
  out.digits("uniquePaymentId", paid.id);
  out.text("paymentConfidenceStatus", "1");
  out.text("multipleIPSIndicator", "N");
  out.text("latePayeReportingReason", paid.late_reason);
  out.day("paymentNoLongerValid", paid.no_longer_valid);
  out.text("numberOfNormalHoursWorked", "D");
  out.text("niLetter", "A");
  out.text("taxCode", "1257L");
  out.text("schemeExemptFromElectronicFiling", "N");
  // A correction is received after what it corrects.
  const auto received =
      paid.late_reason.empty() ? day : sandbox::text(paid.paid_on + std::chrono::days{10});
  out.text("hmrcReceiptTimestamp", received + "T08:00:12Z");
  out.text("apiAvailableTimestamp", received + "T08:04:31Z");
  out.text("rtiReceivedDate", received);
}

}  // namespace

void write_rtii_row(wire::json::Writer& out, const RtiiRow& row) {
  out.begin_object();
  Fields fields(out, row.fields);
  write_period(fields, row);
  write_employment(fields, row);
  write_who(fields, row);
  write_sums(fields, row.paid);
  write_record(fields, row.paid);
  out.end_object();
}

}  // namespace ig::adapters::sandbox
