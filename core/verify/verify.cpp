#include "core/verify/verify.hpp"

#include "core/ledger/periods.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ig::core::verify {
namespace {

using facts::Payment;
using ledger::EmploymentIncome;
using ledger::EmploymentStatus;
using ledger::PersonIncome;
using values::Date;
using values::Fraction;
using values::Money;

constexpr int kUnknownPeriodDays = 31;

/// A name as it is compared: letters and digits alone, in capitals.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') out.push_back(static_cast<char>(c - 'a' + 'A'));
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out.push_back(c);
  }
  return out;
}

int period_days(const Payment& payment) {
  const int each = payment.frequency ? ledger::days_in_period(*payment.frequency) : 0;
  return (each > 0 ? each : kUnknownPeriodDays) * std::max(1, payment.periods_covered.value_or(1));
}

class Verifier {
 public:
  Verifier(const Claim& claim, std::span<const Payment> payments, Date as_of,
           const VerifyPolicy& policy)
      : claim_(claim), as_of_(as_of), policy_(policy) {
    for (const Payment& payment : payments) {
      if (payment.header.test || payment.non_individual.value_or(false)) continue;
      any_pay_ = true;
      if (of_the_employer(payment)) payments_.push_back(payment);
    }
  }

  Finding find() {
    if (payments_.empty()) {
      reason(any_pay_ ? reasons::kNoSuchEmployer : reasons::kNoPayEver);
      out_.verdict = Verdict::not_covered;
      // A job that is said to have started may still show.
      if (claim_.kind == ClaimKind::job_started) not_seen_yet();
    } else {
      now_ = ledger::weigh(payments_, {}, as_of_, policy_.ledger);
      switch (claim_.kind) {
        case ClaimKind::income:
          income();
          break;
        case ClaimKind::job_started:
          job_started();
          break;
        case ClaimKind::job_ended:
          job_ended();
          break;
      }
    }
    std::ranges::sort(out_.reasons);
    return std::move(out_);
  }

 private:
  void reason(std::string_view code) { out_.reasons.emplace_back(code); }

  void say(Verdict verdict, std::string_view code) {
    out_.verdict = verdict;
    reason(code);
  }

  bool of_the_employer(const Payment& payment) const {
    if (!claim_.reference.empty()) {
      return payment.employment.office == claim_.office &&
             payment.employment.reference == claim_.reference;
    }
    return claim_.employer.empty() || bare(payment.employer) == bare(claim_.employer);
  }

  // ---- a sum a week ----

  void income() {
    std::vector<Payment> since;
    std::ranges::copy_if(payments_, std::back_inserter(since),
                         [&](const Payment& payment) { return is_whole_since(payment); });
    if (since.empty() || !any_paid(since)) return no_pay_since();
    const PersonIncome after = ledger::weigh(since, {}, as_of_, policy_.ledger);
    use_payments_of(after);
    if (!after.exact_weekly) return say(Verdict::too_early, reasons::kPayNotKnown);
    out_.weekly = after.exact_weekly->half_up();
    if (agrees(*after.exact_weekly)) {
      reason(reasons::kPayAgrees);
      const bool one_only = out_.payments.size() < 2;
      if (one_only) reason(reasons::kOnePeriodOnly);
      out_.verdict = one_only ? Verdict::partly : Verdict::supported;
      if (one_only) out_.ask_again_on = next_payday(claim_.from);
      return;
    }
    reason(reasons::kPayDiffers);
    const bool that_way = moved_that_way(*after.exact_weekly);
    if (that_way) reason(reasons::kPayMovedThatWay);
    out_.verdict = that_way ? Verdict::partly : Verdict::contradicted;
  }

  /// The payday lies a whole pay period after the claimed day.
  bool is_whole_since(const Payment& payment) const {
    return payment.paid_on.plus_days(ledger::kDaysOff) >=
           claim_.from.plus_days(period_days(payment));
  }

  bool any_paid(const std::vector<Payment>& all) const {
    return std::ranges::any_of(all, [&](const Payment& one) { return one.paid_on <= as_of_; });
  }

  bool agrees(const Fraction& weekly) const {
    const Fraction claimed = Fraction::whole(*claim_.weekly);
    return size_of(weekly - claimed) <= claimed * policy_.tolerance;
  }

  /// Pay left what it was before the claimed day, in the direction of the claim.
  bool moved_that_way(const Fraction& weekly) const {
    std::vector<Payment> earlier;
    std::ranges::copy_if(payments_, std::back_inserter(earlier),
                         [&](const Payment& payment) { return payment.paid_on < claim_.from; });
    const PersonIncome before =
        ledger::weigh(earlier, {}, claim_.from.plus_days(-1), policy_.ledger);
    if (before.employments.empty() || !before.exact_weekly) return false;
    const Fraction was = *before.exact_weekly;
    const Fraction claimed = Fraction::whole(*claim_.weekly);
    const Fraction a_little = was * policy_.tolerance;
    return claimed > was ? weekly > was + a_little : weekly + a_little < was;
  }

  /// Nothing was paid for a whole period since: the next pay is awaited, or there is none.
  void no_pay_since() {
    const bool none_left = std::ranges::none_of(now_.employments, [](const EmploymentIncome& job) {
      return job.status == EmploymentStatus::active;
    });
    const bool nothing_claimed = *claim_.weekly == Money();
    if (!none_left) {
      say(Verdict::too_early, reasons::kNoWholePeriodYet);
      out_.ask_again_on = next_payday(claim_.from);
      return;
    }
    reason(reasons::kSilentSince);
    const bool known_to_have_ended = now_.exact_weekly && *now_.exact_weekly == Fraction{};
    if (nothing_claimed) {
      out_.verdict = known_to_have_ended ? Verdict::supported : Verdict::partly;
    } else {
      out_.verdict = Verdict::not_covered;
    }
    if (known_to_have_ended) {
      out_.weekly = Money();
      reason(reasons::kLeavingDateSeen);
    }
  }

  /// The day after the first payday that is a whole period after `from` and not yet over.
  std::optional<Date> next_payday(Date from) const {
    std::optional<Date> out;
    for (const EmploymentIncome& job : now_.employments) {
      if (job.status != EmploymentStatus::active || !job.last_paid_on) continue;
      const int days = job.frequency && ledger::days_in_period(*job.frequency) > 0
                           ? ledger::days_in_period(*job.frequency)
                           : kUnknownPeriodDays;
      const int months = job.frequency ? values::months_in_period(*job.frequency) : 0;
      Date payday = *job.last_paid_on;
      for (int n = 1; payday <= as_of_ || payday.plus_days(ledger::kDaysOff) < from.plus_days(days);
           ++n) {
        payday = months > 0 ? job.last_paid_on->plus_months(months * n)
                            : job.last_paid_on->plus_days(days * n);
      }
      if (!out || payday < *out) out = payday;
    }
    if (out) out = out->plus_days(1);
    return out;
  }

  void use_payments_of(const PersonIncome& income) {
    for (const EmploymentIncome& job : income.employments) {
      if (!job.window) continue;
      out_.payments.insert(out_.payments.end(), job.window->payments.begin(),
                           job.window->payments.end());
    }
  }

  // ---- a job ----

  bool same_day(std::optional<Date> day) const {
    return day && std::abs(values::days_between(*day, claim_.from)) <= policy_.date_slack_days;
  }

  void job_ended() {
    const auto ended = std::ranges::find_if(
        now_.employments, [&](const EmploymentIncome& job) { return same_day(job.left_on); });
    if (ended != now_.employments.end()) {
      return say(Verdict::supported, reasons::kLeavingDateSeen);
    }
    const Date last_chance = claim_.from.plus_days(policy_.date_slack_days);
    bool other_date = false;
    bool paid_on = true;
    for (const EmploymentIncome& job : now_.employments) {
      other_date = other_date || job.left_on.has_value();
      const bool paid_since = job.last_paid_on && *job.last_paid_on > last_chance;
      if (!paid_since) paid_on = false;
      if (!paid_since && job.status == EmploymentStatus::lapsed) {
        return say(Verdict::partly, reasons::kSilentSince);
      }
    }
    if (other_date) return say(Verdict::partly, reasons::kOtherLeavingDate);
    if (paid_on) {
      use_payments_of(now_);
      return say(Verdict::contradicted, reasons::kStillPaid);
    }
    say(Verdict::too_early, reasons::kNoWholePeriodYet);
    out_.ask_again_on = now_.until ? now_.until : next_payday(claim_.from);
  }

  void job_started() {
    for (const EmploymentIncome& job : now_.employments) {
      if (!same_day(job.started_on)) continue;
      if (job.window) use_payments_of(now_);
      return say(Verdict::supported, reasons::kStartDateSeen);
    }
    for (const EmploymentIncome& job : now_.employments) {
      const auto first = first_pay_of(job);
      if (!first || *first < claim_.from) continue;
      if (values::days_between(claim_.from, *first) > policy_.first_pay_days) continue;
      use_payments_of(now_);
      return say(Verdict::partly, reasons::kFirstPaySeen);
    }
    not_seen_yet();
  }

  void not_seen_yet() {
    const Date seen_by = claim_.from.plus_days(policy_.first_pay_days);
    out_.reasons.clear();
    if (as_of_ < seen_by) {
      say(Verdict::too_early, reasons::kNoWholePeriodYet);
      out_.ask_again_on = seen_by;
    } else {
      say(Verdict::contradicted, reasons::kNoNewJobSeen);
    }
  }

  std::optional<Date> first_pay_of(const EmploymentIncome& job) const {
    std::optional<Date> out;
    for (const Payment& payment : payments_) {
      const bool same = payment.employment.office == job.employment.office &&
                        payment.employment.reference == job.employment.reference &&
                        payment.employment.payroll_id == job.employment.payroll_id;
      if (same && (!out || payment.paid_on < *out)) out = payment.paid_on;
    }
    return out;
  }

  const Claim& claim_;
  Date as_of_;
  const VerifyPolicy& policy_;
  std::vector<Payment> payments_;
  bool any_pay_ = false;
  PersonIncome now_;
  Finding out_;
};

}  // namespace

std::string_view name(Verdict verdict) noexcept {
  constexpr std::array<std::string_view, 5> names = {"SUPPORTED", "CONTRADICTED", "PARTLY",
                                                     "NOT_COVERED", "TOO_EARLY"};
  return names[static_cast<std::size_t>(verdict)];
}

Finding verify(const Claim& claim, std::span<const Payment> payments, Date as_of,
               const VerifyPolicy& policy) {
  base::require(claim.kind != ClaimKind::income || claim.weekly.has_value(),
                "a claim of income says how much");
  return Verifier(claim, payments, as_of, policy).find();
}

}  // namespace ig::core::verify
