#include "adapters/rti/form_parts.hpp"

/// The tables of HMRC's FullPaymentSubmission schemas of 2025-26 (v1.0) and 2013-14 (v2.0).
namespace ig::adapters::rti {
namespace {

constexpr AttributeRule kAttributesOfTaxCode[] = {{"BasisNonCumulative", false, &kYes},
                                                  {"TaxRegime", false, &kTaxRegime}};
constexpr AttributeRule kAttributesOfStudentLoanRecovered[] = {{"PlanType", true, &kPlanType}};
constexpr Particle kEmpRefs[] = {
    leaf(El::OfficeNo, kOfficeNo).gives(Field::office).essential(),
    leaf(El::PayeRef, kPayeRef).gives(Field::paye_ref).essential(),
    leaf(El::AORef, kAccountsOffice),
    leaf(El::SAUTR, kUtr).optional(),
    leaf(El::COTAXRef, kUtr).optional(),
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

}  // namespace

std::span<const Particle> fps_2025() { return kIRenvelope; }
std::span<const Particle> fps_2013() { return kIRenvelope13; }

}  // namespace ig::adapters::rti
