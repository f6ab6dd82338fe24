#include "core/ledger/causes.hpp"

#include "core/values/fraction.hpp"

#include <algorithm>
#include <optional>

namespace ig::core::ledger {
namespace {

using values::Date;
using values::Fraction;

constexpr int kYear = 364;       ///< the same day of the week a year before
constexpr int kBeforeDays = 56;  ///< what lies so far before a swing is compared with last year

/// The mean pay of a period among those paid from one day to another.
std::optional<Fraction> mean(std::span<const Period> periods, Date from, Date to) {
  values::Money sum = values::Money::pence(0);
  int count = 0;
  for (const Period& period : periods) {
    if (period.part || period.paid_on < from || period.paid_on > to) continue;
    sum += period.amount;
    count += period.covers;
  }
  if (count == 0) return std::nullopt;
  return Fraction{sum.in_pence(), count};
}

}  // namespace

bool within_a_tenth(const Fraction& a, const Fraction& b) {
  return size_of(a - b) * Fraction{10, 1} <= b;
}

bool pension_explains(const Period& before, const Period& after) {
  if (!before.net_pay_pension || !after.net_pay_pension) return false;
  const auto whole = [](const Period& p) {
    return p.each() + Fraction{p.net_pay_pension->in_pence(), p.covers};
  };
  const Fraction all = whole(before);
  return size_of(whole(after) - all) <= all * Fraction{1, 100} &&
         size_of(after.each() - before.each()) > before.each() * Fraction{1, 20};
}

bool fell_without_a_word(const Move& move) {
  if (move.before.size() < 2) return false;
  const Period& last = move.before.back();
  const Fraction least = std::min(last.each(), move.before[move.before.size() - 2].each());
  const Date from = move.now.front().paid_on;
  const Fraction now = *mean(move.now, from, move.now.back().paid_on);
  const bool said = std::ranges::any_of(move.now, [](const Period& period) {
    return period.statutory || period.on_strike || period.unpaid_absence;
  });
  return !said && now * Fraction{20, 19} < least && !pension_explains(last, move.now.front());
}

bool is_seasonal(const Move& move, values::PayFrequency frequency) {
  if (move.before.empty()) return false;
  const int half = days_in_period(frequency) / 2;
  const Date first = move.now.front().paid_on;
  const Date last = move.now.back().paid_on;
  const Date until = move.before.back().paid_on;
  const Date from = until.plus_days(-kBeforeDays);
  const auto then = [&](Date a, Date b) {
    return mean(move.before, a.plus_days(-kYear - half), b.plus_days(half - kYear));
  };
  const auto now = mean(move.now, first, last);
  const auto before = mean(move.before, from, until);
  const auto now_then = then(first, last);
  const auto before_then = then(from, until);
  const auto year = mean(move.before, first.plus_days(-kYear), until);
  if (!now || !before || !now_then || !before_then || !year) return false;
  return within_a_tenth(*now_then, *now) && within_a_tenth(*before_then, *before) &&
         !within_a_tenth(*now_then, *before_then) && !within_a_tenth(*now, *year);
}

bool is_near_sick_pay(const Fraction& weekly, const LedgerPolicy& policy) {
  const Fraction rate = Fraction::whole(policy.sick_pay_weekly);
  return rate > Fraction{} && size_of(weekly - rate) * Fraction{20, 1} <= rate;
}

}  // namespace ig::core::ledger
