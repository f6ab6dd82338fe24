#include "tests/property/core/made_requests.hpp"

#include "core/base/limits.hpp"

#include <algorithm>
#include <array>

namespace ig::tests {
namespace {

using core::base::Random;
using core::facts::Basis;
using core::facts::FigureStatus;
using core::facts::Jurisdiction;
using core::rules::DecisionKind;
using core::rules::Evidence;
using core::rules::Request;
using core::values::Date;
using core::values::Fraction;
using core::values::Money;
using core::values::TaxYear;

constexpr std::int64_t kMost = core::base::limits::money_pence_max;

bool one_in(Random& chance, std::uint64_t many) { return chance.below(many) == 0; }

std::int64_t between(Random& chance, std::int64_t from, std::int64_t to) {
  return from + static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(to - from + 1)));
}

template <class Entry, std::size_t Count>
Entry pick(Random& chance, const std::array<Entry, Count>& list) {
  return list[chance.below(Count)];
}

std::int64_t weekly_sum(Random& chance) {
  constexpr std::array<std::int64_t, 20> edges = {
      0,      0,      1,     2,      3,      4,       5,       699,     700,     701,
      10'000, 10'001, 9'999, 40'000, 30'000, 299'999, 300'000, 300'001, 400'000, kMost};
  switch (chance.below(4)) {
    case 0:
      return pick(chance, edges);
    case 1:
      return between(chance, 0, 2'000);
    case 2:
      return between(chance, 0, 400'000);
    default:
      return one_in(chance, 4) ? between(chance, 0, kMost) : between(chance, 0, 60'000);
  }
}

std::int64_t annual_sum(Random& chance) {
  constexpr std::array<std::int64_t, 20> edges = {
      0,         1,         25,        26,         27,         78,        36'473,
      36'474,    521'454,   521'455,   1'200'000,  1'600'000,  2'400'000, 2'700'000,
      2'085'714, 4'171'455, 6'271'200, 15'642'884, 15'642'883, kMost};
  switch (chance.below(4)) {
    case 0:
      return pick(chance, edges);
    case 1:
      return between(chance, 0, 2'000);
    case 2:
      return between(chance, 0, 20'000'000);
    default:
      return one_in(chance, 8) ? between(chance, 0, kMost) : 50'000 * between(chance, 2, 120);
  }
}

/// A sum at an edge of the test against `base`, or equal to it, or a penny off.
std::int64_t near_sum(Random& chance, std::int64_t base) {
  const std::int64_t part = base / 4 + (base % 4 == 0 ? 0 : 1);
  constexpr std::array<std::int64_t, 3> sides = {1, -1, 0};
  const std::int64_t sum = base + pick(chance, sides) * part + between(chance, -1, 1);
  return std::clamp<std::int64_t>(sum, 0, kMost);
}

Date day_near_an_edge(Random& chance) {
  constexpr std::array<Date, 12> edges = {
      Date::of(2012, 12, 9),  Date::of(2012, 12, 10), Date::of(2013, 7, 28), Date::of(2013, 7, 29),
      Date::of(2013, 11, 24), Date::of(2013, 11, 25), Date::of(2016, 2, 29), Date::of(2024, 2, 29),
      Date::of(2024, 2, 28),  Date::of(2025, 2, 28),  Date::of(2024, 3, 1),  Date::of(2026, 12, 1)};
  if (one_in(chance, 3)) return pick(chance, edges);
  return Date::of(2012, 12, 10).plus_days(static_cast<int>(chance.below(10'000)));
}

Date near_day(Random& chance, Date day) {
  return day.plus_days(static_cast<int>(between(chance, -1, 1)));
}

TaxYear year(Random& chance) {
  return TaxYear::starting(static_cast<int>(between(chance, 2022, 2025)));
}

/// H to the penny, or a penny beside it: near enough to hit the edges of a test against it.
std::int64_t weekly_of(std::int64_t annual) { return (annual / 365 * 7) + annual % 365 * 7 / 365; }

void make_historic(Random& chance, Request& out) {
  constexpr std::array<FigureStatus, 12> statuses = {
      FigureStatus::available, FigureStatus::available,   FigureStatus::available,
      FigureStatus::available, FigureStatus::available,   FigureStatus::available,
      FigureStatus::available, FigureStatus::nil,         FigureStatus::nil,
      FigureStatus::no_data,   FigureStatus::unavailable, FigureStatus::not_asked};
  auto& historic = out.historic;
  historic.status = pick(chance, statuses);
  if (!one_in(chance, 16)) historic.tax_year = year(chance);
  historic.annual = Money::pence(annual_sum(chance));
  if (historic.status == FigureStatus::nil) {
    historic.annual = Money::pence(one_in(chance, 16) ? 1 : 0);
    if (one_in(chance, 2)) historic.annual.reset();
  } else if (one_in(chance, 32)) {
    historic.annual.reset();
  }
  if (historic.annual && one_in(chance, 4)) {
    const std::int64_t annual = historic.annual->in_pence();
    const std::int64_t beside = std::clamp<std::int64_t>(annual + between(chance, -1, 1), 0, kMost);
    const std::int64_t sum = one_in(chance, 3) ? beside : between(chance, 0, annual);
    historic.relief_at_source = {Money::pence(sum), !one_in(chance, 4), !one_in(chance, 4)};
  }
}

/// The sum the request's test is likely made against.
std::int64_t likely_base(Random& chance, const Request& request) {
  const bool of_force = request.in_force &&
                        (request.kind == DecisionKind::in_year_income ||
                         request.kind == DecisionKind::periodic_current_check || one_in(chance, 2));
  if (of_force) return request.in_force->weekly.in_pence();
  return request.historic.annual ? weekly_of(request.historic.annual->in_pence()) : 0;
}

/// An exact fraction: of a yearly sum exactly a quarter off, of the weekly pence, or of anything.
Fraction exact_sum(Random& chance, const Request& request, std::int64_t weekly) {
  const std::int64_t annual = request.historic.annual.value_or(Money()).in_pence();
  if (one_in(chance, 3)) return {weekly, 1};
  if (one_in(chance, 8)) {
    return {between(chance, 0, core::base::limits::fraction_term_max),
            between(chance, 1, core::base::limits::fraction_term_max)};
  }
  constexpr std::array<std::int64_t, 3> quarters = {3, 5, 4};
  const core::values::Int128 sevenths = core::values::Int128{annual} * pick(chance, quarters) * 7;
  return {sevenths + between(chance, -1, 1) * (sevenths > 0 ? 1 : 0), 4 * 365};
}

void make_current(Random& chance, Request& out) {
  if (one_in(chance, 6)) return;
  auto& current = out.current.emplace();
  current.evidence = one_in(chance, 3) ? Evidence::detected : Evidence::verified;
  const std::int64_t weekly =
      one_in(chance, 4) ? weekly_sum(chance) : near_sum(chance, likely_base(chance, out));
  current.weekly = Money::pence(weekly);
  if (!one_in(chance, 4)) return;
  current.exact_weekly = exact_sum(chance, out, weekly);
  // A reader that is given the fraction is given its own pence too.
  if (!one_in(chance, 4) && *current.exact_weekly < Fraction(kMost, 1)) {
    current.weekly = current.exact_weekly->half_up();
  }
}

void make_in_force(Random& chance, Request& out) {
  if (one_in(chance, 24)) return;
  constexpr std::array<Basis, 3> bases = {Basis::historic, Basis::current, Basis::current_estimate};
  auto& in_force = out.in_force.emplace();
  in_force.basis = pick(chance, bases);
  if (one_in(chance, 24)) {
    in_force.basis = one_in(chance, 2) ? Basis::default_rate : Basis::not_income_based;
  }
  const bool beside = out.historic.annual && one_in(chance, 2);
  in_force.weekly = Money::pence(
      beside ? near_sum(chance, weekly_of(out.historic.annual->in_pence())) : weekly_sum(chance));
  if (!one_in(chance, 6)) in_force.tax_year = year(chance);
  if (out.historic.annual && !one_in(chance, 6)) {
    const std::int64_t off = one_in(chance, 3) ? between(chance, -1, 1) : 0;
    in_force.annual =
        Money::pence(std::clamp<std::int64_t>(out.historic.annual->in_pence() + off, 0, kMost));
  }
  if (!one_in(chance, 12)) {
    const Date about = out.effective_date.plus_months(-11);
    in_force.since = about.plus_days(static_cast<int>(between(chance, -4, 4)));
    if (one_in(chance, 4)) in_force.since = out.effective_date.plus_days(-400);
  }
  if (one_in(chance, 2)) {
    in_force.review_date = near_day(chance, out.effective_date);
    if (one_in(chance, 2)) in_force.review_date = out.effective_date.plus_days(100);
  }
}

}  // namespace

Request made_request(Random& chance) {
  constexpr std::array<DecisionKind, 8> kinds = {DecisionKind::initial,
                                                 DecisionKind::annual_review,
                                                 DecisionKind::annual_review,
                                                 DecisionKind::annual_review,
                                                 DecisionKind::in_year_income,
                                                 DecisionKind::in_year_income,
                                                 DecisionKind::periodic_current_check,
                                                 DecisionKind::revision};
  Request out;
  out.id = "r";
  out.kind = pick(chance, kinds);
  out.effective_date = day_near_an_edge(chance);
  out.jurisdiction = one_in(chance, 4) ? Jurisdiction::ni : Jurisdiction::gb;
  make_historic(chance, out);
  make_in_force(chance, out);
  make_current(chance, out);
  if (!one_in(chance, 4)) out.anchor_date = out.effective_date;
  if (!one_in(chance, 4)) out.as_of = near_day(chance, out.effective_date);
  if (out.kind == DecisionKind::revision) {
    for (std::uint64_t i = chance.below(3); i > 0; --i) {
      const std::int64_t annual = out.historic.annual.value_or(Money()).in_pence();
      out.used.push_back({year(chance), Money::pence(std::clamp<std::int64_t>(
                                            annual + between(chance, -1, 1), 0, kMost))});
    }
  }
  out.variation_in_force = one_in(chance, 8);
  return out;
}

}  // namespace ig::tests
