#pragma once

#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What HMRC's figure for a year is made of (SI 2012/2677 reg 36; law.md ).
/// Which of two sources counts for one year is latest_available()'s to say.
namespace ig::core::rules {

/// What a part of a year's income is, as HMRC tags it. The gateway splits none: a payment at the
/// end of a job counts by its tag (A20).
enum class PartTag : std::uint8_t {
  employment,            ///< charged to tax under ITEPA 2003 Pt 2, after net-pay pension
  termination_taxable,   ///< the part of a termination payment that is charged to tax
  private_pension,       ///< ITEPA Pt 9
  incapacity_benefit,    ///< ITEPA Pt 10: one of the four benefits that count
  contributory_esa,      ///< the same
  jobseekers_allowance,  ///< the same
  income_support,        ///< the same
  trading_profit,        ///< ITTOIA 2005 Pt 2; below nil: a loss
  loss_relief,           ///< ITA 2007 s 83, as a sum above nil
  state_pension,         ///< UK social security pension: reg 36(3)
  carers_allowance,
  other_benefit,
  property,
  savings,
  dividends,
  other_unearned,
  termination_exempt,
  reimbursed_expenses,
  gains,
};

/// The word of a tag: "uk_state_pension", "carers_allowance", "dividends".
[[nodiscard]] std::string_view name(PartTag tag) noexcept;

/// A part of a year's income. Sums of losses are below nil, every other sum is nil or more.
struct Part {
  PartTag tag = PartTag::employment;
  values::Money annual;
};

/// Why a part is left out.
enum class LeftOutReason : std::uint8_t {
  social_security_pension,  ///< reg 36(3)
  benefit_not_listed,       ///< ITEPA Pt 10, but none of the four
  unearned,                 ///< reached by a variation only (R-060)
  not_charged_to_tax,       ///< exempt, reimbursed or a gain
};

struct LeftOut {
  PartTag tag = PartTag::employment;
  values::Money annual;
  LeftOutReason reason = LeftOutReason::unearned;
};

/// Why parts of this tag are left out; nothing when they count.
[[nodiscard]] std::optional<LeftOutReason> left_out_reason(PartTag tag) noexcept;

/// The yearly figure the parts come to.
struct Composition {
  values::Money annual;                        ///< never below nil
  std::vector<LeftOut> left_out;               ///< in the order of the parts
  std::optional<values::Money> other_reading;  ///< of a trading loss (A18), where there is one
};

/// Adds the parts that count. Loss relief is taken off trading profits, to nil and no further.
/// hmrc.loss (A18): AS_RELIEVED lets a trading loss cut nothing else, NET lets it cut the rest.
[[nodiscard]] Composition compose(std::span<const Part> parts, const Parameters& parameters);

/// Our sum beside HMRC's own total.
struct TotalCheck {
  values::Money ours;
  values::Money counts;      ///< HMRC's total: it stands until HMRC is asked again
  values::Money difference;  ///< HMRC's less ours

  [[nodiscard]] bool matches() const noexcept { return difference == values::Money(); }
};

/// Compares the two; where they differ it is an alert.
[[nodiscard]] TotalCheck check_total(const Composition& composition, values::Money hmrc_total);

/// How a pension contribution is relieved of tax.
enum class PensionRelief : std::uint8_t {
  net_pay,           ///< taken from pay before tax: HMRC's figure is net of it already
  relief_at_source,  ///< paid from taxed income
};

/// Contributions of one tax year.
struct PensionContribution {
  PensionRelief relief = PensionRelief::relief_at_source;
  values::TaxYear tax_year;
  values::Money annual;    ///< gross relievable amount (A28)
  bool requested = false;  ///< the paying parent asked for it to be taken off
  bool evidenced = false;
};

/// What may be taken off HMRC's figure of `tax_year` (reg 35(1)(b), 35(3)): contributions of that
/// same year to a relief-at-source scheme. Nothing for net pay, which would count twice.
[[nodiscard]] std::optional<Historic::ReliefAtSource> relief_for(
    const PensionContribution& contribution, values::TaxYear tax_year);

}  // namespace ig::core::rules
