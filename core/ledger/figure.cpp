#include "core/ledger/figure.hpp"

#include "core/ledger/causes.hpp"
#include "core/ledger/level.hpp"
#include "core/ledger/notes.hpp"

#include <algorithm>

namespace ig::core::ledger {
namespace {

using values::Date;
using values::Fraction;
using values::Money;

constexpr Money kNothing = Money::pence(0);
constexpr int kFullConfidencePeriods = 3;  ///< equal periods that leave no doubt
constexpr int kFewPeriods = 3;             ///< an average of fewer says little

/// What one pay period's sum comes to in a week.
Fraction weekly(const Fraction& each, values::PayFrequency frequency, const LedgerPolicy& policy) {
  if (const int weeks = values::weeks_in_period(frequency); weeks > 0) {
    return each * Fraction{1, weeks};
  }
  return each * policy.month_to_week * Fraction{1, values::months_in_period(frequency)};
}

int periods_in_window(values::PayFrequency frequency, const LedgerPolicy& policy) {
  const int weeks = values::weeks_in_period(frequency);
  const int count = weeks > 0 ? policy.window_weeks / weeks
                              : policy.window_months / values::months_in_period(frequency);
  return std::max(1, count);
}

bool can_settle(const Period& period) {
  return !period.part && !period.irregular && !period.on_strike && !period.unpaid_absence &&
         period.amount >= kNothing;
}

/// How many periods at the end are equal, full and without a gap.
std::size_t equal_at_end(std::span<const Period> periods, values::PayFrequency frequency) {
  std::size_t count = 1;
  for (std::size_t i = periods.size() - 1; i > 0; --i) {
    const Period& a = periods[i - 1];
    const Period& b = periods[i];
    if (!can_settle(a) || !can_settle(b) || a.each() != b.each()) break;
    if (empty_between(a, b, frequency) > 0) break;
    ++count;
  }
  return count;
}

/// The periods at the end that lie in a window of `wanted` periods.
std::span<const Period> last_periods(std::span<const Period> periods, int wanted,
                                     values::PayFrequency frequency) {
  std::size_t first = periods.size() - 1;
  int position = periods.back().covers;
  while (first > 0) {
    position += empty_between(periods[first - 1], periods[first], frequency);
    if (position >= wanted) break;
    --first;
    position += periods[first].covers;
  }
  return periods.subspan(first);
}

Window window_of(std::span<const Period> periods, values::PayFrequency frequency) {
  Window out;
  const Period& first = periods.front();
  const Period& last = periods.back();
  if (const int months = values::months_in_period(frequency); months > 0) {
    out.from = first_day_of_month(month_number(first.paid_on) - months * first.covers + 1);
    out.to = last_day_of_month(month_number(last.paid_on));
  } else {
    out.from = first.paid_on.plus_days(1 - days_in_period(frequency) * first.covers);
    out.to = last.paid_on;
  }
  if (periods.size() == 1 && first.part) out.from = *first.started_on;
  for (const Period& period : periods) {
    for (const Booked* booked : period.payments) {
      const facts::Payment& payment = *booked->payment;
      out.payments.push_back(payment.payment_id.empty() ? payment.header.fact_id
                                                        : payment.payment_id);
    }
  }
  return out;
}

/// Relief-at-source pension over the same periods (reg 40): reported, not taken off.
std::optional<Money> deductible(std::span<const Period> periods, values::PayFrequency frequency,
                                const LedgerPolicy& policy) {
  Money sum = kNothing;
  int count = 0;
  for (const Period& period : periods) {
    sum += period.other_pension.value_or(kNothing);
    count += period.covers;
  }
  if (sum <= kNothing) return std::nullopt;
  return weekly({sum.in_pence(), count}, frequency, policy).half_up();
}

bool disrupted(const Period& period) { return period.on_strike || period.unpaid_absence; }

/// One period that stands out among steady ones: a bonus, or a short one. It is no new level until
/// it is repeated (rti.md hazard 28). Beside a strike the full period is no bonus.
void note_outliers(std::span<const Period> periods, std::vector<std::string_view>& notes) {
  if (periods.size() < 3) return;
  const Fraction steady{11, 10};
  const Fraction apart{5, 4};
  for (std::size_t i = 0; i < periods.size(); ++i) {
    std::optional<Fraction> least;
    std::optional<Fraction> most;
    for (std::size_t k = 0; k < periods.size(); ++k) {
      if (k == i) continue;
      least = least ? std::min(*least, periods[k].each()) : periods[k].each();
      most = most ? std::max(*most, periods[k].each()) : periods[k].each();
    }
    if (*most > *least * steady) continue;
    const bool beside_strike = std::ranges::any_of(periods, disrupted) && !disrupted(periods[i]);
    if (periods[i].each() > *most * apart && !beside_strike) notes.push_back(notes::kBonusPeriod);
    if (periods[i].each() * apart < *least) notes.push_back(notes::kShortPeriod);
  }
}

void note_circumstances(std::span<const Period> periods, std::vector<std::string_view>& notes) {
  // Statutory pay in every one of several periods is the income, in some of them a passing dip.
  const bool lasts = periods.size() > 1 && std::ranges::all_of(periods, &Period::statutory);
  if (lasts) notes.push_back(notes::kStatutoryPayLasts);
  for (const Period& period : periods) {
    if (period.on_strike) notes.push_back(notes::kOnStrike);
    if (period.unpaid_absence) notes.push_back(notes::kUnpaidAbsence);
    if (period.statutory && !lasts) notes.push_back(notes::kStatutoryPay);
    if (period.irregular) notes.push_back(notes::kIrregularPay);
    if (period.amount < kNothing) notes.push_back(notes::kNegativePay);
  }
}

/// The first day on which the next pay is overdue; none where pay has no rhythm.
std::optional<Date> overdue_on(const Period& last, const FigureTerms& terms,
                               const LedgerPolicy& policy) {
  if (last.irregular) return std::nullopt;
  return next_payday(last, terms.frequency).plus_days(policy.overdue_days + 1);
}

/// A first period that the job started in, by its days.
Fraction weekly_of_part(const Period& part, const FigureTerms& terms) {
  const Date end = values::months_in_period(terms.frequency) > 0
                       ? last_day_of_month(month_number(part.paid_on))
                       : part.paid_on;
  const int days = std::max(1, values::days_between(*part.started_on, end) + 1);
  return Fraction{part.amount.in_pence(), days} * Fraction{7, 1};
}

/// The average of the window: whole periods only, an empty one as nothing where the totals show
/// that nothing was paid, and not at all where we cannot know.
Fraction average(std::span<const Period> periods, const FigureTerms& terms,
                 const LedgerPolicy& policy, std::vector<std::string_view>& notes, int& count) {
  if (periods.size() == 1 && periods.front().part) {
    notes.push_back(notes::kPartPeriod);
    count = 0;
    return weekly_of_part(periods.front(), terms);
  }
  Money sum = kNothing;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    sum += periods[i].amount;
    count += periods[i].covers;
    if (i == 0) continue;
    const int empty = empty_between(periods[i - 1], periods[i], terms.frequency);
    if (empty == 0) continue;
    if (totals_follow(periods[i - 1], periods[i])) {
      count += empty;
      notes.push_back(notes::kNilPeriod);
    } else {
      notes.push_back(notes::kPeriodNotSeen);
    }
  }
  return weekly({sum.in_pence(), count}, terms.frequency, policy);
}

Fraction not_below_zero(const Fraction& figure, std::vector<std::string_view>& notes) {
  if (figure >= Fraction{}) return figure;
  notes.push_back(notes::kNegativePay);
  return Fraction{};
}

/// The share of a first period that was worked, and whether the pay of the next one bears it out.
bool part_agrees(const Period& part, const Period& whole, const FigureTerms& terms,
                 const LedgerPolicy& policy) {
  if (empty_between(part, whole, terms.frequency) > 0) return false;
  const Fraction of_part = weekly_of_part(part, terms);
  const Fraction of_whole = weekly(whole.each(), terms.frequency, policy);
  return within_a_tenth(of_part, of_whole);
}

/// Why pay moved to the level of `out`, as far as it shows, for as long as sick pay may last. What
/// is expected to go back makes the confidence LOW.
void note_causes(const Move& move, const FigureTerms& terms, const LedgerPolicy& policy,
                 Figure& out) {
  const Date until = move.now.front().paid_on.plus_days(kSickPayDays);
  if (terms.as_of >= until) return;
  if (fell_without_a_word(move)) {
    out.until = until;
    out.notes.push_back(notes::kFallNotExplained);
    if (is_near_sick_pay(out.exact_weekly, policy)) {
      out.notes.push_back(notes::kNearSickPay);
      out.confidence = Confidence::low;
    }
  }
  if (is_seasonal(move, terms.frequency)) {
    out.until = until;
    out.notes.push_back(notes::kSeasonal);
    out.confidence = Confidence::low;
  }
}

/// What the pay comes to where no settled pattern shows: the average of whole periods, of those at
/// the present level alone where it shifted (law.md R-031: not a blend of old and new).
void average_figure(std::span<const Period> periods, const FigureTerms& terms,
                    const LedgerPolicy& policy, Figure& out) {
  const int wanted = periods_in_window(terms.frequency, policy);
  Level level = level_of(periods, terms.frequency);
  const auto count_since = std::min(periods.size() - level.since, static_cast<std::size_t>(wanted));
  const bool unsure = varies(periods, level, count_since, terms.frequency);
  if (unsure) level.since = 0;  // varying pay needs the whole window
  auto window = last_periods(periods.subspan(level.since), wanted, terms.frequency);
  auto shown = window;
  if (window.size() > 1 && window.front().part) {
    window = window.subspan(1);
    if (window.size() == 1 && part_agrees(shown.front(), window.front(), terms, policy)) {
      out.notes.push_back(notes::kPartPeriodAgrees);
    } else {
      if (window.size() == 1) out.notes.push_back(notes::kPartPeriod);
      shown = window;
    }
  }
  if (level.since > 0) {
    out.level_since = periods[level.since].paid_on;
    out.notes.push_back(notes::kLevelShifted);
  }
  if (level.moving) out.notes.push_back(notes::kLevelMoving);
  int count = 0;
  const Fraction figure = average(window, terms, policy, out.notes, count);
  out.exact_weekly = not_below_zero(figure, out.notes);
  out.window = window_of(shown, terms.frequency);
  out.deductible_weekly = deductible(window, terms.frequency, policy);
  note_circumstances(window, out.notes);
  note_outliers(window, out.notes);
  if (level.since == 0) {
    const Outliers outliers = outliers_among(periods, window.size(), terms.frequency);
    if (outliers.above) out.notes.push_back(notes::kBonusPeriod);
    if (outliers.below) out.notes.push_back(notes::kShortPeriod);
  }
  const bool one_stands_out = notes::contains(out.notes, notes::kBonusPeriod) ||
                              notes::contains(out.notes, notes::kShortPeriod);
  if (unsure && !one_stands_out) out.notes.push_back(notes::kPayVaries);
  if (count < std::min(kFewPeriods, wanted)) out.notes.push_back(notes::kFewPeriods);
  if (level.since > 0) {
    note_causes({periods.first(level.since), periods.subspan(level.since)}, terms, policy, out);
  }
  const bool doubtful = notes::contains(out.notes, notes::kFewPeriods) ||
                        notes::contains(out.notes, notes::kIrregularPay) ||
                        std::ranges::any_of(out.notes, notes::explains);
  out.confidence = doubtful ? Confidence::low : Confidence::medium;
}

}  // namespace

Figure figure_of_periods(std::span<const Period> periods, const FigureTerms& terms,
                         const LedgerPolicy& policy) {
  base::require(!periods.empty(), "a figure of periods rests on at least one");
  Figure out;
  const std::size_t run = equal_at_end(periods, terms.frequency);
  const Period& level = periods[periods.size() - run];
  out.level_since = level.paid_on;
  if (run < periods.size() && pension_explains(periods[periods.size() - run - 1], level)) {
    out.notes.push_back(notes::kNetPayPensionChanged);
  }
  const int wanted = periods_in_window(terms.frequency, policy);
  if (static_cast<int>(run) >= policy.settled_periods && !terms.leaving) {
    const std::size_t most =
        std::min(run, static_cast<std::size_t>(std::max(wanted, policy.settled_periods)));
    const auto settled = periods.last(most);
    out.method = Method::settled_pattern;
    out.exact_weekly = weekly(settled.back().each(), terms.frequency, policy);
    out.window = window_of(settled, terms.frequency);
    out.deductible_weekly = deductible(settled, terms.frequency, policy);
    out.confidence = run >= kFullConfidencePeriods ? Confidence::high : Confidence::medium;
    note_circumstances(settled, out.notes);
    note_causes({periods.first(periods.size() - run), periods.last(run)}, terms, policy, out);
  } else {
    average_figure(periods, terms, policy, out);
  }
  const auto due = overdue_on(periods.back(), terms, policy);
  if (due && terms.as_of < *due) {
    out.until = out.until ? std::min(*out.until, *due) : *due;
  } else if (due) {
    out.notes.push_back(notes::kPayOverdue);
    out.confidence = std::min(out.confidence, Confidence::medium);
  }
  return out;
}

Figure figure_of_days(std::span<const Booked> payments, const FigureTerms& terms,
                      const LedgerPolicy& policy) {
  base::require(!payments.empty(), "a figure of days rests on at least one payment");
  Figure out;
  const Date last = payments.back().payment->paid_on;
  const Date from_now = terms.as_of.plus_days(1 - 7 * policy.window_weeks);
  // Nothing in the look-back: it reaches back until it holds a whole one before the last pay.
  Date from = last < from_now ? last.plus_days(1 - 7 * policy.window_weeks) : from_now;
  if (terms.started_on && *terms.started_on <= last) from = std::max(from, *terms.started_on);
  Money sum = kNothing;
  Money pension = kNothing;
  for (const Booked& booked : payments) {
    const facts::Payment& payment = *booked.payment;
    if (payment.paid_on < from) continue;
    sum += booked.amount;
    pension += payment.other_pension.value_or(kNothing);
    out.window.payments.push_back(payment.payment_id.empty() ? payment.header.fact_id
                                                             : payment.payment_id);
  }
  const int days = std::max(7, values::days_between(from, terms.as_of) + 1);
  const Fraction each_week{7, days};
  out.notes.push_back(notes::kIrregularPay);
  out.exact_weekly = not_below_zero(Fraction{sum.in_pence(), 1} * each_week, out.notes);
  out.window.from = from;
  out.window.to = terms.as_of;
  out.level_since = last;
  out.until = terms.as_of.plus_days(1);
  if (pension > kNothing) {
    out.deductible_weekly = (Fraction{pension.in_pence(), 1} * each_week).half_up();
  }
  return out;
}

}  // namespace ig::core::ledger
