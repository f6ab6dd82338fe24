#include "core/ledger/employment.hpp"

#include "core/ledger/figure.hpp"
#include "core/ledger/notes.hpp"
#include "core/ledger/periods.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ig::core::ledger {
namespace {

using facts::Payment;
using values::Date;
using values::Fraction;
using values::PayFrequency;

constexpr int kArrearsDays = 31;      ///< final pay may come so long after the leaving date
constexpr int kRecentNotesDays = 92;  ///< how far back notes of a job without a figure reach

/// When a job starts and ends, by the last word of its sources.
struct Span {
  std::optional<Date> started_on;
  std::optional<Date> left_on;
  bool rehired = false;
  bool leaving_withdrawn = false;
};

/// A leaving date is withdrawn by going on reporting: two later paydays that do not call
/// themselves pay after leaving, at least one of them too late for final pay (rti.md 4.7).
bool reported_on(const Job& job, Date left_on, Date as_of) {
  std::set<Date> days;
  for (const Payment* payment : job.payments) {
    const bool ordinary = !payment->left_on && !payment->after_leaving.value_or(false);
    if (ordinary && payment->paid_on > left_on && payment->paid_on <= as_of) {
      days.insert(payment->paid_on);
    }
  }
  return days.size() >= 2 && *days.rbegin() > left_on.plus_days(kArrearsDays);
}

Span span_of(const Job& job, Date as_of) {
  Span out;
  for (const facts::Employment* one : job.listed) {
    if (one->started_on) out.started_on = one->started_on;
    if (one->left_on) out.left_on = one->left_on;
  }
  std::optional<std::tuple<Date, values::Instant>> newest_start;
  std::optional<std::tuple<values::Instant, Date>> newest_end;
  for (const Payment* payment : job.payments) {
    const values::Instant received = payment->header.received_at;
    if (payment->started_on &&
        (!newest_start || *newest_start <= std::tuple(payment->paid_on, received))) {
      newest_start = {payment->paid_on, received};
      out.started_on = payment->started_on;
    }
    if (payment->left_on &&
        (!newest_end || *newest_end <= std::tuple(received, payment->paid_on))) {
      newest_end = {received, payment->paid_on};
      out.left_on = payment->left_on;
    }
  }
  if (out.left_on && out.started_on && *out.started_on > *out.left_on && *out.started_on <= as_of) {
    out.left_on.reset();
    out.rehired = true;
  }
  if (out.left_on && reported_on(job, *out.left_on, as_of)) {
    out.left_on.reset();
    out.leaving_withdrawn = true;
  }
  return out;
}

/// How the job pays now: the frequency of its newest ordinary payment, else what the list of
/// employments says, else what the kind of tax period suggests.
std::optional<PayFrequency> frequency_of(const Job& job, const Book& book) {
  std::optional<PayFrequency> out;
  std::optional<PayFrequency> by_label;
  for (const facts::Employment* one : job.listed) {
    if (one->frequency) out = one->frequency;
  }
  for (const Booked& booked : book.payments) {
    const Payment& payment = *booked.payment;
    if (payment.frequency && payment.frequency != PayFrequency::IO) out = payment.frequency;
    if (payment.month) by_label = PayFrequency::M1;
    if (payment.week) by_label = PayFrequency::W1;
  }
  if (!out && std::ranges::any_of(book.payments, [](const Booked& booked) {
        return booked.payment->frequency.has_value();
      })) {
    return PayFrequency::IO;
  }
  return out ? out : by_label;
}

int silence_allowed(PayFrequency frequency, bool irregular, int covers,
                    const LedgerPolicy& policy) {
  if (irregular) return policy.silence_irregular_days;
  const int paid_ahead = (covers - 1) * days_in_period(frequency);
  switch (frequency) {
    case PayFrequency::W1:
      return policy.silence_weekly_days + paid_ahead;
    case PayFrequency::W2:
      return policy.silence_fortnightly_days + paid_ahead;
    case PayFrequency::W4:
      return policy.silence_four_weekly_days + paid_ahead;
    case PayFrequency::M3:
    case PayFrequency::M6:
    case PayFrequency::MA:
      return policy.silence_monthly_days + days_in_period(frequency) + paid_ahead;
    case PayFrequency::IR:
      return policy.silence_irregular_days;
    case PayFrequency::M1:
    case PayFrequency::IO:
      break;
  }
  return policy.silence_monthly_days + paid_ahead;
}

/// The payments since the frequency last changed, from the present spell.
std::vector<Booked> of_present_terms(const Book& book, PayFrequency frequency,
                                     std::optional<Date> since, std::vector<DatedNote>& notes) {
  std::vector<Booked> out;
  bool changed = false;
  for (const Booked& booked : book.payments) {
    if (!booked.in_a_period || (since && booked.payment->paid_on < *since)) continue;
    if (booked.payment->frequency.value_or(frequency) != frequency) {
      out.clear();
      changed = true;
      continue;
    }
    if (changed && out.empty())
      notes.push_back({booked.payment->paid_on, notes::kFrequencyChanged});
    out.push_back(booked);
  }
  return out;
}

class Weigher {
 public:
  Weigher(const Job& job, const Book& book, Date as_of, const LedgerPolicy& policy)
      : job_(job), as_of_(as_of), policy_(policy), book_(book), dated_notes_(book.notes) {}

  WeighedJob weigh() {
    WeighedJob out;
    dates_to_come();
    if (book_.last_paid_on || !book_.payments.empty()) out.income = income();
    out.until = until_;
    return out;
  }

 private:
  /// From that day on the same facts may say something else.
  void until(Date day) {
    if (day > as_of_ && (!until_ || day < *until_)) until_ = day;
  }

  void dates_to_come() {
    if (book_.until) until(*book_.until);
    for (const Payment* payment : job_.payments) {
      for (const auto& day : {payment->started_on, payment->left_on}) {
        if (day) until(*day);
      }
    }
    for (const facts::Employment* listed : job_.listed) {
      for (const auto& day : {listed->started_on, listed->left_on}) {
        if (day) until(*day);
      }
    }
  }

  EmploymentIncome income() {
    span_ = span_of(job_, as_of_);
    describe();
    if (out_.status == EmploymentStatus::active) {
      find_figure();
    } else {
      out_.confidence =
          out_.status == EmploymentStatus::ended ? Confidence::high : Confidence::medium;
    }
    gather_notes();
    return std::move(out_);
  }

  void describe() {
    out_.employment = job_.key;
    out_.started_on = span_.started_on;
    out_.left_on = span_.left_on;
    out_.last_paid_on = book_.last_paid_on;
    const auto frequency = frequency_of(job_, book_);
    if (!frequency) note(notes::kFrequencyUnknown);
    frequency_ = frequency.value_or(PayFrequency::IR);
    out_.frequency = frequency;
    bool irregular = false;
    int covers = 1;
    for (const Booked& booked : book_.payments) {
      const Payment& payment = *booked.payment;
      if (!payment.employer.empty()) out_.employer = payment.employer;
      if (payment.occupational_pension) out_.occupational_pension = *payment.occupational_pension;
      if (payment.irregular) irregular = *payment.irregular;
      covers = std::max(1, payment.periods_covered.value_or(1));
      director_ = !payment.director.empty();
      if (payment.header.matched_by == facts::MatchedBy::name) note(notes::kMatchedByName);
    }
    const bool ended = span_.left_on && *span_.left_on <= as_of_;
    const int silent = book_.last_paid_on ? values::days_between(*book_.last_paid_on, as_of_) : 0;
    const int allowed = silence_allowed(frequency_, irregular, covers, policy_);
    if (ended) {
      out_.status = EmploymentStatus::ended;
    } else if (silent > allowed) {
      out_.status = EmploymentStatus::lapsed;
    } else if (book_.last_paid_on) {
      until(book_.last_paid_on->plus_days(allowed + 1));
    }
  }

  void find_figure() {
    std::optional<Date> spell;
    if (span_.rehired) spell = span_.started_on;
    const std::vector<Booked> payments = of_present_terms(book_, frequency_, spell, dated_notes_);
    if (payments.empty()) return without_figure();
    FigureTerms terms{as_of_, frequency_, span_.started_on, span_.left_on.has_value()};
    Figure figure;
    if (is_regular(frequency_)) {
      const std::vector<Period> periods =
          sort_into_periods(payments, frequency_, span_.started_on, dated_notes_);
      figure = figure_of_periods(periods, terms, policy_);
    } else {
      figure = figure_of_days(payments, terms, policy_);
    }
    if (figure.until) until(*figure.until);
    out_.exact_weekly = figure.exact_weekly;
    out_.window = std::move(figure.window);
    out_.method = figure.method;
    out_.confidence = figure.confidence;
    out_.deductible_weekly = figure.deductible_weekly;
    out_.level_since = figure.level_since;
    for (const std::string_view code : figure.notes) note(code);
  }

  /// Only held payments: not known. Only pay that is no weekly rate: nothing a week.
  void without_figure() {
    if (!book_.payments.empty()) out_.exact_weekly = Fraction{};
    out_.confidence = Confidence::low;
  }

  void note(std::string_view code) { codes_.insert(code); }

  void gather_notes() {
    const Date since = out_.window          ? out_.window->from
                       : book_.last_paid_on ? book_.last_paid_on->plus_days(-kRecentNotesDays)
                                            : as_of_.plus_days(-kRecentNotesDays);
    for (const DatedNote& one : dated_notes_) {
      if (one.on >= since) note(one.code);
    }
    for (const std::string_view code : job_.notes) note(code);
    if (span_.rehired) note(notes::kRehired);
    if (span_.leaving_withdrawn) note(notes::kLeavingWithdrawn);
    if (span_.left_on && *span_.left_on > as_of_) note(notes::kLeavingAnnounced);
    if (director_) note(notes::kDirector);
    for (const std::string_view doubt :
         {notes::kTotalNotAdvanced, notes::kTotalCarriedOver, notes::kTotalCorrected,
          notes::kPaydayMoved, notes::kFrequencyChanged, notes::kLeavingAnnounced, notes::kDirector,
          notes::kPayNotGiven, notes::kPaymentMissing, notes::kPaydayByTotal, notes::kPayEstimated,
          notes::kFallNotExplained, notes::kMatchedByName}) {
      if (codes_.contains(doubt)) out_.confidence = std::min(out_.confidence, Confidence::medium);
    }
    for (const std::string_view doubt : {notes::kAliasAmbiguous, notes::kSourcesDisagree}) {
      if (codes_.contains(doubt)) out_.confidence = Confidence::low;
    }
    out_.notes.assign(codes_.begin(), codes_.end());
  }

  const Job& job_;
  Date as_of_;
  const LedgerPolicy& policy_;
  const Book& book_;
  std::vector<DatedNote> dated_notes_;
  std::optional<Date> until_;
  Span span_;
  PayFrequency frequency_ = PayFrequency::IR;
  bool director_ = false;
  std::set<std::string_view> codes_;
  EmploymentIncome out_;
};

}  // namespace

WeighedJob weigh_job(const Job& job, const Book& book, Date as_of, const LedgerPolicy& policy) {
  return Weigher(job, book, as_of, policy).weigh();
}

}  // namespace ig::core::ledger
