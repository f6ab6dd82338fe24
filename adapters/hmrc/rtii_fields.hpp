#pragma once

#include "core/base/result.hpp"
#include "core/ports/fetched.hpp"

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The fields of Real Time Income Information 1.0, spelt as HMRC spells them, and which of them are
/// asked for. HMRC sends what was asked and lies inside our scope; the rest never leaves it.
namespace ig::adapters::hmrc {

enum class RtiiGroup : std::uint8_t {
  period,
  employer,
  person,
  employment,
  payment,
  year_to_date,
  statutory_pay,
  flag,
  record,
  insurance_and_tax,
  lump_sum,
  partner,
  timestamp,
};

struct RtiiField {
  std::string_view name;
  RtiiGroup group;
};

/// All 83.
inline constexpr std::array<RtiiField, 83> kRtiiFields = {{
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
[[nodiscard]] constexpr std::span<const RtiiField> rtii_fields() noexcept { return kRtiiFields; }

/// The name of a field, by its place among all of them. A name that is no field does not compile.
class RtiiName {
 public:
  consteval RtiiName(const char* name) : place_(place_of(name)) {}
  [[nodiscard]] constexpr std::size_t place() const noexcept { return place_; }
  [[nodiscard]] constexpr std::string_view text() const noexcept {
    return kRtiiFields[place_].name;
  }

 private:
  static consteval std::size_t place_of(std::string_view name) {
    std::size_t place = 0;
    while (kRtiiFields[place].name != name) ++place;  // past the end: not a constant expression
    return place;
  }

  std::size_t place_;
};

/// Some of the fields, by their places.
using RtiiFieldSet = std::bitset<kRtiiFields.size()>;
/// Their names, sorted.
[[nodiscard]] std::vector<std::string> names_of(const RtiiFieldSet& fields);

/// The field of that name; nullptr when there is none.
[[nodiscard]] const RtiiField* rtii_field(std::string_view name) noexcept;

/// What is asked for where the configuration names nothing. For pay inside the year: what the
/// ledger reads. For a new case and a review also what a caseworker is shown beside it. For a check
/// of the connection: one field.
[[nodiscard]] std::vector<std::string> default_rtii_fields(core::ports::Purpose purpose);

/// Whether a list from the configuration may be asked for. Errors: CONFIG_INVALID (empty, a name
/// that is no field, a name twice), with the name's place as "/3".
[[nodiscard]] core::base::Result<void> check_rtii_fields(std::span<const std::string> names);

}  // namespace ig::adapters::hmrc
