#include "core/ledger/periods.hpp"

#include "core/base/require.hpp"
#include "core/ledger/notes.hpp"

#include <algorithm>
#include <array>

namespace ig::core::ledger {
namespace {

using facts::Payment;
using values::Date;
using values::Money;
using values::PayFrequency;

constexpr Money kNothing = Money::pence(0);

std::int64_t size_of(Money amount) {
  return amount < kNothing ? -amount.in_pence() : amount.in_pence();
}

/// The tax week or month of a payday, in units of the frequency, over all years.
int slot_of(Date payday, PayFrequency frequency) {
  if (const int weeks = values::weeks_in_period(frequency); weeks > 0) {
    const values::TaxYear year = values::TaxYear::of(payday);
    const int week = values::days_between(year.first_day(), payday) / 7;
    return year.start_year() * 60 + week / weeks;
  }
  return month_number(payday) / values::months_in_period(frequency);
}

/// Whether `next` is a supplementary run of the period `main`, not a period of its own.
bool supplements(const Period& main, const Period& next, PayFrequency frequency) {
  const bool near =
      values::days_between(main.paid_on, next.paid_on) * 2 < days_in_period(frequency);
  const std::int64_t smaller = std::min(size_of(main.amount), size_of(next.amount));
  const std::int64_t larger = std::max(size_of(main.amount), size_of(next.amount));
  const bool small = smaller * 2 < larger;
  const bool same_slot = slot_of(main.paid_on, frequency) == slot_of(next.paid_on, frequency);
  return same_slot ? near || small : near && small;
}

template <class T>
void add(std::optional<T>& into, const std::optional<T>& more) {
  if (more) into = into.value_or(kNothing) + *more;
}

void join(Period& into, const Period& from) {
  if (size_of(from.amount) > size_of(into.amount)) into.paid_on = from.paid_on;
  into.amount += from.amount;
  into.covers = std::max(into.covers, from.covers);
  into.irregular = into.irregular || from.irregular;
  into.on_strike = into.on_strike || from.on_strike;
  into.unpaid_absence = into.unpaid_absence || from.unpaid_absence;
  add(into.net_pay_pension, from.net_pay_pension);
  add(into.other_pension, from.other_pension);
  into.payments.insert(into.payments.end(), from.payments.begin(), from.payments.end());
}

Period period_of(const Booked& booked) {
  const Payment& payment = *booked.payment;
  Period out;
  out.paid_on = payment.paid_on;
  out.amount = booked.amount;
  out.covers = std::max(1, payment.periods_covered.value_or(1));
  out.irregular = payment.irregular.value_or(false);
  out.on_strike = payment.on_strike.value_or(false);
  out.unpaid_absence = payment.unpaid_absence.value_or(false);
  out.net_pay_pension = payment.net_pay_pension;
  out.other_pension = payment.other_pension;
  out.payments = {&booked};
  return out;
}

/// Statutory pay is told to date only: what counts is that it rose.
void mark_statutory(std::vector<Period>& periods) {
  const auto total = [](const Period& period) {
    Money most = kNothing;
    for (const Booked* booked : period.payments) {
      const facts::StatutoryToDate& paid = booked->payment->statutory_to_date;
      Money sum = kNothing;
      for (const auto& part : {paid.smp, paid.spp, paid.sap, paid.shpp, paid.spbp, paid.sncp}) {
        sum += part.value_or(kNothing);
      }
      most = std::max(most, sum);
    }
    return most;
  };
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const Money now = total(periods[i]);
    const bool same_year = i > 0 && values::TaxYear::of(periods[i - 1].paid_on) ==
                                        values::TaxYear::of(periods[i].paid_on);
    const Money before = same_year ? total(periods[i - 1]) : kNothing;
    // The first row seen of a year may carry a total of months we have not seen.
    periods[i].statutory = now > before && (same_year || now <= periods[i].amount);
  }
}

/// The first day of the period that ends with the period's payday or month.
Date first_day(const Period& period, PayFrequency frequency) {
  if (const int months = values::months_in_period(frequency); months > 0) {
    return first_day_of_month(month_number(period.paid_on) - months * period.covers + 1);
  }
  return period.paid_on.plus_days(1 - days_in_period(frequency) * period.covers);
}

/// Days a first period may begin late and still be whole: a weekend and a bank holiday of a month,
/// not a part of a week.
int days_off(PayFrequency frequency) { return std::min(kDaysOff, days_in_period(frequency) / 10); }

/// The payday, or the end of its month where the pay came before it.
Date last_day(const Period& period, PayFrequency frequency) {
  if (values::months_in_period(frequency) == 0) return period.paid_on;
  return std::max(period.paid_on, last_day_of_month(month_number(period.paid_on)));
}

/// What the totals say was paid between two neighbours; several answers where the totals moved.
std::vector<Money> paid_between(const Period& a, const Period& b, Date missing) {
  std::optional<Money> before;
  const values::TaxYear year = values::TaxYear::of(b.paid_on);
  for (const Booked* booked : b.payments) {
    const auto own = total_before(*booked->payment);
    if (booked->payment->late_reason == "H" || booked->payment->tax_year != year || !own) continue;
    before = before ? std::min(*before, *own) : *own;
  }
  if (!before || values::TaxYear::of(missing) != year) return {};
  if (values::TaxYear::of(a.paid_on) != year) return {*before};
  std::vector<Money> out;
  for (const Booked* booked : a.payments) {
    const auto& total = booked->payment->taxable_pay_to_date;
    if (total && booked->payment->tax_year == year) out.push_back(*before - *total);
  }
  return out;
}

/// The period between two neighbours that no report told, where the total shows that it paid what
/// `b` pays, within a tenth.
std::optional<Period> payday_by_total(const Period& a, const Period& b, PayFrequency frequency) {
  if (b.part || b.covers != 1 || b.amount <= kNothing) return std::nullopt;
  if (empty_between(a, b, frequency) != 1) return std::nullopt;
  const Date missing = next_payday(a, frequency);
  Money reported = kNothing;
  for (const Booked* booked : b.payments) reported += *booked->payment->taxable_pay;
  for (const Money paid : paid_between(a, b, missing)) {
    const std::int64_t apart = size_of(paid - reported);
    if (10 * apart > reported.in_pence()) continue;
    Period out = b;
    out.paid_on = missing;
    out.amount = b.amount + (paid - reported);
    out.payments.clear();
    return out;
  }
  return std::nullopt;
}

/// Puts in the paydays that the totals confirm, and takes back that they are missing.
void add_paydays_by_total(std::vector<Period>& periods, PayFrequency frequency,
                          std::vector<DatedNote>& notes) {
  for (std::size_t i = 1; i < periods.size(); ++i) {
    auto found = payday_by_total(periods[i - 1], periods[i], frequency);
    if (!found) continue;
    const Date after = periods[i - 1].paid_on;
    std::erase_if(notes, [&](const DatedNote& one) {
      return one.code == notes::kPaymentMissing && one.on > after && one.on <= periods[i].paid_on;
    });
    notes.push_back({found->paid_on, notes::kPaydayByTotal});
    periods.insert(periods.begin() + static_cast<std::ptrdiff_t>(i), *std::move(found));
    ++i;
  }
}

void note_labels(std::span<const Booked> payments, std::vector<DatedNote>& notes) {
  for (const Booked& booked : payments) {
    const Payment& payment = *booked.payment;
    if (!payment.month) continue;
    const int tax_month = (month_number(payment.paid_on) + 12 - 3) % 12 + 1;
    if (*payment.month != tax_month) notes.push_back({payment.paid_on, notes::kPeriodLabelDiffers});
  }
}

}  // namespace

bool is_regular(PayFrequency frequency) noexcept { return days_in_period(frequency) > 0; }

int days_in_period(PayFrequency frequency) noexcept {
  const int weeks = values::weeks_in_period(frequency);
  return weeks > 0 ? weeks * 7 : values::months_in_period(frequency) * 365 / 12;
}

int month_number(Date payday) noexcept {
  const auto ymd = payday.plus_days(-5).ymd();
  return static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) -
         1;
}

Date first_day_of_month(int month_number) {
  return Date::of(month_number / 12, static_cast<unsigned>(month_number % 12 + 1), 1);
}

Date last_day_of_month(int month_number) {
  return first_day_of_month(month_number + 1).plus_days(-1);
}

std::vector<Period> sort_into_periods(std::span<const Booked> payments, PayFrequency frequency,
                                      std::optional<Date> since, std::vector<DatedNote>& notes) {
  std::vector<Period> days;
  for (const Booked& booked : payments) {
    if (!booked.in_a_period) continue;
    const Period one = period_of(booked);
    if (!days.empty() && days.back().paid_on == one.paid_on) {
      if (booked.payment->late_reason != "H") {
        notes.push_back({one.paid_on, notes::kSupplementaryRun});
      }
      const Date day = one.paid_on;
      join(days.back(), one);
      days.back().paid_on = day;
    } else {
      days.push_back(one);
    }
  }
  std::vector<Period> out;
  for (const Period& day : days) {
    if (!out.empty() && supplements(out.back(), day, frequency)) {
      notes.push_back({day.paid_on, notes::kSupplementaryRun});
      join(out.back(), day);
      continue;
    }
    if (!out.empty() && slot_of(out.back().paid_on, frequency) == slot_of(day.paid_on, frequency)) {
      notes.push_back({day.paid_on, notes::kPaydayMoved});
    }
    out.push_back(day);
  }
  mark_statutory(out);
  note_labels(payments, notes);
  if (since && !out.empty() && *since <= last_day(out.front(), frequency) &&
      *since > first_day(out.front(), frequency).plus_days(days_off(frequency))) {
    out.front().part = true;
    out.front().started_on = since;
  }
  if (is_regular(frequency)) add_paydays_by_total(out, frequency, notes);
  return out;
}

Date next_payday(const Period& period, PayFrequency frequency) {
  const int months = values::months_in_period(frequency);
  return months > 0 ? period.paid_on.plus_months(months * period.covers)
                    : period.paid_on.plus_days(days_in_period(frequency) * period.covers);
}

int empty_between(const Period& a, const Period& b, PayFrequency frequency) {
  int apart = 0;
  if (const int months = values::months_in_period(frequency); months > 0) {
    apart = (month_number(b.paid_on) - month_number(a.paid_on)) / months;
  } else {
    const int length = days_in_period(frequency);
    base::require(length > 0, "periods are counted of pay that comes regularly");
    apart = (values::days_between(a.paid_on, b.paid_on) + length / 2) / length;
  }
  const int covered = std::max(a.covers, b.covers);
  return std::max(0, apart - covered);
}

bool totals_follow(const Period& a, const Period& b) {
  return std::ranges::any_of(b.payments, [&](const Booked* later) {
    const auto before = total_before(*later->payment);
    return before && std::ranges::any_of(a.payments, [&](const Booked* earlier) {
             return earlier->payment->tax_year == later->payment->tax_year &&
                    earlier->payment->taxable_pay_to_date == before;
           });
  });
}

}  // namespace ig::core::ledger
