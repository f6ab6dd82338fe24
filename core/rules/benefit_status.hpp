#pragma once

#include "core/base/result.hpp"
#include "core/facts/benefit.hpp"
#include "core/rules/parameters.hpp"
#include "core/values/date.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Benefits and the flat rate: SI 2012/2677 reg 44, 45 and 18(3)(d) (law.md to
/// Awards are yes or no with dates: no sum is looked at, and no tolerance applies.
namespace ig::core::rules {

/// Whose award it is.
enum class Holder : std::uint8_t { paying_parent, partner };

/// Is an award worked out on the footing that the paying parent earns? Asked of universal credit
/// only.
enum class Earnings : std::uint8_t { unknown, none, some };

/// An award of a benefit, for as long as its earnings answer is the same: where earnings come or
/// go, one award ends and the next begins.
struct Award {
  facts::Benefit benefit = facts::Benefit::UC;
  Holder holder = Holder::paying_parent;
  Earnings earnings = Earnings::unknown;
  values::Date from;                     ///< the first day it is held
  std::optional<values::Date> stops_on;  ///< the first day it is no longer held; absent: held on
};

/// Is the award held on a day?
[[nodiscard]] bool held_on(const Award& award, values::Date day);

/// By which limb a benefit puts the paying parent on the flat rate.
enum class FlatRateRoute : std::uint8_t {
  none,            ///< no benefit does: the rate is found from income
  reg44_1,         ///< the paying parent's own (1991 Act Sch 1 para 4(1)(b))
  reg44_2,         ///< the paying parent's or a partner's (para 4(1)(c))
  needs_decision,  ///< an award is held whose effect is not settled: a person says (A16)
};
inline constexpr std::array<std::string_view, 4> kFlatRateRouteNames = {
    "none", "reg44_1", "reg44_2", "needs_decision"};
[[nodiscard]] constexpr std::string_view name(FlatRateRoute route) noexcept {
  return kFlatRateRouteNames[static_cast<std::size_t>(route)];
}

/// Where the awards of one day put the paying parent; the first award of each kind is named.
struct FlatRateStatus {
  std::optional<facts::Benefit> own;               ///< counts under reg 44(1)
  std::optional<facts::Benefit> of_couple;         ///< counts under reg 44(2)
  std::optional<facts::Benefit> listing_unknown;   ///< may count under reg 44(1) (A16)
  std::optional<facts::Benefit> earnings_unknown;  ///< counts under reg 44(2) if without earnings

  /// Reg 44(1) before 44(2), since it needs nothing of a partner; either before what is unsettled.
  [[nodiscard]] FlatRateRoute route() const noexcept;
  /// The benefit the route rests on; nothing where there is no route.
  [[nodiscard]] std::optional<facts::Benefit> benefit() const noexcept;
};

/// The status on a day, under the law of that day.
[[nodiscard]] FlatRateStatus status_on(std::span<const Award> awards, values::Date day,
                                       const Parameters& parameters);

/// The law of a route: "para 4(1)(b), reg 44(1)"; reg 43 in Northern Ireland. Empty for none.
[[nodiscard]] std::string citation(FlatRateRoute route, const Parameters& parameters);

/// Is a partner's award asked for? Only while no award of the paying parent settles the
/// flat rate. `own` holds the paying parent's awards; a partner's in it are passed over.
[[nodiscard]] bool asks_for_partner(std::span<const Award> own, values::Date day,
                                    const Parameters& parameters);

/// May additional income be brought in by a variation? Not where the rate is flat or nil by a
/// benefit of reg 44(2) (reg 57(1)(d)). Nothing where that is not known.
[[nodiscard]] std::optional<bool> additional_income_variation_possible(
    const FlatRateStatus& status);

/// A day on which the route changes; it is the day the change takes effect (reg 18(3)(d)).
struct StatusChange {
  values::Date date;
  FlatRateRoute from = FlatRateRoute::none;
  FlatRateRoute to = FlatRateRoute::none;
  bool by_earnings = false;  ///< the same awards, other earnings: subject to uc.toggle_settle (A17)
  friend bool operator==(const StatusChange&, const StatusChange&) = default;
};

/// What is told of a stretch of days.
struct StatusHistory {
  std::vector<StatusChange> told;        ///< by date
  std::optional<StatusChange> settling;  ///< the last change, while it is too young to be told
};

/// The days looked at: after the first, up to and with the last. A start of today must not move
/// past a change that is still settling.
struct Watch {
  values::Date after;
  values::Date until;
};

/// The changes of route that awards bring, each under the law of its own day; a change of the law
/// itself is none. A change of earnings is told once it has lasted uc.toggle_settle days; one that
/// is reversed before is not told at all. Errors: PARAMETER_MISSING where the watch starts before
/// the 2012 scheme.
[[nodiscard]] base::Result<StatusHistory> status_changes(std::span<const Award> awards,
                                                         const Watch& watch,
                                                         const ParameterSet& law,
                                                         facts::Jurisdiction jurisdiction);

/// Who pays nothing whatever the income (reg 45).
enum class NilRateKind : std::uint8_t {
  child,
  prisoner,
  young_on_benefit,  ///< 16 or 17, on an income-related benefit, self or partner
  youth_trainee,
  care_home_resident,
};
inline constexpr std::array<std::string_view, 5> kNilRateKindNames = {
    "child", "prisoner", "young_on_benefit", "youth_trainee", "care_home_resident"};
[[nodiscard]] constexpr std::string_view name(NilRateKind kind) noexcept {
  return kNilRateKindNames[static_cast<std::size_t>(kind)];
}

/// What reg 45 asks about the paying parent, as found by a person or a case system.
struct NilRateFacts {
  bool child = false;
  bool prisoner = false;
  bool aged_16_or_17 = false;
  bool youth_trainee = false;
  bool care_home_resident = false;  ///< of the kinds reg 45 names
};

/// The first kind of reg 45 that holds on a day; nothing where none does. Pension credit is in reg
/// 44(2) but not here, and universal credit counts only where it is known to be without earnings.
[[nodiscard]] std::optional<NilRateKind> nil_rate_kind(const NilRateFacts& person,
                                                       std::span<const Award> awards,
                                                       values::Date day,
                                                       const Parameters& parameters);

}  // namespace ig::core::rules
