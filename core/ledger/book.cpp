#include "core/ledger/book.hpp"

#include "core/ledger/notes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace ig::core::ledger {
namespace {

using facts::Payment;
using values::Money;

constexpr Money kNothing = Money::pence(0);

/// A payment and the source systems that told it.
struct Told {
  const Payment* payment;
  std::vector<std::string_view> systems;  ///< each once
  bool held = false;
  Payment* completed = nullptr;  ///< `payment`, once a second row filled what it left open

  [[nodiscard]] bool told_by(std::string_view system) const {
    return std::ranges::find(systems, system) != systems.end();
  }
};

template <class T>
void fill(std::optional<T>& into, const std::optional<T>& from) {
  if (!into) into = from;
}
void fill(std::string& into, const std::string& from) {
  if (into.empty()) into = from;
}

/// Fills what one source left open with what another says of the same payment.
void fill_from(Payment& into, const Payment& from) {
  fill(into.employer, from.employer);
  fill(into.frequency, from.frequency);
  fill(into.week, from.week);
  fill(into.month, from.month);
  fill(into.periods_covered, from.periods_covered);
  fill(into.taxable_pay_to_date, from.taxable_pay_to_date);
  fill(into.net_pay_pension, from.net_pay_pension);
  fill(into.other_pension, from.other_pension);
  fill(into.benefits_via_payroll, from.benefits_via_payroll);
  fill(into.nic_gross, from.nic_gross);
  fill(into.statutory_to_date.smp, from.statutory_to_date.smp);
  fill(into.statutory_to_date.spp, from.statutory_to_date.spp);
  fill(into.statutory_to_date.sap, from.statutory_to_date.sap);
  fill(into.statutory_to_date.shpp, from.statutory_to_date.shpp);
  fill(into.statutory_to_date.spbp, from.statutory_to_date.spbp);
  fill(into.statutory_to_date.sncp, from.statutory_to_date.sncp);
  fill(into.lump_sum_kind, from.lump_sum_kind);
  fill(into.lump_sum_taxable, from.lump_sum_taxable);
  fill(into.payment_id, from.payment_id);
  fill(into.late_reason, from.late_reason);
  fill(into.started_on, from.started_on);
  fill(into.left_on, from.left_on);
  fill(into.director, from.director);
  fill(into.irregular, from.irregular);
  fill(into.after_leaving, from.after_leaving);
  fill(into.on_strike, from.on_strike);
  fill(into.unpaid_absence, from.unpaid_absence);
  fill(into.occupational_pension, from.occupational_pension);
}

class Keeper {
 public:
  explicit Keeper(values::Date as_of) : as_of_(as_of) {}

  Book keep(const Job& job) {
    look_ahead(job);
    for (const Payment* one : job.year_corrections) {
      if (one->taxable_pay) book_.corrected_years[one->tax_year] += *one->taxable_pay;
    }
    collect(job);
    hold_disagreements();
    hold_totals_carried_over();
    hold_totals_not_advanced();
    note_gaps();
    return finish();
  }

 private:
  void note(values::Date on, std::string_view code) { book_.notes.push_back({on, code}); }

  /// The first day after today on which a payment becomes due, or is no longer valid.
  void look_ahead(const Job& job) {
    for (const Payment* payment : job.payments) {
      for (const auto& day : {std::optional(payment->paid_on), payment->no_longer_valid_on}) {
        if (day && *day > as_of_ && (!book_.until || *day < *book_.until)) book_.until = day;
      }
    }
  }

  bool withdrawn(const Payment& payment) const {
    return payment.no_longer_valid_on && *payment.no_longer_valid_on <= as_of_;
  }

  /// The newest version of each row: a source that gives its rows ids gives a changed row again
  /// under the same id.
  std::vector<const Payment*> newest_versions(const Job& job) const {
    std::map<std::pair<std::string, std::string>, const Payment*> newest;
    for (const Payment* payment : job.payments) {
      if (payment->payment_id.empty()) continue;
      newest[{payment->header.source.system, payment->payment_id}] = payment;
    }
    std::vector<const Payment*> out;
    for (const Payment* payment : job.payments) {
      if (payment->payment_id.empty() ||
          newest[{payment->header.source.system, payment->payment_id}] == payment) {
        out.push_back(payment);
      }
    }
    return out;
  }

  void collect(const Job& job) {
    const std::vector<const Payment*> rows = newest_versions(job);
    std::vector<const Payment*> gone;
    for (const Payment* row : rows) {
      if (withdrawn(*row)) gone.push_back(row);
    }
    for (const Payment* row : rows) {
      if (row->paid_on > as_of_) continue;
      const bool dead = std::ranges::any_of(gone, [&](const Payment* other) {
        const bool same_id = !row->payment_id.empty() && row->payment_id == other->payment_id;
        return same_id || same_payment(*row, *other);
      });
      if (dead) {
        note(row->paid_on, notes::kPaymentWithdrawn);
        if (row->taxable_pay_to_date) ends_elsewhere_.push_back(row);
      } else if (!row->taxable_pay) {
        note(row->paid_on, notes::kPayNotGiven);
      } else {
        take(*row);
      }
    }
  }

  void take(const Payment& row) {
    const std::string& system = row.header.source.system;
    for (Told& told : told_) {
      if (!same_payment(*told.payment, row)) continue;
      const bool again = told.told_by(system);
      const bool other_row = again && !row.taxable_pay_to_date && !row.payment_id.empty() &&
                             !told.payment->payment_id.empty() &&
                             row.payment_id != told.payment->payment_id;
      if (other_row) continue;
      if (!again) {
        note(row.paid_on, notes::kSeenTwice);
        told.systems.push_back(system);
      }
      complete(told, row);
      return;
    }
    told_.push_back({&row, {system}, false});
  }

  /// Fills what is open in a payment from another row of it; what was given to us stays as it is.
  void complete(Told& told, const Payment& row) {
    if (told.completed == nullptr) {
      book_.completed.push_back(std::make_unique<Payment>(*told.payment));
      told.completed = book_.completed.back().get();
      told.payment = told.completed;
    }
    fill_from(*told.completed, row);
  }

  /// One payday is one payment whatever its source: where two sources each tell rows the other
  /// does not, and their sums for the day differ, none of those rows can be believed.
  void hold_disagreements() {
    if (!several_systems()) return;
    std::map<values::Date, std::vector<Told*>> days;
    for (Told& told : told_) days[told.payment->paid_on].push_back(&told);
    for (auto& [day, rows] : days) {
      std::map<std::string_view, Money> sums;
      std::map<std::string_view, std::size_t> own_rows;
      for (const Told* told : rows) {
        for (const std::string_view system : told->systems) {
          sums[system] += *told->payment->taxable_pay;
        }
        if (told->systems.size() == 1) ++own_rows[told->systems.front()];
      }
      if (own_rows.size() < 2) continue;
      const Money sum = sums.begin()->second;
      const bool agree =
          std::ranges::all_of(sums, [&](const auto& one) { return one.second == sum; });
      note(day, agree ? notes::kSeenTwice : notes::kSourcesDisagree);
      const std::string_view kept = own_rows.begin()->first;
      for (Told* told : rows) {
        if (told->systems.size() == 1 && !(agree && told->systems.front() == kept)) {
          told->held = true;
        }
      }
    }
  }

  bool several_systems() const {
    return std::ranges::any_of(told_, [&](const Told& told) {
      return told.systems.size() > 1 || told.systems != told_.front().systems;
    });
  }

  /// The first payment of a year whose total goes on from last year's, as reported or as corrected:
  /// the total was not reset (rti.md hazard 49).
  void hold_totals_carried_over() {
    std::map<values::TaxYear, Money> last_totals;
    for (const Told& told : told_) {
      if (!told.payment->taxable_pay_to_date) continue;
      Money& last = last_totals[told.payment->tax_year];
      last = std::max(last, *told.payment->taxable_pay_to_date);
    }
    for (Told& told : told_) {
      const auto before = total_before(*told.payment);
      const auto last = last_totals.find(told.payment->tax_year.previous());
      if (!before || last == last_totals.end() || before->in_pence() <= 0) continue;
      const auto corrected = book_.corrected_years.find(last->first);
      const bool goes_on = *before == last->second || (corrected != book_.corrected_years.end() &&
                                                       *before == last->second + corrected->second);
      if (!goes_on || told.held || follows_something(*told.payment)) continue;
      told.held = true;
      note(told.payment->paid_on, notes::kTotalCarriedOver);
    }
  }

  /// The total some payment of the year ends at, or the year's beginning.
  bool follows_something(const Payment& payment) const {
    const auto before = total_before(payment);
    if (!before || *before == kNothing) return true;
    const auto ends_there = [&](const Payment& other) {
      return &other != &payment && other.tax_year == payment.tax_year &&
             other.taxable_pay_to_date == before;
    };
    return std::ranges::any_of(told_, [&](const Told& t) { return ends_there(*t.payment); }) ||
           std::ranges::any_of(ends_elsewhere_, [&](const Payment* p) { return ends_there(*p); });
  }

  /// Pay that did not advance the total: a run sent again (rti.md 4.3, "D = 0, p not 0").
  void hold_totals_not_advanced() {
    for (std::size_t i = 0; i < told_.size(); ++i) {
      Told& told = told_[i];
      const Payment& later = *told.payment;
      if (told.held || !later.taxable_pay_to_date || *later.taxable_pay == kNothing) continue;
      for (std::size_t k = 0; k < i; ++k) {
        const Payment& first = *told_[k].payment;
        const bool same_end = first.tax_year == later.tax_year &&
                              first.taxable_pay_to_date == later.taxable_pay_to_date;
        if (told_[k].held || !same_end || *first.taxable_pay == kNothing) continue;
        if (total_before(first) != total_before(later) && follows_something(later)) continue;
        told.held = true;
        note(later.paid_on, notes::kTotalNotAdvanced);
        break;
      }
    }
  }

  /// Totals that jump: a payment we have not seen, or a correction nobody flagged. What is parked
  /// here is never added to any period (rti.md hazards 3 and 6).
  void note_gaps() {
    std::map<values::TaxYear, const Payment*> heads;
    for (const Told& told : told_) {
      const Payment*& head = heads[told.payment->tax_year];
      if (head == nullptr || told.payment->paid_on < head->paid_on) head = told.payment;
    }
    for (Told& told : told_) {
      const Payment& payment = *told.payment;
      if (told.held || follows_something(payment)) continue;
      if (payment.paid_on == heads[payment.tax_year]->paid_on) continue;
      const bool no_pay = *payment.taxable_pay == kNothing;
      if (!no_pay && *total_before(payment) > total_by(payment)) {
        note(payday_before(payment).plus_days(1), notes::kPaymentMissing);
      } else {
        note(payment.paid_on, notes::kTotalCorrected);
      }
      if (no_pay) told.held = true;
    }
  }

  /// The last payday of the year before this one: what is missing lies after it.
  values::Date payday_before(const Payment& payment) const {
    std::optional<values::Date> out;
    for (const Told& told : told_) {
      const values::Date on = told.payment->paid_on;
      const bool earlier = told.payment->tax_year == payment.tax_year && on < payment.paid_on;
      if (earlier && (!out || on > *out)) out = on;
    }
    return out.value_or(payment.paid_on);
  }

  /// The highest total of the year before this payday.
  Money total_by(const Payment& payment) const {
    Money out = kNothing;
    for (const Told& told : told_) {
      if (told.payment->tax_year != payment.tax_year || told.payment->paid_on >= payment.paid_on) {
        continue;
      }
      out = std::max(out, told.payment->taxable_pay_to_date.value_or(kNothing));
    }
    return out;
  }

  /// The part of the pay that belongs in a weekly rate: payrolled benefits, lump sums, notional
  /// and termination pay do not (law.md R-034; rti.md 4.1).
  Money weekly_part(const Payment& payment, bool& in_a_period) {
    Money amount = *payment.taxable_pay;
    if (payment.late_reason == "B" || payment.late_reason == "C") {
      note(payment.paid_on, notes::kNotionalPayExcluded);
      in_a_period = false;
    }
    if (payment.late_reason == "A") note(payment.paid_on, notes::kPayEstimated);
    if (payment.frequency == values::PayFrequency::IO) {
      note(payment.paid_on, notes::kOneOffPayment);
      in_a_period = false;
    }
    if (payment.after_leaving.value_or(false)) {
      note(payment.paid_on, notes::kPaidAfterLeaving);
      in_a_period = false;
    }
    if (payment.benefits_via_payroll && *payment.benefits_via_payroll != kNothing) {
      amount = amount - *payment.benefits_via_payroll;
      note(payment.paid_on, notes::kBenefitsExcluded);
    }
    if (payment.lump_sum_taxable && *payment.lump_sum_taxable != kNothing) {
      amount = amount - *payment.lump_sum_taxable;
      note(payment.paid_on, notes::kLumpSumExcluded);
      if (amount <= kNothing) in_a_period = false;
    }
    const bool leaving = payment.left_on.has_value() && payment.nic_gross > kNothing;
    if (leaving && amount > *payment.nic_gross) {
      amount = *payment.nic_gross;
      note(payment.paid_on, notes::kTerminationPayExcluded);
    }
    return amount;
  }

  Book finish() {
    for (Told& told : told_) {
      const Payment& payment = *told.payment;
      if (!payment.after_leaving.value_or(false) &&
          (!book_.last_paid_on || *book_.last_paid_on < payment.paid_on)) {
        book_.last_paid_on = payment.paid_on;
      }
      if (told.held) continue;
      if (payment.late_reason == "H") note(payment.paid_on, notes::kCorrected);
      Booked booked{told.payment, {}, true};
      booked.amount = weekly_part(payment, booked.in_a_period);
      book_.payments.push_back(std::move(booked));
    }
    std::ranges::sort(book_.payments, [](const Booked& a, const Booked& b) {
      if (a.payment->paid_on != b.payment->paid_on) return a.payment->paid_on < b.payment->paid_on;
      return known_before(*a.payment, *b.payment);
    });
    return std::move(book_);
  }

  values::Date as_of_;
  std::vector<Told> told_;  ///< in the order we came to know them
  std::vector<const Payment*> ends_elsewhere_;
  Book book_;
};

}  // namespace

Book keep_book(const Job& job, values::Date as_of) { return Keeper(as_of).keep(job); }

}  // namespace ig::core::ledger
