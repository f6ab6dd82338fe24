#include "adapters/rti/form_parts.hpp"

/// The table of HMRC's EarlierYearUpdate schema of 2013-14 (v3.0). Its sums are signed differences
/// from what was last reported to date, so none of them has a lowest value of zero.
namespace ig::adapters::rti {
namespace {

constexpr Particle kEmpRefs[] = {
    leaf(El::OfficeNo, kOfficeNo).gives(Field::office).essential(),
    leaf(El::PayeRef, kPayeRef).gives(Field::paye_ref).essential(),
    leaf(El::AORef, kAccountsOffice),
    leaf(El::ECON, kEcon).optional(),
};
constexpr Particle kStarter[] = {
    leaf(El::StartDate, kDate).optional(),         leaf(El::StartDec, kAToC).optional(),
    leaf(El::StudentLoan, kYes).optional(),        group(El::Seconded, kSeconded).optional(),
    group(El::OccPension, kOccPension).optional(),
};
constexpr Particle kPayment[] = {
    leaf(El::TaxCode, kTaxCodeEyu13).with(kAttributesOfTaxCode13),
    leaf(El::TaxablePay, kMoney).optional().gives(Field::taxable_pay),
    leaf(El::BenefitsTaxedViaPayroll, kMoney).optional().gives(Field::benefits),
    leaf(El::EmpeePenContribnsPaid, kMoney).optional().gives(Field::net_pay_pension),
    leaf(El::EmpeePenContribnsNotPaid, kMoney).optional().gives(Field::other_pension),
    leaf(El::StudentLoanRecovered, kPounds).optional(),
    leaf(El::Tax, kMoneyTax).optional(),
    leaf(El::SSP, kMoneyChangeFour).optional(),
    leaf(El::SMP, kMoneyChangeSix).optional(),
    leaf(El::OSPP, kMoneyChangeSix).optional(),
    leaf(El::SAP, kMoneyChangeSix).optional(),
    leaf(El::ASPP, kMoneyChangeSix).optional(),
    leaf(El::TrivialCommutationPayment, kPounds)
        .times(0, 3)
        .with(kAttributesOfTrivialCommutationPayment),
};
constexpr Particle kNIlettersAndValues[] = {
    leaf(El::NIletter, kNIletter13),        leaf(El::SCON, kScon).optional(),
    leaf(El::GrossEarningsForNICs, kMoney), leaf(El::AtLEL, kPoundsChangeFour),
    leaf(El::LELtoPT, kMoneyChangeFour),    leaf(El::PTtoUAP, kMoneyChangeFive),
    leaf(El::UAPtoUEL, kMoneyChangeFive),   leaf(El::TotalEmpNIC, kMoney),
    leaf(El::EmpeeContribns, kMoney),       leaf(El::NICRefund, kYesOrNo).optional(),
};
constexpr Particle kEmployment[] = {
    group(El::Starter, kStarter).optional(),
    leaf(El::PayId, kPayrollId).optional().gives(Field::payroll_id),
    leaf(El::PaymentToANonIndividual, kYes).optional().gives(Field::non_individual),
    leaf(El::LeavingDate, kDate).optional(),
    group(El::Payment, kPayment).essential(),
    group(El::NIlettersAndValues, kNIlettersAndValues).times(0, 4),
};
constexpr Particle kEmployee[] = {
    group(El::EmployeeDetails, kEmployeeDetails).essential(),
    group(El::Employment, kEmployment).times(1, 15).essential(),
};
constexpr Particle kEarlierYearUpdate[] = {
    group(El::EmpRefs, kEmpRefs).essential(),
    leaf(El::RelatedTaxYear, kShortYear).gives(Field::related_tax_year),
    group(El::Employee, kEmployee).either(1).times(0, kMany),
    leaf(El::CompressedPart, kBase64).either(1).optional().with(kAttributesOfCompressedPart),
};
constexpr Particle kIRenvelope[] = {
    group(El::IRheader, kIRheader),
    group(El::EarlierYearUpdate, kEarlierYearUpdate).essential(),
};

}  // namespace

std::span<const Particle> eyu_2013() { return kIRenvelope; }

}  // namespace ig::adapters::rti
