#include "adapters/rti/form_parts.hpp"

/// The tables of HMRC's EmployerPaymentSummary schemas of 2025-26 (v1.0) and 2013-14 (v2.0). Bank
/// data is checked as all else is, and gives nothing.
namespace ig::adapters::rti {
namespace {

constexpr std::uint8_t kNil = 1;  ///< the two elements of the nil block

constexpr Particle kEmpRefs[] = {
    leaf(El::OfficeNo, kOfficeNo).gives(Field::office).essential(),
    leaf(El::PayeRef, kPayeRef).gives(Field::paye_ref).essential(),
    leaf(El::AORef, kAccountsOffice),
    leaf(El::COTAXRef, kUtr).optional(),
};
constexpr Particle kEmpRefs13[] = {
    leaf(El::OfficeNo, kOfficeNo).gives(Field::office).essential(),
    leaf(El::PayeRef, kPayeRef).gives(Field::paye_ref).essential(),
    leaf(El::AORef, kAccountsOffice),
};
constexpr Particle kNoPaymentDates[] = {
    leaf(El::From, kMonthStartInYear).gives(Field::nil_from).essential(),
    leaf(El::To, kMonthEndInYear).gives(Field::nil_to).essential(),
};
constexpr Particle kPeriodOfInactivity[] = {
    leaf(El::From, kMonthStart),
    leaf(El::To, kMonthEnd),
};
constexpr Particle kDeMinimisStateAid[] = {
    leaf(El::Agri, kYes).optional(),      leaf(El::FisheriesAqua, kYes).optional(),
    leaf(El::RoadTrans, kYes).optional(), leaf(El::Indust, kYes).optional(),
    leaf(El::NA, kYes).optional(),
};
constexpr Particle kRecoverableAmounts[] = {
    leaf(El::TaxMonth, kMonth).optional(),
    leaf(El::SMPRecovered, kMoneyRecovered).optional(),
    leaf(El::SPPRecovered, kMoneyRecovered).optional(),
    leaf(El::SAPRecovered, kMoneyRecovered).optional(),
    leaf(El::ShPPRecovered, kMoneyRecovered).optional(),
    leaf(El::SPBPRecovered, kMoneyRecovered).optional(),
    leaf(El::SNCPRecovered, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnSMP, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnSPP, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnSAP, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnShPP, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnSPBP, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnSNCP, kMoneyRecovered).optional(),
    leaf(El::CISDeductionsSuffered, kMoneyCis).optional(),
};
constexpr Particle kRecoverableAmounts13[] = {
    leaf(El::SSPRecovered, kMoneyRecovered).optional(),
    leaf(El::SMPRecovered, kMoneyRecovered).optional(),
    leaf(El::OSPPRecovered, kMoneyRecovered).optional(),
    leaf(El::SAPRecovered, kMoneyRecovered).optional(),
    leaf(El::ASPPRecovered, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnSMP, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnOSPP, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnSAP, kMoneyRecovered).optional(),
    leaf(El::NICCompensationOnASPP, kMoneyRecovered).optional(),
    leaf(El::CISDeductionsSuffered, kMoneyCis).optional(),
    leaf(El::NICsHoliday, kMoneyNotNegative).optional(),
};
constexpr Particle kApprenticeshipLevy[] = {
    leaf(El::LevyDueYTD, kPoundsLevy),
    leaf(El::TaxMonth, kMonth),
    leaf(El::AnnualAllce, kMoneyAllowance),
};
constexpr Particle kAccount[] = {
    leaf(El::AccountHoldersName, kAccountText28),
    leaf(El::AccountNo, kAccountNo),
    leaf(El::SortCode, kSortCode),
    leaf(El::BuildingSocRef, kAccountText18).optional(),
};
constexpr Particle kEmployerPaymentSummary[] = {
    group(El::EmpRefs, kEmpRefs).essential(),
    leaf(El::NoPaymentForPeriod, kYes).all_or_none(kNil).gives(Field::nil_stated),
    group(El::NoPaymentDates, kNoPaymentDates).all_or_none(kNil),
    group(El::PeriodOfInactivity, kPeriodOfInactivity).optional(),
    leaf(El::EmpAllceInd, kYesOrNo).optional(),
    group(El::DeMinimisStateAid, kDeMinimisStateAid).optional(),
    group(El::RecoverableAmountsYTD, kRecoverableAmounts).optional(),
    group(El::ApprenticeshipLevy, kApprenticeshipLevy).optional(),
    group(El::Account, kAccount).optional(),
    leaf(El::RelatedTaxYear, kShortYear).gives(Field::related_tax_year),
    group(El::FinalSubmission, kFinalSubmission).optional(),
};
constexpr Particle kIRenvelope[] = {
    group(El::IRheader, kIRheader),
    group(El::EmployerPaymentSummary, kEmployerPaymentSummary).essential(),
};
constexpr Particle kEmployerPaymentSummary13[] = {
    group(El::EmpRefs, kEmpRefs13).essential(),
    leaf(El::NoPaymentForPeriod, kYes).all_or_none(kNil).gives(Field::nil_stated),
    group(El::NoPaymentDates, kNoPaymentDates).all_or_none(kNil),
    group(El::PeriodOfInactivity, kPeriodOfInactivity).optional(),
    group(El::RecoverableAmountsYTD, kRecoverableAmounts13).optional(),
    leaf(El::RelatedTaxYear, kShortYear).gives(Field::related_tax_year),
    group(El::FinalSubmission, kFinalSubmission).optional(),
    group(El::QuestionsAndDeclarations, kQuestionsAndDeclarations13).optional(),
};
constexpr Particle kIRenvelope13[] = {
    group(El::IRheader, kIRheader),
    group(El::EmployerPaymentSummary, kEmployerPaymentSummary13).essential(),
};

}  // namespace

std::span<const Particle> eps_2025() { return kIRenvelope; }
std::span<const Particle> eps_2013() { return kIRenvelope13; }

}  // namespace ig::adapters::rti
