#include "core/rules/deduction.hpp"

#include "core/rules/collection_fee.hpp"
#include "core/values/fraction.hpp"

#include <algorithm>

namespace ig::core::rules {
namespace {

using facts::Benefit;
using values::Fraction;
using values::Money;
using Reason = DeductionReason;

bool is_paid_by_another_government(Benefit benefit) {
  switch (benefit) {
    case Benefit::CSP:
    case Benefit::ADP:
    case Benefit::SCP:
    case Benefit::FOREIGN:
      return true;
    default:
      return false;
  }
}

/// The sum of a week as the benefit is paid: a month of universal credit, else a week.
Money for_payment(Money weekly, Benefit benefit, const Parameters& parameters) {
  if (benefit != Benefit::UC) return weekly;
  const Ratio& month = parameters.deduction.uc_month;
  return (Fraction::whole(weekly) * Fraction(month.numerator, month.denominator)).half_up();
}

Money least_left(const DeductionSource& source, const Parameters& parameters) {
  if (source.benefit == Benefit::UC) return parameters.deduction.floor_uc;
  return parameters.route(source.benefit) == DeductionRoute::schedule_7
             ? parameters.deduction.floor_jsa_esa
             : parameters.deduction.floor_other;
}

/// Takes what is wanted, or what the least sum left allows.
void take(Deduction& out, const DeductionSource& source, const Parameters& parameters) {
  out.reason = Reason::allowed;
  out.taken = out.wanted;
  if (!source.payable) return;
  const Money room = *source.payable - least_left(source, parameters);
  if (room < out.wanted) {
    const bool takes_part = !parameters.deduction.whole_or_nothing && room > Money();
    out.reason = takes_part ? Reason::part_only : Reason::would_leave_too_little;
    out.taken = takes_part ? room : Money();
  }
  out.left = *source.payable - out.taken;
}

Deduction refused(DeductionKind kind, Reason reason, const DeductionSource& source,
                  const Parameters& parameters) {
  Deduction out;
  out.kind = kind;
  out.reason = reason;
  out.route = parameters.route(source.benefit);
  out.left = source.payable;
  return out;
}

/// What stands in the way of an ongoing deduction, but for the sums.
std::optional<Reason> ongoing_bar(Liability liability, const DeductionSource& source,
                                  const Parameters& parameters) {
  const DeductionLaw& law = parameters.deduction;
  if (!is_payable(liability)) return Reason::nothing_due;
  if (!is_flat(liability)) return Reason::not_flat_rate;
  if (const auto why = unreachable_because(source.benefit, parameters)) return why;
  if (liability == Liability::flat_by_income) {
    if (!law.low_income_flat_rate) return Reason::flat_by_income_not_reached;
    if (parameters.route(source.benefit) != DeductionRoute::schedule_7) {
      return Reason::flat_by_income_schedule_7_only;
    }
  }
  const bool earns = source.benefit == Benefit::UC && source.earnings == Earnings::some;
  if (earns && !law.uc_with_earnings) return Reason::uc_with_earnings;
  return std::nullopt;
}

/// What stands in the way of taking arrears, but for the sums.
std::optional<Reason> arrears_bar(Money arrears, Liability liability, const DeductionSource& source,
                                  const Parameters& parameters) {
  const DeductionLaw& law = parameters.deduction;
  if (arrears <= Money()) return Reason::nothing_due;
  if (law.any_liability_bars ? is_payable(liability) : is_flat(liability)) {
    return Reason::liable_for_ongoing;
  }
  if (const auto why = unreachable_because(source.benefit, parameters)) return why;
  if (source.benefit == Benefit::UC && !law.arrears_from_uc) return Reason::arrears_not_from_uc;
  return std::nullopt;
}

/// Keeps those of `among` that pass a test, where any does.
template <class Passes>
void prefer(std::vector<std::size_t>& among, Passes passes) {
  std::vector<std::size_t> better;
  std::ranges::copy_if(among, std::back_inserter(better), passes);
  if (!better.empty()) among = std::move(better);
}

/// Picks the source among those that can, and says why.
SourceReason pick(std::vector<std::size_t>& can, std::span<const DeductionSource> sources,
                  const std::vector<Deduction>& each) {
  if (can.empty()) return SourceReason::none_can;
  if (can.size() == 1) return SourceReason::only_one_can;
  prefer(can, [&](std::size_t i) { return each[i].reason == Reason::allowed; });
  if (can.size() == 1) return SourceReason::carries_whole_sum;
  prefer(can, [&](std::size_t i) { return sources[i].benefit != Benefit::UC; });
  return can.size() == 1 ? SourceReason::outside_uc_order : SourceReason::given_first;
}

Money part_of(Money amount, std::int64_t per_mille) {
  return (Fraction::whole(amount) * Fraction::per_mille(per_mille)).half_up();
}

}  // namespace

std::optional<DeductionReason> unreachable_because(Benefit benefit, const Parameters& parameters) {
  if (parameters.route(benefit) != DeductionRoute::none) return std::nullopt;
  if (is_paid_by_another_government(benefit)) return Reason::paid_by_another_government;
  switch (parameters.limb(benefit)) {
    case BenefitLimb::needs_decision:
      return Reason::listing_not_settled;
    case BenefitLimb::not_listed:
      return Reason::no_power;
    default:
      return Reason::not_a_specified_benefit;
  }
}

Deduction ongoing_deduction(Liability liability, const DeductionSource& source,
                            const Parameters& parameters) {
  if (const auto bar = ongoing_bar(liability, source, parameters)) {
    return refused(DeductionKind::ongoing, *bar, source, parameters);
  }
  Deduction out;
  out.kind = DeductionKind::ongoing;
  out.route = parameters.route(source.benefit);
  out.maintenance = flat_rate(liability == Liability::half_flat, parameters);
  out.fee = collection_fee(out.maintenance, parameters.rates.payer_fee_mille, parameters);
  out.weekly = out.maintenance + out.fee;
  out.wanted = for_payment(out.weekly, source.benefit, parameters);
  take(out, source, parameters);
  return out;
}

Deduction arrears_deduction(Money arrears, Liability liability, const DeductionSource& source,
                            const Parameters& parameters) {
  if (const auto bar = arrears_bar(arrears, liability, source, parameters)) {
    return refused(DeductionKind::arrears, *bar, source, parameters);
  }
  Deduction out;
  out.kind = DeductionKind::arrears;
  out.route = parameters.route(source.benefit);
  out.weekly = parameters.deduction.arrears_week;
  out.wanted = std::min(for_payment(out.weekly, source.benefit, parameters), arrears);
  take(out, source, parameters);
  return out;
}

std::array<Deduction, 2> couple_deductions(const DeductionSource& source,
                                           const Parameters& parameters) {
  const Deduction first = ongoing_deduction(Liability::half_flat, source, parameters);
  DeductionSource rest = source;
  rest.payable = first.left;
  return {first, ongoing_deduction(Liability::half_flat, rest, parameters)};
}

SourceChoice choose_source(Liability liability, Money arrears,
                           std::span<const DeductionSource> sources, const Parameters& parameters) {
  const bool is_arrears = arrears > Money() && !is_flat(liability);
  SourceChoice out;
  std::vector<std::size_t> can;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    out.each.push_back(is_arrears ? arrears_deduction(arrears, liability, sources[i], parameters)
                                  : ongoing_deduction(liability, sources[i], parameters));
    if (out.each.back().is_allowed()) can.push_back(i);
  }
  const std::vector<std::size_t> all_that_can = can;
  out.why = pick(can, sources, out.each);
  if (!can.empty()) out.chosen = can.front();
  for (const std::size_t i : all_that_can) {
    if (i != out.chosen) {
      out.each[i] = refused(out.each[i].kind, Reason::one_benefit_only, sources[i], parameters);
    }
  }
  return out;
}

UcLimits uc_limits(Money standard_allowance, Money other_deductions, Money maintenance,
                   const Parameters& parameters) {
  const DeductionLaw& law = parameters.deduction;
  UcLimits out;
  out.cap = part_of(standard_allowance, law.uc_cap_mille);
  out.ceiling = part_of(standard_allowance, law.uc_ceiling_mille);
  out.total = other_deductions + maintenance;
  out.exceeds_cap = out.total > out.cap;
  out.exceeds_ceiling = out.total > out.ceiling;
  out.place = law.maintenance_first_in_uc ? UcPlace::front : UcPlace::schedule_6_paragraph_5;
  out.maintenance_taken = (law.maintenance_first_in_uc ? maintenance : out.total) <= out.ceiling;
  return out;
}

}  // namespace ig::core::rules
