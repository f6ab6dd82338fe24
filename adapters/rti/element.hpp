#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ig::adapters::rti {

/// Every element name of the schemas that are checked in full (Full Payment Submission and Employer
/// Payment Summary of 2013-14 and 2025-26, Earlier Year Update of 2013-14), and a place for all
/// others.
#define IG_RTI_ELEMENTS(X)                        \
  X(AORef)                                        \
  X(ASPP)                                         \
  X(ASPPRecovered)                                \
  X(ASPPYTD)                                      \
  X(Account)                                      \
  X(AccountHoldersName)                           \
  X(AccountNo)                                    \
  X(Address)                                      \
  X(Agent)                                        \
  X(AgentID)                                      \
  X(AggregatedEarnings)                           \
  X(Agri)                                         \
  X(Amendment)                                    \
  X(Amount)                                       \
  X(AnnualAllce)                                  \
  X(ApprenticeshipLevy)                           \
  X(AtLEL)                                        \
  X(AtLELYTD)                                     \
  X(AvailFrom)                                    \
  X(AvailTo)                                      \
  X(BacsHashCode)                                 \
  X(BecauseSchemeCeased)                          \
  X(Benefits)                                     \
  X(BenefitsTaxedViaPayroll)                      \
  X(BenefitsTaxedViaPayrollYTD)                   \
  X(Bereaved)                                     \
  X(BirthDate)                                    \
  X(BuildingSocRef)                               \
  X(CISDeductionsSuffered)                        \
  X(CO2)                                          \
  X(COTAXRef)                                     \
  X(Car)                                          \
  X(CashEquiv)                                    \
  X(Class1ANICsYTD)                               \
  X(Company)                                      \
  X(CompressedPart)                               \
  X(Contact)                                      \
  X(Contains)                                     \
  X(Country)                                      \
  X(DateSchemeCeased)                             \
  X(DeMinimisStateAid)                            \
  X(DednsFromNetPay)                              \
  X(DefaultCurrency)                              \
  X(DirectorsNIC)                                 \
  X(ECON)                                         \
  X(EEACitizen)                                   \
  X(EPM6)                                         \
  X(EarlierYearUpdate)                            \
  X(Email)                                        \
  X(EmpAllceInd)                                  \
  X(EmpRefs)                                      \
  X(EmpeeContribns)                               \
  X(EmpeeContribnsInPd)                           \
  X(EmpeeContribnsYTD)                            \
  X(EmpeePenContribnsNotPaid)                     \
  X(EmpeePenContribnsNotPaidYTD)                  \
  X(EmpeePenContribnsPaid)                        \
  X(EmpeePenContribnsPaidYTD)                     \
  X(Employee)                                     \
  X(EmployeeDetails)                              \
  X(EmployeeWorkplacePostcode)                    \
  X(EmployerPaymentSummary)                       \
  X(Employment)                                   \
  X(ExpensesVouchersOrBenefitsFromOthers)         \
  X(Extension)                                    \
  X(Fax)                                          \
  X(FiguresToDate)                                \
  X(FinalSubmission)                              \
  X(FirstRegd)                                    \
  X(FisheriesAqua)                                \
  X(FlexibleDrawdown)                             \
  X(FlexiblyAccessingPensionRights)               \
  X(ForYear)                                      \
  X(Fore)                                         \
  X(ForeignCountry)                               \
  X(FreeFuel)                                     \
  X(FreeOfTaxPaymentsMadeToEmployee)              \
  X(From)                                         \
  X(Fuel)                                         \
  X(FullPaymentSubmission)                        \
  X(Gender)                                       \
  X(GrossEarningsForNICs)                         \
  X(GrossEarningsForNICsInPd)                     \
  X(GrossEarningsForNICsYTD)                      \
  X(HoursWorked)                                  \
  X(ID)                                           \
  X(IRenvelope)                                   \
  X(IRheader)                                     \
  X(IRmark)                                       \
  X(InOutUK)                                      \
  X(Indust)                                       \
  X(Initials)                                     \
  X(IrrEmp)                                       \
  X(ItemsSubjectToClass1NIC)                      \
  X(Key)                                          \
  X(Keys)                                         \
  X(LELtoPT)                                      \
  X(LELtoPTYTD)                                   \
  X(LateReason)                                   \
  X(LeavingDate)                                  \
  X(LevyDueYTD)                                   \
  X(Line)                                         \
  X(Make)                                         \
  X(Manifest)                                     \
  X(MonthNo)                                      \
  X(NA)                                           \
  X(NICCompensationOnASPP)                        \
  X(NICCompensationOnOSPP)                        \
  X(NICCompensationOnSAP)                         \
  X(NICCompensationOnSMP)                         \
  X(NICCompensationOnSNCP)                        \
  X(NICCompensationOnSPBP)                        \
  X(NICCompensationOnSPP)                         \
  X(NICCompensationOnShPP)                        \
  X(NICRefund)                                    \
  X(NICsHoliday)                                  \
  X(NINO)                                         \
  X(NIletter)                                     \
  X(NIlettersAndValues)                           \
  X(Name)                                         \
  X(Namespace)                                    \
  X(NoPaymentDates)                               \
  X(NoPaymentForPeriod)                           \
  X(NonTaxOrNICPmt)                               \
  X(NontaxablePayment)                            \
  X(Number)                                       \
  X(OSPP)                                         \
  X(OSPPRecovered)                                \
  X(OSPPYTD)                                      \
  X(OccPenInd)                                    \
  X(OccPension)                                   \
  X(OffPayrollWorker)                             \
  X(OfficeNo)                                     \
  X(OldPayrollId)                                 \
  X(OnStrike)                                     \
  X(P11DFormsDue)                                 \
  X(PTtoUAP)                                      \
  X(PTtoUAPYTD)                                   \
  X(PTtoUELYTD)                                   \
  X(PartnerDetails)                               \
  X(PassportNumber)                               \
  X(PayAfterStatDedns)                            \
  X(PayFreq)                                      \
  X(PayId)                                        \
  X(PayIdChgd)                                    \
  X(PayToSomeoneElse)                             \
  X(PayeRef)                                      \
  X(Payment)                                      \
  X(PaymentToANonIndividual)                      \
  X(PayrollIdChangedIndicator)                    \
  X(PensionCommencementExcessLumpSum)             \
  X(PensionDeathBenefit)                          \
  X(PeriodEnd)                                    \
  X(PeriodOfInactivity)                           \
  X(PeriodsCovered)                               \
  X(PersonEmployedOutsideUKWorkedFor30DaysOrMore) \
  X(PmtAfterLeaving)                              \
  X(PmtDate)                                      \
  X(PostCode)                                     \
  X(PostgradLoan)                                 \
  X(PostgradLoanRecovered)                        \
  X(PostgradLoansTD)                              \
  X(Price)                                        \
  X(Principal)                                    \
  X(Provided)                                     \
  X(QuestionsAndDeclarations)                     \
  X(RecoverableAmountsYTD)                        \
  X(Reference)                                    \
  X(RelatedTaxYear)                               \
  X(RoadTrans)                                    \
  X(SAP)                                          \
  X(SAPRecovered)                                 \
  X(SAPYTD)                                       \
  X(SAUTR)                                        \
  X(SCON)                                         \
  X(SMP)                                          \
  X(SMPRecovered)                                 \
  X(SMPYTD)                                       \
  X(SNCPRecovered)                                \
  X(SNCPYTD)                                      \
  X(SPBPRecovered)                                \
  X(SPBPYTD)                                      \
  X(SPPRecovered)                                 \
  X(SPPYTD)                                       \
  X(SSP)                                          \
  X(SSPRecovered)                                 \
  X(SSPYTD)                                       \
  X(SchemaVersion)                                \
  X(Seconded)                                     \
  X(Sender)                                       \
  X(SeriousIllHealthLumpSum)                      \
  X(ServiceCompany)                               \
  X(ShPPRecovered)                                \
  X(ShPPYTD)                                      \
  X(SortCode)                                     \
  X(StandAloneLumpSum)                            \
  X(StartDate)                                    \
  X(StartDec)                                     \
  X(Starter)                                      \
  X(StatePension)                                 \
  X(Stay183DaysOrMore)                            \
  X(StayLessThan183Days)                          \
  X(StudentLoan)                                  \
  X(StudentLoanRecovered)                         \
  X(StudentLoansTD)                               \
  X(Sur)                                          \
  X(Tax)                                          \
  X(TaxCode)                                      \
  X(TaxDeductedOrRefunded)                        \
  X(TaxMonth)                                     \
  X(TaxWkOfApptOfDirector)                        \
  X(TaxablePay)                                   \
  X(TaxablePayment)                               \
  X(Telephone)                                    \
  X(To)                                           \
  X(TopElementName)                               \
  X(TotalEmpNIC)                                  \
  X(TotalEmpNICInPd)                              \
  X(TotalEmpNICYTD)                               \
  X(TotalTax)                                     \
  X(TrivialCommutationPayment)                    \
  X(Ttl)                                          \
  X(UAPtoUEL)                                     \
  X(UAPtoUELYTD)                                  \
  X(UKPostcode)                                   \
  X(UnpaidAbsence)                                \
  X(WeekNo)                                       \
  X(Withdrawn)                                    \
  X(ZeroEmissionsMileage)

enum class El : std::uint8_t {
  unknown,
#define IG_RTI_ENUMERATOR(name) name,
  IG_RTI_ELEMENTS(IG_RTI_ENUMERATOR)
#undef IG_RTI_ENUMERATOR
};

namespace detail {
inline constexpr std::string_view element_names[] = {"?",
#define IG_RTI_NAME(name) #name,
                                                     IG_RTI_ELEMENTS(IG_RTI_NAME)
#undef IG_RTI_NAME
};
}  // namespace detail

inline constexpr std::size_t element_count = std::size(detail::element_names);
static_assert(element_count <= 256, "an element fits in eight bits");

[[nodiscard]] constexpr std::string_view name(El element) noexcept {
  return detail::element_names[static_cast<std::size_t>(element)];
}

/// Finds the El of a name by the address it is interned at: no text is compared.
class ElementTable {
 public:
  /// Adds `element`, whose name is interned at `key`.
  void add(const char* key, El element);
  [[nodiscard]] El find(const char* key) const noexcept {
    for (std::size_t at = slot(key);; at = (at + 1) % slots) {
      if (rows_[at].key == key) return rows_[at].element;
      if (rows_[at].key == nullptr) return El::unknown;
    }
  }

 private:
  struct Row {
    const char* key = nullptr;
    El element = El::unknown;
  };
  static constexpr std::size_t slots = 1024;  ///< four times the names, so that runs stay short
  [[nodiscard]] static std::size_t slot(const char* key) noexcept;

  std::array<Row, slots> rows_{};
};

}  // namespace ig::adapters::rti
