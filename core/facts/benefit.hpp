#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ig::core::facts {

/// The benefits the gateway can tell apart, by what matters for maintenance: some kinds exist in
/// an old and a new form with different law.
enum class Benefit : std::uint8_t {
  UC,        ///< universal credit
  JSA_IB,    ///< jobseeker's allowance, income-based
  JSA_CB,    ///< jobseeker's allowance, contribution-based, old style
  JSA_NS,    ///< jobseeker's allowance, new style
  ESA_IR,    ///< employment and support allowance, income-related
  ESA_C,     ///< employment and support allowance, contributory, old style
  ESA_NS,    ///< employment and support allowance, new style
  IS,        ///< income support
  PC,        ///< state pension credit
  SP,        ///< retirement pension of category A, B, C or D
  NSP,       ///< new state pension
  CA,        ///< carer's allowance
  CSP,       ///< carer support payment (Scotland)
  MA,        ///< maternity allowance
  IB,        ///< incapacity benefit
  SDA,       ///< severe disablement allowance
  IIDB,      ///< industrial injuries benefit
  WPA,       ///< widowed parent's allowance
  WMA,       ///< widowed mother's allowance
  WP,        ///< widow's pension
  BA,        ///< bereavement allowance
  BSP,       ///< bereavement support payment
  WDP,       ///< war disablement pension
  WWP,       ///< war widow's, widower's or surviving civil partner's pension
  AFCS_GIP,  ///< armed forces compensation, guaranteed income payment
  TRAIN,     ///< training allowance, other than for young people
  FOREIGN,   ///< a social security benefit of another country
  PIP,       ///< personal independence payment
  DLA,       ///< disability living allowance
  AA,        ///< attendance allowance
  CHB,       ///< child benefit
  HB,        ///< housing benefit
  TC,        ///< tax credits
  ADP,       ///< Scottish adult and child disability payments
  SCP,       ///< Scottish child payment
};

/// The code of each, by its number.
inline constexpr std::array<std::string_view, 35> kBenefitCodes = {
    "UC",  "JSA_IB", "JSA_CB", "JSA_NS", "ESA_IR", "ESA_C", "ESA_NS",   "IS",    "PC",
    "SP",  "NSP",    "CA",     "CSP",    "MA",     "IB",    "SDA",      "IIDB",  "WPA",
    "WMA", "WP",     "BA",     "BSP",    "WDP",    "WWP",   "AFCS_GIP", "TRAIN", "FOREIGN",
    "PIP", "DLA",    "AA",     "CHB",    "HB",     "TC",    "ADP",      "SCP"};
inline constexpr std::size_t kBenefitCount = kBenefitCodes.size();
static_assert(static_cast<std::size_t>(Benefit::SCP) + 1 == kBenefitCount);

[[nodiscard]] constexpr std::string_view code(Benefit benefit) noexcept {
  return kBenefitCodes[static_cast<std::size_t>(benefit)];
}

/// The benefit of a code; nothing when there is none.
[[nodiscard]] constexpr std::optional<Benefit> benefit_of(std::string_view code) noexcept {
  for (std::size_t i = 0; i < kBenefitCount; ++i) {
    if (kBenefitCodes[i] == code) return static_cast<Benefit>(i);
  }
  return std::nullopt;
}

}  // namespace ig::core::facts
