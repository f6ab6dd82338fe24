#include "adapters/sandbox/scopes.hpp"

#include "core/base/require.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ig::adapters::sandbox {
namespace {

struct UseCase {
  std::string_view name;
  std::uint32_t paye = 0;
  std::uint32_t sa = 0;
  std::uint32_t employments = 0;
  std::uint32_t credits = 0;
  std::uint32_t details = 0;
  bool must_name_employer = false;
};

constexpr std::uint32_t kIncomeKinds = kSummary | kSaEmployments | kPartnerships | kTrusts |
                                       kForeign | kUkInterest | kForeignDividends | kUkDividends |
                                       kSaPensions | kProperty | kAdditional | kOther;
constexpr std::uint32_t kFootprint = kRegistered | kReceived;
constexpr std::uint32_t kNics = kGrossNics | kEmployerNics | kEmployeeNics;
constexpr std::uint32_t kC1Paye =
    kPayeAll & ~(kOffice | kEmployer | kPayroll | kPartner | kTaxCode | kNetDeductions);
constexpr std::uint32_t kC1Sa = kFootprint | kIncomeKinds | kAddress | kFurther | kPaid;
constexpr std::uint32_t kCourtPaye = kPartner | kDate | kGrossNics | kFrequency | kPay | kPensions;
constexpr std::uint32_t kCourtSa =
    kSummary | kUkInterest | kUkDividends | kSelfEmployments | kProperty | kForeign;
constexpr std::uint32_t kPlace = kStart | kEnd | kName | kEmployerAddress;

constexpr std::array<UseCase, 15> kUseCases = {{
    {"laa-c1", kC1Paye, kC1Sa, kStart | kEnd, kAwards, 0},
    {"laa-c2",
     kHours | kPayToDate | kTaxToDate | kDate | kGrossNics | kFrequency | kStatutory |
         kNetDeductions,
     kC1Sa & ~(kAddress | kPaid), kStart | kEnd, kAwards, 0},
    {"laa-c3", (kC1Paye | kTaxCode) & ~kPensions, (kC1Sa | kBusiness) & ~(kRegistered | kPaid),
     kStart | kEnd | kName, kAwards, kResidences},
    {"laa-c4", kDate | kPayroll | kGrossNics, kBusiness | kAddress, kPlace, 0,
     kResidences | kContacts},
    {"lad4", kC1Paye, kC1Sa, 0, 0, 0},
    {"hmcts-c2", kCourtPaye, kCourtSa, kEnd, kAwards | kApplication, 0},
    {"hmcts-c3", kCourtPaye, kCourtSa, kEnd, kAwards | kApplication, kResidences},
    {"hmcts-c4", (kCourtPaye | kEmployer | kPayroll) & ~kFrequency,
     kBusiness | kAddress | kTelephone, kPlace | kReference, 0, kResidences | kContacts},
    {"lsani-c1", kPayeAll & ~(kOffice | kEmployer),
     kFootprint | kIncomeKinds | kSelfEmployments | kFurther, kStart | kEnd | kName,
     kAwards | kApplication, 0},
    {"lsani-c3", kPayeAll & ~(kOffice | kEmployer),
     kFootprint | kIncomeKinds | kSelfEmployments | kFurther, kStart | kEnd | kName,
     kAwards | kApplication, kResidences},
    {"nictsejo-c4", kPayroll | kPay | kNics | kPensions | kStatutory | kDate,
     (kIncomeKinds | kSelfEmployments | kBusiness | kAddress) & ~kForeign,
     kName | kEmployerAddress | kStart, 0, kResidences},
    {"ho-v2", kEmployer | kDate | kPay | kPeriod,
     kFootprint | kUtr | kIncomeKinds | kSelfEmployments | kBusiness | kAddress,
     kEmploymentsAll & ~kPayments, 0, 0},
    {"ho-ecp", 0, kSummary | kSaEmployments | kSelfEmployments | kOther | kReceived | kUtr,
     kEmploymentsAll, 0, 0},
    {"ho-rp2", 0, 0, kEmploymentsAll, 0, 0, true},
    {"scts", kYear | kEmployer | kOffice | kPayToDate | kTaxToDate, kSelfEmployments | kAddress, 0,
     0, 0},
}};

bool serves(const UseCase& use, Api api) {
  switch (api) {
    case Api::matching:
      return true;
    case Api::income:
      return use.paye != 0 || use.sa != 0;
    case Api::employments:
      return use.employments != 0;
    case Api::benefits:
      return use.credits != 0;
    case Api::details:
      return use.details != 0;
  }
  IG_UNREACHABLE("an API is one of five");
}

std::string scope_of(const UseCase& use, Api api) {
  return fmt::format("read:individuals-{}-{}", name(api), use.name);
}

Scopes make_all_scopes() {
  Scopes out = {"read:yearly-figures",
                "write:real-time-income-information",
                "filter:real-time-income-information-full",
                "filter:real-time-income-information-sg",
                "filter:real-time-income-information-csp",
                "read:individuals-matching",
                "read:individuals-income",
                "read:individuals-income-paye",
                "read:individuals-income-sa",
                "read:individuals-employments",
                "read:individuals-employments-paye"};
  for (const char* part :
       {"summary", "trusts", "foreign", "partnerships", "interests-and-dividends",
        "pensions-and-state-benefits", "uk-properties", "additional-information", "other", "source",
        "employments", "self-employments"}) {
    out.insert(fmt::format("read:individuals-income-sa-{}", part));
  }
  for (const UseCase& use : kUseCases) {
    for (const Api api : kApis) {
      if (serves(use, api)) out.insert(scope_of(use, api));
    }
  }
  return out;
}

}  // namespace

std::string_view name(Api api) {
  switch (api) {
    case Api::matching:
      return "matching";
    case Api::income:
      return "income";
    case Api::employments:
      return "employments";
    case Api::benefits:
      return "benefits-and-credits";
    case Api::details:
      return "details";
  }
  IG_UNREACHABLE("an API is one of five");
}

Scopes split_scopes(std::string_view text) {
  Scopes out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

const Scopes& all_scopes() {
  static const Scopes all = make_all_scopes();
  return all;
}

Rights rights_of(const Scopes& scopes, Api api) {
  Rights out;
  bool any_employer = false;
  for (const UseCase& use : kUseCases) {
    if (!serves(use, api) || !scopes.contains(scope_of(use, api))) continue;
    for (const Api other : kApis) {
      if (other != Api::matching && serves(use, other)) {
        out.links |= 1U << static_cast<unsigned>(other);
      }
    }
    out.paye |= use.paye;
    out.sa |= use.sa;
    out.employments |= use.employments;
    out.credits |= use.credits;
    out.details |= use.details;
    (use.must_name_employer ? out.must_name_employer : any_employer) = true;
  }
  out.must_name_employer = out.must_name_employer && !any_employer;
  return out;
}

}  // namespace ig::adapters::sandbox
