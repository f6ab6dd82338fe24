#include "adapters/rti/form.hpp"

#include "adapters/rti/form_rules.hpp"

#include <algorithm>
#include <array>

/// The tables follow HMRC's FullPaymentSubmission schemas of 2025-26 (v1.0) and 2013-14 (v2.0).
namespace ig::adapters::rti {
namespace {

constexpr Particle leaf(El element, const ValueRule& rule) {
  Particle out;
  out.element = element;
  out.value = &rule;
  return out;
}

constexpr Particle group(El element, std::span<const Particle> content) {
  Particle out;
  out.element = element;
  out.content = content;
  return out;
}

constexpr AttributeRule kAttributesOfKey[] = {{"Type", false, &kHeaderText}};
constexpr AttributeRule kAttributesOfEmail[] = {{"Type", false, &kHomeOrWork},
                                                {"Preferred", false, &kYesOrNo}};
constexpr AttributeRule kAttributesOfTelephone[] = {
    {"Type", false, &kHomeOrWork}, {"Mobile", false, &kYesOrNo}, {"Preferred", false, &kYesOrNo}};
constexpr AttributeRule kAttributesOfIRmark[] = {{"Type", true, &kMarkType}};
constexpr AttributeRule kAttributesOfTaxCode[] = {{"BasisNonCumulative", false, &kYes},
                                                  {"TaxRegime", false, &kTaxRegime}};
constexpr AttributeRule kAttributesOfStudentLoanRecovered[] = {{"PlanType", true, &kPlanType}};
constexpr AttributeRule kAttributesOfTrivialCommutationPayment[] = {{"type", true, &kAToC}};
constexpr AttributeRule kAttributesOfCompressedPart[] = {{"Type", false, &kZipType}};
constexpr AttributeRule kAttributesOfTaxCode13[] = {{"BasisNonCumulative", false, &kYes}};

constexpr Particle kKeys[] = {
    leaf(El::Key, kHeaderText).times(1, kMany).gives(Field::key).with(kAttributesOfKey),
};
constexpr Particle kContactName[] = {
    leaf(El::Ttl, kContactTitle).optional(),
    leaf(El::Fore, kContactFore).times(1, 2),
    leaf(El::Sur, kContactSur),
};
constexpr Particle kTelephoneParts[] = {
    leaf(El::Number, kTelephone),
    leaf(El::Extension, kExtension).optional(),
};
constexpr Particle kContact[] = {
    group(El::Name, kContactName).optional(),
    leaf(El::Email, kEmail).times(0, kMany).with(kAttributesOfEmail),
    group(El::Telephone, kTelephoneParts).times(0, kMany).with(kAttributesOfTelephone),
    group(El::Fax, kTelephoneParts).times(0, kMany).with(kAttributesOfTelephone),
};
constexpr Particle kPrincipal[] = {
    group(El::Contact, kContact),
};
constexpr Particle kAgentAddressOf[] = {
    leaf(El::Line, kAgentAddress).times(1, 4),
    leaf(El::PostCode, kAgentPostcode).optional(),
    leaf(El::Country, kAgentAddress).optional(),
};
constexpr Particle kAgent[] = {
    leaf(El::AgentID, kHeaderText35).optional(),
    leaf(El::Company, kHeaderText35).optional(),
    group(El::Address, kAgentAddressOf).optional(),
    group(El::Contact, kContact).optional(),
};
constexpr Particle kReference[] = {
    leaf(El::Namespace, kAny),
    leaf(El::SchemaVersion, kSchemaVersion),
    leaf(El::TopElementName, kAny),
};
constexpr Particle kContains[] = {
    group(El::Reference, kReference).times(1, kMany),
};
constexpr Particle kManifest[] = {
    group(El::Contains, kContains),
};
constexpr Particle kIRheader[] = {
    group(El::Keys, kKeys).optional(),
    leaf(El::PeriodEnd, kDateZoned).gives(Field::period_end),
    group(El::Principal, kPrincipal).optional(),
    group(El::Agent, kAgent).optional(),
    leaf(El::DefaultCurrency, kCurrency).optional(),
    group(El::Manifest, kManifest).optional(),
    leaf(El::IRmark, kAny).optional().gives(Field::irmark).with(kAttributesOfIRmark),
    leaf(El::Sender, kSender),
};
constexpr Particle kEmpRefs[] = {
    leaf(El::OfficeNo, kOfficeNo).gives(Field::office).essential(),
    leaf(El::PayeRef, kPayeRef).gives(Field::paye_ref).essential(),
    leaf(El::AORef, kAccountsOffice),
    leaf(El::SAUTR, kUtr).optional(),
    leaf(El::COTAXRef, kUtr).optional(),
};
constexpr Particle kEmployeeName[] = {
    leaf(El::Ttl, kTitle).optional(),
    leaf(El::Fore, kName).times(0, 2).gives(Field::forename),
    leaf(El::Initials, kInitials).optional(),
    leaf(El::Sur, kName).gives(Field::surname),
};
constexpr Particle kHomeAddress[] = {
    leaf(El::Line, kAddressLine).times(0, 4),
    leaf(El::UKPostcode, kHomePostcode).either(1).optional(),
    leaf(El::ForeignCountry, kCountry).either(1).optional(),
};
constexpr Particle kPartnerName[] = {
    leaf(El::Fore, kName).times(0, 2),
    leaf(El::Initials, kInitials).optional(),
    leaf(El::Sur, kName),
};
constexpr Particle kPartnerDetails[] = {
    leaf(El::NINO, kNino).optional(),
    group(El::Name, kPartnerName),
};
constexpr Particle kEmployeeDetails[] = {
    leaf(El::NINO, kNino).optional().gives(Field::nino),
    group(El::Name, kEmployeeName),
    group(El::Address, kHomeAddress).optional(),
    leaf(El::BirthDate, kDate).optional().gives(Field::born),
    leaf(El::Gender, kGender).gives(Field::gender),
    leaf(El::PassportNumber, kPassport).optional(),
    group(El::PartnerDetails, kPartnerDetails).optional(),
};
constexpr Particle kSeconded[] = {
    leaf(El::Stay183DaysOrMore, kYes).either(1).optional(),
    leaf(El::StayLessThan183Days, kYes).either(1).optional(),
    leaf(El::InOutUK, kYes).either(1).optional(),
    leaf(El::EEACitizen, kYes).optional(),
    leaf(El::EPM6, kYes).optional(),
};
constexpr Particle kOccPension[] = {
    leaf(El::Bereaved, kYes).optional(),
    leaf(El::Amount, kMoneyNotNegative),
};
constexpr Particle kStatePension[] = {
    leaf(El::Bereaved, kYes).optional(),
    leaf(El::Amount, kMoneyPositive),
};
constexpr Particle kStarter[] = {
    leaf(El::StartDate, kDate).optional().gives(Field::started_on),
    leaf(El::StartDec, kAToC).optional(),
    leaf(El::StudentLoan, kYes).optional(),
    leaf(El::PostgradLoan, kYes).optional(),
    group(El::Seconded, kSeconded).optional(),
    group(El::OccPension, kOccPension).optional(),
    group(El::StatePension, kStatePension).optional(),
};
constexpr Particle kPayIdChgd[] = {
    leaf(El::PayrollIdChangedIndicator, kYes),
    leaf(El::OldPayrollId, kPayrollId).optional().gives(Field::old_payroll_id),
};
constexpr Particle kFiguresToDate[] = {
    leaf(El::TaxablePay, kMoneyNotNegative).gives(Field::taxable_to_date).essential(),
    leaf(El::TotalTax, kMoney),
    leaf(El::StudentLoansTD, kPoundsNotNegative).optional(),
    leaf(El::PostgradLoansTD, kPoundsNotNegative).optional(),
    leaf(El::BenefitsTaxedViaPayrollYTD, kMoneyNotNegative).optional(),
    leaf(El::EmpeePenContribnsPaidYTD, kMoneyNotNegative)
        .optional()
        .gives(Field::net_pay_pension_to_date),
    leaf(El::EmpeePenContribnsNotPaidYTD, kMoneyNotNegative).optional(),
};
constexpr Particle kFreeFuel[] = {
    leaf(El::Provided, kDateInYear),
    leaf(El::CashEquiv, kMoney),
    leaf(El::Withdrawn, kDateInYear).optional(),
};
constexpr Particle kCar[] = {
    leaf(El::Make, kCarMake),
    leaf(El::FirstRegd, kDate),
    leaf(El::CO2, kCo2),
    leaf(El::ZeroEmissionsMileage, kMileage).optional(),
    leaf(El::Fuel, kFuel),
    leaf(El::ID, kCarId).optional(),
    leaf(El::Amendment, kYesOrNo),
    leaf(El::Price, kMoneyCarPrice),
    leaf(El::AvailFrom, kDateInYear),
    leaf(El::CashEquiv, kMoney),
    leaf(El::AvailTo, kDateInYear).optional(),
    group(El::FreeFuel, kFreeFuel).optional(),
};
constexpr Particle kBenefits[] = {
    group(El::Car, kCar).times(1, 15),
};
constexpr Particle kFlexibleDrawdown[] = {
    leaf(El::FlexiblyAccessingPensionRights, kYes).either(1).gives(Field::lump_sum_kind),
    leaf(El::PensionDeathBenefit, kYes).either(1).gives(Field::lump_sum_kind),
    leaf(El::SeriousIllHealthLumpSum, kYes).either(1).gives(Field::lump_sum_kind),
    leaf(El::PensionCommencementExcessLumpSum, kYes).either(1).gives(Field::lump_sum_kind),
    leaf(El::StandAloneLumpSum, kYes).either(1).gives(Field::lump_sum_kind),
    leaf(El::TaxablePayment, kMoney).optional().gives(Field::lump_sum_taxable),
    leaf(El::NontaxablePayment, kMoney).optional(),
};
constexpr Particle kPayment[] = {
    leaf(El::PayFreq, kPayFreq).gives(Field::frequency).essential(),
    leaf(El::PmtDate, kDateInYear).gives(Field::paid_on).essential(),
    leaf(El::LateReason, kLateReason).optional().gives(Field::late_reason),
    leaf(El::WeekNo, kWeek).either(1).gives(Field::week),
    leaf(El::MonthNo, kMonth).either(1).gives(Field::month),
    leaf(El::PeriodsCovered, kPeriods).gives(Field::periods),
    leaf(El::AggregatedEarnings, kYes).optional().gives(Field::aggregated),
    leaf(El::PmtAfterLeaving, kYes).optional().gives(Field::after_leaving),
    leaf(El::HoursWorked, kHoursWorked).gives(Field::hours),
    leaf(El::TaxCode, kTaxCode).with(kAttributesOfTaxCode),
    leaf(El::TaxablePay, kMoney).gives(Field::taxable_pay).essential(),
    leaf(El::NonTaxOrNICPmt, kMoney).optional().gives(Field::non_taxable),
    leaf(El::DednsFromNetPay, kMoney).optional(),
    leaf(El::PayAfterStatDedns, kMoney).optional(),
    leaf(El::BenefitsTaxedViaPayroll, kMoney).optional().gives(Field::benefits),
    leaf(El::Class1ANICsYTD, kMoneyNotNegative).optional(),
    group(El::Benefits, kBenefits).optional(),
    leaf(El::EmpeePenContribnsPaid, kMoney).optional().gives(Field::net_pay_pension),
    leaf(El::ItemsSubjectToClass1NIC, kMoney).optional(),
    leaf(El::EmpeePenContribnsNotPaid, kMoney).optional().gives(Field::other_pension),
    leaf(El::StudentLoanRecovered, kPounds).optional().with(kAttributesOfStudentLoanRecovered),
    leaf(El::PostgradLoanRecovered, kPounds).optional(),
    leaf(El::TaxDeductedOrRefunded, kMoneyTax),
    leaf(El::OnStrike, kYes).optional().gives(Field::on_strike),
    leaf(El::UnpaidAbsence, kYes).optional().gives(Field::unpaid_absence),
    leaf(El::SMPYTD, kMoneyStatutory).optional().gives(Field::smp),
    leaf(El::SPPYTD, kMoneyStatutory).optional().gives(Field::spp),
    leaf(El::SAPYTD, kMoneyStatutory).optional().gives(Field::sap),
    leaf(El::ShPPYTD, kMoneyStatutory).optional().gives(Field::shpp),
    leaf(El::SPBPYTD, kMoneyStatutory).optional().gives(Field::spbp),
    leaf(El::SNCPYTD, kMoneyStatutory).optional().gives(Field::sncp),
    leaf(El::TrivialCommutationPayment, kPounds)
        .times(0, 3)
        .gives(Field::trivial_commutation)
        .with(kAttributesOfTrivialCommutationPayment),
    group(El::FlexibleDrawdown, kFlexibleDrawdown).optional(),
};
constexpr Particle kNIlettersAndValues[] = {
    leaf(El::NIletter, kNIletter),
    leaf(El::GrossEarningsForNICsInPd, kMoney).gives(Field::nic_gross),
    leaf(El::GrossEarningsForNICsYTD, kMoneyNotNegative),
    leaf(El::AtLELYTD, kPoundsFourDigits),
    leaf(El::LELtoPTYTD, kMoneyFourDigits),
    leaf(El::PTtoUELYTD, kMoneyFiveDigits),
    leaf(El::TotalEmpNICInPd, kMoney),
    leaf(El::TotalEmpNICYTD, kMoneyNotNegative),
    leaf(El::EmpeeContribnsInPd, kMoney),
    leaf(El::EmpeeContribnsYTD, kMoneyNotNegative),
};
constexpr Particle kEmployment[] = {
    leaf(El::OffPayrollWorker, kYes).optional(),
    leaf(El::OccPenInd, kYes).optional().gives(Field::occupational_pension),
    leaf(El::DirectorsNIC, kDirector).optional().gives(Field::director),
    leaf(El::TaxWkOfApptOfDirector, kWeek).optional(),
    group(El::Starter, kStarter).optional(),
    leaf(El::EmployeeWorkplacePostcode, kPostcode).optional(),
    leaf(El::PayId, kPayrollId).optional().gives(Field::payroll_id),
    group(El::PayIdChgd, kPayIdChgd).optional(),
    leaf(El::PaymentToANonIndividual, kYes).optional().gives(Field::non_individual),
    leaf(El::IrrEmp, kYes).optional().gives(Field::irregular),
    leaf(El::LeavingDate, kLeavingDate).optional().gives(Field::left_on),
    group(El::FiguresToDate, kFiguresToDate).essential(),
    group(El::Payment, kPayment).essential(),
    group(El::NIlettersAndValues, kNIlettersAndValues).times(0, 4),
};
constexpr Particle kEmployee[] = {
    group(El::EmployeeDetails, kEmployeeDetails).essential(),
    group(El::Employment, kEmployment).times(1, 15).essential(),
};
constexpr Particle kFinalSubmission[] = {
    leaf(El::BecauseSchemeCeased, kYes).optional(),
    leaf(El::DateSchemeCeased, kDateInYear).optional(),
    leaf(El::ForYear, kYes).optional(),
};
constexpr Particle kFullPaymentSubmission[] = {
    group(El::EmpRefs, kEmpRefs).essential(),
    leaf(El::RelatedTaxYear, kShortYear).gives(Field::related_tax_year),
    group(El::Employee, kEmployee).either(1).times(0, kMany),
    leaf(El::CompressedPart, kBase64).either(1).optional().with(kAttributesOfCompressedPart),
    group(El::FinalSubmission, kFinalSubmission).optional(),
};
constexpr Particle kIRenvelope[] = {
    group(El::IRheader, kIRheader),
    group(El::FullPaymentSubmission, kFullPaymentSubmission).essential(),
};
constexpr Particle kEmpRefs13[] = {
    leaf(El::OfficeNo, kOfficeNo).gives(Field::office).essential(),
    leaf(El::PayeRef, kPayeRef).gives(Field::paye_ref).essential(),
    leaf(El::AORef, kAccountsOffice),
    leaf(El::ECON, kEcon).optional(),
    leaf(El::SAUTR, kUtr).either(1).optional(),
    leaf(El::COTAXRef, kUtr).either(1).optional(),
};
constexpr Particle kStarter13[] = {
    leaf(El::StartDate, kDate).optional().gives(Field::started_on),
    leaf(El::StartDec, kAToC).optional(),
    leaf(El::StudentLoan, kYes).optional(),
    group(El::Seconded, kSeconded).optional(),
    group(El::OccPension, kOccPension).optional(),
    group(El::StatePension, kStatePension).optional(),
};
constexpr Particle kFiguresToDate13[] = {
    leaf(El::TaxablePay, kMoneyNotNegative).gives(Field::taxable_to_date).essential(),
    leaf(El::TotalTax, kMoney),
    leaf(El::StudentLoansTD, kPoundsNotNegative).optional(),
    leaf(El::BenefitsTaxedViaPayrollYTD, kMoneyNotNegative).optional(),
    leaf(El::EmpeePenContribnsPaidYTD, kMoneyNotNegative)
        .optional()
        .gives(Field::net_pay_pension_to_date),
    leaf(El::EmpeePenContribnsNotPaidYTD, kMoneyNotNegative).optional(),
};
constexpr Particle kPayment13[] = {
    leaf(El::BacsHashCode, kBacsHash).optional(),
    leaf(El::PayFreq, kPayFreq).gives(Field::frequency).essential(),
    leaf(El::PmtDate, kDateInYear).gives(Field::paid_on).essential(),
    leaf(El::WeekNo, kWeek).either(1).gives(Field::week),
    leaf(El::MonthNo, kMonth).either(1).gives(Field::month),
    leaf(El::PeriodsCovered, kPeriods).gives(Field::periods),
    leaf(El::AggregatedEarnings, kYes).optional().gives(Field::aggregated),
    leaf(El::PmtAfterLeaving, kYes).optional().gives(Field::after_leaving),
    leaf(El::HoursWorked, kHoursWorked13).gives(Field::hours),
    leaf(El::TaxCode, kTaxCode13).with(kAttributesOfTaxCode13),
    leaf(El::TaxablePay, kMoney).gives(Field::taxable_pay).essential(),
    leaf(El::NonTaxOrNICPmt, kMoney).optional().gives(Field::non_taxable),
    leaf(El::DednsFromNetPay, kMoney).optional(),
    leaf(El::PayAfterStatDedns, kMoney).optional(),
    leaf(El::BenefitsTaxedViaPayroll, kMoney).optional().gives(Field::benefits),
    leaf(El::EmpeePenContribnsPaid, kMoney).optional().gives(Field::net_pay_pension),
    leaf(El::ItemsSubjectToClass1NIC, kMoney).optional(),
    leaf(El::EmpeePenContribnsNotPaid, kMoney).optional().gives(Field::other_pension),
    leaf(El::StudentLoanRecovered, kPounds).optional(),
    leaf(El::TaxDeductedOrRefunded, kMoneyTax),
    leaf(El::OnStrike, kYes).optional().gives(Field::on_strike),
    leaf(El::UnpaidAbsence, kYes).optional().gives(Field::unpaid_absence),
    leaf(El::SSPYTD, kMoneyFourDigits).optional(),
    leaf(El::SMPYTD, kMoneyStatutory).optional().gives(Field::smp),
    leaf(El::OSPPYTD, kMoneyStatutory).optional().gives(Field::spp),
    leaf(El::SAPYTD, kMoneyStatutory).optional().gives(Field::sap),
    leaf(El::ASPPYTD, kMoneyStatutory).optional().gives(Field::shpp),
    leaf(El::TrivialCommutationPayment, kPounds)
        .times(0, 3)
        .gives(Field::trivial_commutation)
        .with(kAttributesOfTrivialCommutationPayment),
};
constexpr Particle kNIlettersAndValues13[] = {
    leaf(El::NIletter, kNIletter13),
    leaf(El::SCON, kScon).optional(),
    leaf(El::GrossEarningsForNICsInPd, kMoney).gives(Field::nic_gross),
    leaf(El::GrossEarningsForNICsYTD, kMoneyNotNegative),
    leaf(El::AtLELYTD, kPoundsFourDigits),
    leaf(El::LELtoPTYTD, kMoneyFourDigits),
    leaf(El::PTtoUAPYTD, kMoneyFiveDigits),
    leaf(El::UAPtoUELYTD, kMoneyFiveDigits),
    leaf(El::TotalEmpNICInPd, kMoney),
    leaf(El::TotalEmpNICYTD, kMoney),
    leaf(El::EmpeeContribnsInPd, kMoney),
    leaf(El::EmpeeContribnsYTD, kMoney),
};
constexpr Particle kEmployment13[] = {
    leaf(El::OccPenInd, kYes).optional().gives(Field::occupational_pension),
    leaf(El::DirectorsNIC, kDirector).optional().gives(Field::director),
    leaf(El::TaxWkOfApptOfDirector, kWeek).optional(),
    group(El::Starter, kStarter13).optional(),
    leaf(El::PayId, kPayrollId).optional().gives(Field::payroll_id),
    group(El::PayIdChgd, kPayIdChgd).optional(),
    leaf(El::PaymentToANonIndividual, kYes).optional().gives(Field::non_individual),
    leaf(El::IrrEmp, kYes).optional().gives(Field::irregular),
    leaf(El::LeavingDate, kDate).optional().gives(Field::left_on),
    group(El::FiguresToDate, kFiguresToDate13).essential(),
    group(El::Payment, kPayment13).essential(),
    group(El::NIlettersAndValues, kNIlettersAndValues13).times(0, 4),
};
constexpr Particle kEmployee13[] = {
    group(El::EmployeeDetails, kEmployeeDetails).essential(),
    group(El::Employment, kEmployment13).times(1, 15).essential(),
};
constexpr Particle kQuestionsAndDeclarations13[] = {
    leaf(El::FreeOfTaxPaymentsMadeToEmployee, kYesOrNo),
    leaf(El::ExpensesVouchersOrBenefitsFromOthers, kYesOrNo),
    leaf(El::PersonEmployedOutsideUKWorkedFor30DaysOrMore, kYesOrNo),
    leaf(El::PayToSomeoneElse, kYesOrNo),
    leaf(El::P11DFormsDue, kYesOrNo),
    leaf(El::ServiceCompany, kYesOrNo),
};
constexpr Particle kFullPaymentSubmission13[] = {
    group(El::EmpRefs, kEmpRefs13).essential(),
    leaf(El::RelatedTaxYear, kShortYear).gives(Field::related_tax_year),
    group(El::Employee, kEmployee13).either(1).times(0, kMany),
    leaf(El::CompressedPart, kBase64).either(1).optional().with(kAttributesOfCompressedPart),
    group(El::FinalSubmission, kFinalSubmission).optional(),
    group(El::QuestionsAndDeclarations, kQuestionsAndDeclarations13).optional(),
};
constexpr Particle kIRenvelope13[] = {
    group(El::IRheader, kIRheader),
    group(El::FullPaymentSubmission, kFullPaymentSubmission13).essential(),
};

constexpr std::string_view kStem = "http://www.govtalk.gov.uk/taxation/PAYE/RTI/";

/// Years of the allow-list whose schema is not at hand: by their common elements.
struct Listed {
  std::string_view suffix;
  int tax_year;
};
constexpr Listed kListed[] = {
    {"14-15/4", 2014}, {"15-16/1", 2015}, {"16-17/2", 2016}, {"17-18/1", 2017},
    {"18-19/1", 2018}, {"19-20/1", 2019}, {"20-21/1", 2020}, {"21-22/1", 2021},
    {"22-23/1", 2022}, {"23-24/2", 2023}, {"24-25/1", 2024}, {"26-27/1", 2026},
};

struct OtherForm {
  std::string_view stem;
  std::string_view title;
};
constexpr OtherForm kOthers[] = {
    {"EmployerPaymentSummary/", "an Employer Payment Summary"},
    {"NINOverificationRequest/", "a NINO Verification Request"},
    {"EmployerAlignmentSubmission/", "an Employer Alignment Submission"},
    {"EarlierYearUpdate/", "an Earlier Year Update"},
};

/// The first year of "13-14/1", or 0 when the text has none.
int year_of(std::string_view suffix) {
  const auto digit = [&](std::size_t i) { return suffix[i] >= '0' && suffix[i] <= '9'; };
  if (suffix.size() < 5 || suffix[2] != '-' || !digit(0) || !digit(1)) return 0;
  return 2000 + (suffix[0] - '0') * 10 + (suffix[1] - '0');
}

}  // namespace

KnownForm form_of(std::string_view uri) {
  KnownForm out;
  if (!uri.starts_with(kStem)) return out;
  std::string_view rest = uri.substr(kStem.size());
  constexpr std::string_view fps = "FullPaymentSubmission/";
  if (rest.starts_with(fps)) {
    rest.remove_prefix(fps.size());
    out.form.uri = uri;
    if (rest == "25-26/1") {
      out.form = {uri, 2025, true, kIRenvelope};
    } else if (rest == "13-14/2") {
      out.form = {uri, 2013, true, kIRenvelope13};
    } else {
      const auto* listed = std::find_if(std::begin(kListed), std::end(kListed),
                                        [&](const Listed& row) { return row.suffix == rest; });
      if (listed == std::end(kListed)) return out;
      out.form = {uri, listed->tax_year, false, kIRenvelope};
    }
    out.kind = FormKind::fps;
    out.tax_year = out.form.tax_year;
    return out;
  }
  for (const OtherForm& other : kOthers) {
    if (!rest.starts_with(other.stem)) continue;
    out.kind = FormKind::other_rti;
    out.title = other.title;
    out.tax_year = year_of(rest.substr(other.stem.size()));
  }
  return out;
}

bool known_in_other_years(std::string_view local) {
  constexpr std::array<std::string_view, 12> names = {"ECON",
                                                      "SCON",
                                                      "BacsHashCode",
                                                      "SSPYTD",
                                                      "OSPPYTD",
                                                      "ASPPYTD",
                                                      "PTtoUAPYTD",
                                                      "UAPtoUELYTD",
                                                      "SPBPNIREYTD",
                                                      "MiscarriageNIRE",
                                                      "QuestionsAndDeclarations",
                                                      "EmployeeWorkplacePostcodeNIRE"};
  return std::find(names.begin(), names.end(), local) != names.end();
}

}  // namespace ig::adapters::rti
