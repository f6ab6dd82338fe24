#include "adapters/hmrc/rtii_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace ig::adapters::hmrc {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::ports::Purpose;

constexpr std::array<RtiiField, 83> kFields = {{
    {"taxYear", RtiiGroup::period},
    {"taxYearIndicator", RtiiGroup::period},
    {"paymentDate", RtiiGroup::period},
    {"payFrequency", RtiiGroup::period},
    {"weeklyPeriodNumber", RtiiGroup::period},
    {"monthlyPeriodNumber", RtiiGroup::period},
    {"earningsPeriodsCovered", RtiiGroup::period},
    {"hmrcOfficeNumber", RtiiGroup::employer},
    {"employerPayeRef", RtiiGroup::employer},
    {"employerName1", RtiiGroup::employer},
    {"employerName2", RtiiGroup::employer},
    {"employerTradeName1", RtiiGroup::employer},
    {"employerTradeName2", RtiiGroup::employer},
    {"nationalInsuranceNumber", RtiiGroup::person},
    {"surname", RtiiGroup::person},
    {"forename", RtiiGroup::person},
    {"secondForename", RtiiGroup::person},
    {"initials", RtiiGroup::person},
    {"dateOfBirth", RtiiGroup::person},
    {"gender", RtiiGroup::person},
    {"uniqueEmploymentSequenceNumber", RtiiGroup::employment},
    {"payrollId", RtiiGroup::employment},
    {"employmentStartDate", RtiiGroup::employment},
    {"employmentEndDate", RtiiGroup::employment},
    {"taxablePayInPeriod", RtiiGroup::payment},
    {"paymentsNotSubjectToTaxOrNICS", RtiiGroup::payment},
    {"valueOfDeductions", RtiiGroup::payment},
    {"payAfterStatutoryDeductions", RtiiGroup::payment},
    {"benefitsTaxedViaPayroll", RtiiGroup::payment},
    {"employeePensionContributions", RtiiGroup::payment},
    {"employeePensionContributionsNotPaid", RtiiGroup::payment},
    {"itemsSubjectToClass1NIC", RtiiGroup::payment},
    {"taxDeductedOrRefunded", RtiiGroup::payment},
    {"grossEarningsForNICs", RtiiGroup::payment},
    {"employeesContributionsInPeriod", RtiiGroup::payment},
    {"totalEmployerNIContributionsInPeriod", RtiiGroup::payment},
    {"taxablePayToDate", RtiiGroup::year_to_date},
    {"totalTaxToDate", RtiiGroup::year_to_date},
    {"employeesContributionsYearToDate", RtiiGroup::year_to_date},
    {"benefitsTaxedYeartoDate", RtiiGroup::year_to_date},
    {"pensionContributionsYearToDate", RtiiGroup::year_to_date},
    {"pensionContributionsNotPaidYeartoDate", RtiiGroup::year_to_date},
    {"grossEarningsForNICsYearToDate", RtiiGroup::year_to_date},
    {"statutoryMaternityPayYeartoDate", RtiiGroup::statutory_pay},
    {"statutoryPaternityPayYearToDate", RtiiGroup::statutory_pay},
    {"valueofStatutoryAdoptionPayYearToDate", RtiiGroup::statutory_pay},
    {"sharedParentalPayYearToDate", RtiiGroup::statutory_pay},
    {"numberOfNormalHoursWorked", RtiiGroup::flag},
    {"paymentAfterLeaving", RtiiGroup::flag},
    {"irregularPayment", RtiiGroup::flag},
    {"onStrikeWithinPayPeriod", RtiiGroup::flag},
    {"unpaidAbsencePayPeriod", RtiiGroup::flag},
    {"occPenIndicator", RtiiGroup::flag},
    {"flexiblyAccessingPensionRights", RtiiGroup::flag},
    {"pensionsDeathBenefit", RtiiGroup::flag},
    {"seriousillHealthLumpSum", RtiiGroup::flag},
    {"taxCodeBasisisNonCumulative", RtiiGroup::flag},
    {"schemeExemptFromElectronicFiling", RtiiGroup::flag},
    {"uniquePaymentId", RtiiGroup::record},
    {"paymentConfidenceStatus", RtiiGroup::record},
    {"multipleIPSIndicator", RtiiGroup::record},
    {"bacsPaymentAmount", RtiiGroup::record},
    {"latePayeReportingReason", RtiiGroup::record},
    {"paymentNoLongerValid", RtiiGroup::record},
    {"niLetter", RtiiGroup::insurance_and_tax},
    {"directorsNIC", RtiiGroup::insurance_and_tax},
    {"taxWeekNumberOfAppointmentOfDirector", RtiiGroup::insurance_and_tax},
    {"taxCode", RtiiGroup::insurance_and_tax},
    {"taxRegime", RtiiGroup::insurance_and_tax},
    {"flexibleDrawdownTaxablePayment", RtiiGroup::lump_sum},
    {"flexibleDrawdownNonTaxablePayment", RtiiGroup::lump_sum},
    {"trivialCommutationPaymentTypeA", RtiiGroup::lump_sum},
    {"trivialCommutationPaymentTypeB", RtiiGroup::lump_sum},
    {"trivialCommutationPaymentTypeC", RtiiGroup::lump_sum},
    {"annualAmountOfOccupationalPension", RtiiGroup::lump_sum},
    {"partnerSurnameOrFamilyName", RtiiGroup::partner},
    {"partnerForenameOrGivenName", RtiiGroup::partner},
    {"partnerSecondForename", RtiiGroup::partner},
    {"partnerInitials", RtiiGroup::partner},
    {"partnerNINO", RtiiGroup::partner},
    {"hmrcReceiptTimestamp", RtiiGroup::timestamp},
    {"apiAvailableTimestamp", RtiiGroup::timestamp},
    {"rtiReceivedDate", RtiiGroup::timestamp},
}};

constexpr std::array<RtiiField, 83> sorted_fields() {
  auto out = kFields;
  std::ranges::sort(out, {}, &RtiiField::name);
  return out;
}
constexpr auto kSorted = sorted_fields();

/// What the ledger weighs.
constexpr std::string_view kWatch[] = {
    "taxYear",
    "hmrcOfficeNumber",
    "employerPayeRef",
    "employerName1",
    "uniqueEmploymentSequenceNumber",
    "payrollId",
    "employmentStartDate",
    "employmentEndDate",
    "payFrequency",
    "paymentDate",
    "weeklyPeriodNumber",
    "monthlyPeriodNumber",
    "earningsPeriodsCovered",
    "taxablePayInPeriod",
    "taxablePayToDate",
    "benefitsTaxedViaPayroll",
    "employeePensionContributions",
    "pensionContributionsYearToDate",
    "employeePensionContributionsNotPaid",
    "grossEarningsForNICs",
    "statutoryMaternityPayYeartoDate",
    "statutoryPaternityPayYearToDate",
    "valueofStatutoryAdoptionPayYearToDate",
    "sharedParentalPayYearToDate",
    "paymentAfterLeaving",
    "irregularPayment",
    "onStrikeWithinPayPeriod",
    "unpaidAbsencePayPeriod",
    "occPenIndicator",
    "flexiblyAccessingPensionRights",
    "pensionsDeathBenefit",
    "seriousillHealthLumpSum",
    "flexibleDrawdownTaxablePayment",
    "trivialCommutationPaymentTypeA",
    "trivialCommutationPaymentTypeB",
    "trivialCommutationPaymentTypeC",
    "directorsNIC",
    "uniquePaymentId",
    "latePayeReportingReason",
    "paymentNoLongerValid",
    "hmrcReceiptTimestamp",
    "apiAvailableTimestamp",
};

/// What a caseworker is shown beside it.
constexpr std::string_view kShown[] = {
    "employerName2",
    "paymentsNotSubjectToTaxOrNICS",
    "numberOfNormalHoursWorked",
    "paymentConfidenceStatus",
};

}  // namespace

std::span<const RtiiField> rtii_fields() noexcept { return kFields; }

const RtiiField* rtii_field(std::string_view name) noexcept {
  const auto* found = std::ranges::lower_bound(kSorted, name, {}, &RtiiField::name);
  return found != kSorted.end() && found->name == name ? found : nullptr;
}

std::vector<std::string> default_rtii_fields(Purpose purpose) {
  if (purpose == Purpose::check) return {"paymentDate"};
  std::vector<std::string> out(std::begin(kWatch), std::end(kWatch));
  if (purpose != Purpose::watch) out.insert(out.end(), std::begin(kShown), std::end(kShown));
  return out;
}

Result<void> check_rtii_fields(std::span<const std::string> names) {
  if (names.empty()) {
    return fail(ErrorCode::CONFIG_INVALID, {}, "a list of fields of real-time income is empty");
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (rtii_field(names[i]) == nullptr) {
      return fail(ErrorCode::CONFIG_INVALID, fmt::format("/{}", i),
                  "not a field of Real Time Income Information 1.0");
    }
    if (!seen.insert(names[i]).second) {
      return fail(ErrorCode::CONFIG_INVALID, fmt::format("/{}", i), "the field is listed twice");
    }
  }
  return {};
}

}  // namespace ig::adapters::hmrc
