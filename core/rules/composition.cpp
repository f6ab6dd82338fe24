#include "core/rules/composition.hpp"

#include <algorithm>
#include <array>

namespace ig::core::rules {
namespace {

using values::Money;

struct TagEntry {
  std::string_view name;
  std::optional<LeftOutReason> left_out;
};

/// By PartTag.
constexpr std::array<TagEntry, 19> kTags = {{
    {"employment", std::nullopt},
    {"termination_taxable", std::nullopt},
    {"private_pension", std::nullopt},
    {"incapacity_benefit", std::nullopt},
    {"contributory_esa", std::nullopt},
    {"jobseekers_allowance", std::nullopt},
    {"income_support", std::nullopt},
    {"trading_profit", std::nullopt},
    {"loss_relief", std::nullopt},
    {"uk_state_pension", LeftOutReason::social_security_pension},
    {"carers_allowance", LeftOutReason::benefit_not_listed},
    {"other_benefit", LeftOutReason::benefit_not_listed},
    {"property", LeftOutReason::unearned},
    {"savings", LeftOutReason::unearned},
    {"dividends", LeftOutReason::unearned},
    {"other_unearned", LeftOutReason::unearned},
    {"termination_exempt", LeftOutReason::not_charged_to_tax},
    {"reimbursed_expenses", LeftOutReason::not_charged_to_tax},
    {"gains", LeftOutReason::not_charged_to_tax},
}};
static_assert(static_cast<std::size_t>(PartTag::gains) + 1 == kTags.size());

const TagEntry& entry(PartTag tag) { return kTags[static_cast<std::size_t>(tag)]; }

Money not_below_nil(Money amount) { return std::max(amount, Money()); }

}  // namespace

std::string_view name(PartTag tag) noexcept { return entry(tag).name; }

std::optional<LeftOutReason> left_out_reason(PartTag tag) noexcept { return entry(tag).left_out; }

Composition compose(std::span<const Part> parts, const Parameters& parameters) {
  Composition out;
  Money trading;
  Money relief;
  Money rest;
  for (const Part& part : parts) {
    if (const auto reason = left_out_reason(part.tag)) {
      out.left_out.push_back({part.tag, part.annual, *reason});
    } else if (part.tag == PartTag::trading_profit) {
      trading += part.annual;
    } else if (part.tag == PartTag::loss_relief) {
      relief += part.annual;
    } else {
      rest += part.annual;
    }
  }
  if (trading >= Money()) {
    out.annual = rest + not_below_nil(trading - relief);
    return out;
  }
  const Money net = not_below_nil(rest + trading);
  out.annual = parameters.loss_cuts_pay ? net : rest;
  out.other_reading = parameters.loss_cuts_pay ? rest : net;
  return out;
}

TotalCheck check_total(const Composition& composition, Money hmrc_total) {
  return {composition.annual, hmrc_total, hmrc_total - composition.annual};
}

std::optional<Historic::ReliefAtSource> relief_for(const PensionContribution& contribution,
                                                   values::TaxYear tax_year) {
  if (contribution.relief == PensionRelief::net_pay || contribution.tax_year != tax_year) {
    return std::nullopt;
  }
  return Historic::ReliefAtSource{contribution.annual, contribution.requested,
                                  contribution.evidenced};
}

}  // namespace ig::core::rules
