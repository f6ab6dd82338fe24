#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

/// What a token may ask for. The 2.0 family grants by the use case of a department; each use case
/// is a list of fields, and an endpoint is offered when it has a field of the list.
namespace ig::adapters::sandbox {

using Scopes = std::set<std::string, std::less<>>;

/// The services of the individuals family.
enum class Api : std::uint8_t { matching, income, employments, benefits, details };
inline constexpr std::array<Api, 5> kApis = {Api::matching, Api::income, Api::employments,
                                             Api::benefits, Api::details};
/// As it stands in a scope and in a path: "benefits-and-credits".
[[nodiscard]] std::string_view name(Api api);

/// Bits of Rights::paye.
enum Paye : std::uint32_t {
  kOffice = 1U << 0U,
  kEmployer = 1U << 1U,
  kYear = 1U << 2U,
  kPartner = 1U << 3U,
  kPayroll = 1U << 4U,
  kFrequency = 1U << 5U,
  kPeriod = 1U << 6U,
  kDate = 1U << 7U,
  kHours = 1U << 8U,
  kTaxCode = 1U << 9U,
  kPayToDate = 1U << 10U,
  kPay = 1U << 11U,
  kTaxToDate = 1U << 12U,
  kTax = 1U << 13U,
  kNetDeductions = 1U << 14U,
  kPensions = 1U << 15U,
  kStatutory = 1U << 16U,
  kGrossNics = 1U << 17U,
  kEmployerNics = 1U << 18U,
  kEmployeeNics = 1U << 19U,
  kPayeAll = (1U << 20U) - 1,
};

/// Bits of Rights::sa.
enum Sa : std::uint32_t {
  kRegistered = 1U << 0U,
  kReceived = 1U << 1U,
  kUtr = 1U << 2U,
  kSummary = 1U << 3U,
  kSaEmployments = 1U << 4U,
  kSelfEmployments = 1U << 5U,
  kPartnerships = 1U << 6U,
  kTrusts = 1U << 7U,
  kForeign = 1U << 8U,
  kUkInterest = 1U << 9U,
  kForeignDividends = 1U << 10U,
  kUkDividends = 1U << 11U,
  kSaPensions = 1U << 12U,
  kProperty = 1U << 13U,
  kAdditional = 1U << 14U,
  kOther = 1U << 15U,
  kBusiness = 1U << 16U,
  kAddress = 1U << 17U,
  kTelephone = 1U << 18U,
  kFurther = 1U << 19U,
  kPaid = 1U << 20U,
  kSaAll = (1U << 21U) - 1,
};

/// Bits of Rights::employments.
enum Employments : std::uint32_t {
  kStart = 1U << 0U,
  kEnd = 1U << 1U,
  kName = 1U << 2U,
  kReference = 1U << 3U,
  kEmployerAddress = 1U << 4U,
  kWords = 1U << 5U,  ///< the pay frequency
  kPayments = 1U << 6U,
  kEmploymentsAll = (1U << 7U) - 1,
};

/// Bits of Rights::credits and of Rights::details.
enum Credits : std::uint32_t { kAwards = 1U << 0U, kApplication = 1U << 1U };
enum Details : std::uint32_t { kResidences = 1U << 0U, kContacts = 1U << 1U };

/// The union of what a token's use cases allow for one service.
struct Rights {
  std::uint32_t links = 0;  ///< a bit of each Api that matching leads to
  std::uint32_t paye = 0;
  std::uint32_t sa = 0;
  std::uint32_t employments = 0;
  std::uint32_t credits = 0;
  std::uint32_t details = 0;
  bool must_name_employer = false;  ///< only use cases that ask for one employer at a time
  [[nodiscard]] bool leads_to(Api api) const {
    return (links & (1U << static_cast<unsigned>(api))) != 0;
  }
};

/// Scopes of text that names them with blanks between.
[[nodiscard]] Scopes split_scopes(std::string_view text);
/// Everything the sandbox can grant.
[[nodiscard]] const Scopes& all_scopes();
/// What scopes of the form read:individuals-<api>-<department>-<case> come to for that service.
[[nodiscard]] Rights rights_of(const Scopes& scopes, Api api);

}  // namespace ig::adapters::sandbox
