#include "core/rules/benefit_status.hpp"

#include "core/rules/decision.hpp"

#include <algorithm>
#include <utility>

namespace ig::core::rules {
namespace {

using base::Result;
using facts::Benefit;
using values::Date;

void name_first(std::optional<Benefit>& place, Benefit benefit) {
  if (!place) place = benefit;
}

void count(FlatRateStatus& out, const Award& award, BenefitLimb limb) {
  const bool is_own = award.holder == Holder::paying_parent;
  switch (limb) {
    case BenefitLimb::reg44_1:
      if (is_own) name_first(out.own, award.benefit);
      return;
    case BenefitLimb::reg44_2:
      name_first(out.of_couple, award.benefit);
      return;
    case BenefitLimb::reg44_2_without_earnings:
      if (award.earnings == Earnings::none) name_first(out.of_couple, award.benefit);
      if (award.earnings == Earnings::unknown) name_first(out.earnings_unknown, award.benefit);
      return;
    case BenefitLimb::needs_decision:
      if (is_own) name_first(out.listing_unknown, award.benefit);
      return;
    default:
      return;
  }
}

/// The benefits held on a day and by whom, whatever the earnings.
std::vector<std::pair<Benefit, Holder>> held(std::span<const Award> awards, Date day) {
  std::vector<std::pair<Benefit, Holder>> out;
  for (const Award& award : awards) {
    if (held_on(award, day)) out.emplace_back(award.benefit, award.holder);
  }
  std::ranges::sort(out);
  const auto rest = std::ranges::unique(out);
  out.erase(rest.begin(), rest.end());
  return out;
}

/// The days of a watch on which an award starts or stops, in order, each once.
std::vector<Date> days_of_change(std::span<const Award> awards, const Watch& watch) {
  std::vector<Date> out;
  for (const Award& award : awards) {
    out.push_back(award.from);
    if (award.stops_on) out.push_back(*award.stops_on);
  }
  std::erase_if(out, [&](Date day) { return day <= watch.after || day > watch.until; });
  std::ranges::sort(out);
  const auto rest = std::ranges::unique(out);
  out.erase(rest.begin(), rest.end());
  return out;
}

/// The change of one day with the days a change of earnings must last under that day's law.
struct Candidate {
  StatusChange change;
  int settle_days = 0;
};

std::optional<Candidate> change_on(std::span<const Award> awards, Date day,
                                   const Parameters& parameters) {
  const Date eve = day.plus_days(-1);
  Candidate out;
  out.change.date = day;
  out.change.from = status_on(awards, eve, parameters).route();
  out.change.to = status_on(awards, day, parameters).route();
  if (out.change.from == out.change.to) return std::nullopt;
  out.change.by_earnings = held(awards, eve) == held(awards, day);
  if (out.change.by_earnings) out.settle_days = parameters.uc_settle_days;
  return out;
}

/// Leaves out the changes that did not last, and joins those around them.
StatusHistory settled(const std::vector<Candidate>& candidates, Date until) {
  StatusHistory out;
  std::optional<FlatRateRoute> joined;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    StatusChange change = candidates[i].change;
    change.from = joined.value_or(change.from);
    joined.reset();
    if (change.from == change.to) continue;
    const bool is_last = i + 1 == candidates.size();
    const Date end = is_last ? until : candidates[i + 1].change.date;
    if (values::days_between(change.date, end) >= candidates[i].settle_days) {
      out.told.push_back(change);
    } else if (is_last) {
      out.settling = change;
    } else {
      joined = change.from;
    }
  }
  return out;
}

bool is_youth_benefit(const Award& award, const Parameters& parameters) {
  const BenefitLimb limb = parameters.limb(award.benefit);
  if (limb == BenefitLimb::reg44_2) return award.benefit != Benefit::PC;
  return limb == BenefitLimb::reg44_2_without_earnings && award.earnings == Earnings::none;
}

}  // namespace

bool held_on(const Award& award, Date day) {
  return award.from <= day && (!award.stops_on || day < *award.stops_on);
}

FlatRateRoute FlatRateStatus::route() const noexcept {
  if (own) return FlatRateRoute::reg44_1;
  if (of_couple) return FlatRateRoute::reg44_2;
  return listing_unknown || earnings_unknown ? FlatRateRoute::needs_decision : FlatRateRoute::none;
}

std::optional<Benefit> FlatRateStatus::benefit() const noexcept {
  if (own) return own;
  if (of_couple) return of_couple;
  return listing_unknown ? listing_unknown : earnings_unknown;
}

FlatRateStatus status_on(std::span<const Award> awards, Date day, const Parameters& parameters) {
  FlatRateStatus out;
  for (const Award& award : awards) {
    if (held_on(award, day)) count(out, award, parameters.limb(award.benefit));
  }
  return out;
}

std::string citation(FlatRateRoute route, const Parameters& parameters) {
  if (route == FlatRateRoute::none) return {};
  if (route == FlatRateRoute::reg44_1) return "para 4(1)(b), " + regulation(44, "(1)", parameters);
  if (route == FlatRateRoute::reg44_2) return "para 4(1)(c), " + regulation(44, "(2)", parameters);
  return regulation(44, "", parameters);
}

bool asks_for_partner(std::span<const Award> own, Date day, const Parameters& parameters) {
  std::vector<Award> awards(own.begin(), own.end());
  std::erase_if(awards, [](const Award& award) { return award.holder == Holder::partner; });
  const FlatRateStatus status = status_on(awards, day, parameters);
  return !status.own && !status.of_couple;
}

std::optional<bool> additional_income_variation_possible(const FlatRateStatus& status) {
  if (status.of_couple) return false;
  if (status.earnings_unknown) return std::nullopt;
  return true;
}

Result<StatusHistory> status_changes(std::span<const Award> awards, const Watch& watch,
                                     const ParameterSet& law, facts::Jurisdiction jurisdiction) {
  const auto at_start = law.on(watch.after, jurisdiction);
  if (!at_start) return at_start.error();
  std::vector<Candidate> candidates;
  for (const Date day : days_of_change(awards, watch)) {
    const auto change = change_on(awards, day, *law.find(day, jurisdiction));
    if (change) candidates.push_back(*change);
  }
  return settled(candidates, watch.until);
}

std::optional<NilRateKind> nil_rate_kind(const NilRateFacts& person, std::span<const Award> awards,
                                         Date day, const Parameters& parameters) {
  if (person.child) return NilRateKind::child;
  if (person.prisoner) return NilRateKind::prisoner;
  const auto counts = [&](const Award& award) {
    return held_on(award, day) && is_youth_benefit(award, parameters);
  };
  if (person.aged_16_or_17 && std::ranges::any_of(awards, counts)) {
    return NilRateKind::young_on_benefit;
  }
  if (person.youth_trainee) return NilRateKind::youth_trainee;
  if (person.care_home_resident) return NilRateKind::care_home_resident;
  return std::nullopt;
}

}  // namespace ig::core::rules
