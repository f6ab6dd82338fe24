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

namespace {

/// Which field has a name: places in kRtiiFields, each in the first free slot from that of its name
/// on. A name is found by one comparison, nearly always.
class Places {
 public:
  constexpr Places() {
    slots_.fill(kNone);
    for (std::size_t place = 0; place < kRtiiFields.size(); ++place) {
      std::size_t slot = slot_of(kRtiiFields[place].name);
      while (slots_[slot] != kNone) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint8_t>(place);
    }
  }
  [[nodiscard]] constexpr const RtiiField* find(std::string_view name) const {
    if (name.empty()) return nullptr;
    for (std::size_t slot = slot_of(name); slots_[slot] != kNone; slot = (slot + 1) % kSlots) {
      const RtiiField& field = kRtiiFields[slots_[slot]];
      if (field.name == name) return &field;
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kSlots = 512;
  static constexpr std::uint8_t kNone = 255;
  static_assert(kRtiiFields.size() < kNone);

  static constexpr std::size_t slot_of(std::string_view name) {
    const auto byte = [name](std::size_t at) { return static_cast<unsigned char>(name[at]); };
    const std::size_t size = name.size();
    return (size * 31 + byte(0) * 7U + byte(size / 2) * 53U + byte(size - 1) * 17U +
            byte(size * 3 / 4) * 101U) %
           kSlots;
  }

  std::array<std::uint8_t, kSlots> slots_{};
};
constexpr Places kPlaces;

}  // namespace

const RtiiField* rtii_field(std::string_view name) noexcept { return kPlaces.find(name); }

std::vector<std::string> names_of(const RtiiFieldSet& fields) {
  std::vector<std::string> out;
  out.reserve(fields.count());
  for (std::size_t place = 0; place < kRtiiFields.size(); ++place) {
    if (fields.test(place)) out.emplace_back(kRtiiFields[place].name);
  }
  std::ranges::sort(out);
  return out;
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
