#include "tests/bench/detection/reports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ig::bench::detection {
namespace {

using core::facts::Payment;
using core::values::Instant;
using core::values::Money;

constexpr int kHazard = 20;  ///< thousandths of paydays that each hazard falls on

Instant noon_of(int day) {
  return Instant::of(Instant::Rep{kFirstDay.plus_days(day).days() + std::chrono::hours{12}});
}

/// What falls into one pay period.
struct Earned {
  std::int64_t pay = 0;      ///< pence
  std::int64_t benefit = 0;  ///< payrolled, inside item 58
  std::int64_t statutory = 0;
  bool on_strike = false;
};

class Employer {
 public:
  Employer(const Job& job, std::size_t place, Dice& dice, Reports& out)
      : job_(job), dice_(dice), out_(out), place_(place), payroll_id_(fmt::format("E{}", place)) {}

  void pay_all() {
    auto& told = out_.told.emplace_back();
    for (const int day : job_.paydays) {
      const int from = job_.pays_from(day);
      if (job_.starts && job_.pays_until(day) < *job_.starts) continue;
      if (job_.ends && from >= *job_.ends) break;
      if (job_.corrected_later) correct_overpaid(from);
      const int received = pay(from, day);
      told.push_back({day, received});
      if (day > kWatchedDays) break;
    }
  }

 private:
  bool strikes() { return dice_.per_mille(kHazard); }

  Earned earned(int from, int to) {
    Earned out;
    std::int64_t sum = 0;
    std::int64_t statutory = 0;
    const int until = job_.pays_until(to);
    for (int day = from; day <= until; ++day) {
      const std::int64_t level = job_.level_on(day);
      sum += level;
      for (const Step& step : job_.steps) {
        if (day < step.from || day >= step.to) continue;
        out.on_strike = out.on_strike || step.on_strike;
        if (step.statutory) statutory += level;
      }
    }
    const int days = until - from + 1;
    double noisy = static_cast<double>(sum) / days;
    const int weeks = core::values::weeks_in_period(job_.frequency);
    const double apart = weeks > 0 ? weeks : 365.0 / 84.0;
    if (job_.noise > 0)
      noisy *= std::max(0.0, 1.0 + job_.noise * dice_.normal() / std::sqrt(apart));
    if (job_.commission > 0) noisy *= std::max(0.3, 1.0 + job_.commission * dice_.normal());
    out.pay = std::llround(noisy * apart);
    out.statutory = std::llround(static_cast<double>(statutory) / days * apart);
    out.benefit = std::llround(static_cast<double>(job_.benefit) * apart);
    return out;
  }

  /// Pays one period and reports it; gives the day the report came.
  int pay(int from, int to) {
    Earned earned_now = earned(from, to);
    if (const auto extra = job_.extras.find(to); extra != job_.extras.end()) {
      earned_now.pay += extra->second;
    }
    const bool last = job_.ends && job_.pays_until(to) >= *job_.ends - 1;
    if (earned_now.pay == 0 && !last && dice_.per_mille(500)) return Told::never;
    const bool missing = strikes();
    const bool wrong = strikes() && !last;
    const bool renumbered = strikes();
    const bool silent_fix = strikes();
    const std::string old_id = payroll_id_;
    if (renumbered) payroll_id_ = fmt::format("E{}R{}", place_, to + kHistoryDays);
    const std::int64_t error = wrong ? earned_now.pay * dice_.between(-20, 20) / 100 : 0;
    if (silent_fix) extra_total_ = -earned_now.pay / 20;
    Payment one = payment(to, earned_now, error);
    if (renumbered && dice_.per_mille(500)) one.payroll_id_changed_from = old_id;
    if (last) say_left(one, earned_now);
    const int received = strikes() ? to + dice_.between(4, 35) : to - dice_.below(4);
    one.header.received_at = noon_of(received);
    if (!missing) send(one, received);
    if (error != 0)
      correct(to, -error, to + dice_.between(1, job_.paydays[1] - job_.paydays[0] - 1));
    return missing ? Told::never : received;
  }

  Payment payment(int day, const Earned& earned_now, std::int64_t error) {
    Payment out = row(day, earned_now.pay + earned_now.benefit + error);
    if (job_.benefit > 0) out.benefits_via_payroll = Money::pence(earned_now.benefit);
    statutory_ += earned_now.statutory;
    if (statutory_ > 0) out.statutory_to_date.smp = Money::pence(statutory_);
    if (earned_now.on_strike) out.on_strike = true;
    if (job_.pension) out.occupational_pension = true;
    if (job_.director) out.director = "AN";
    if (job_.starts && !started_) out.started_on = kFirstDay.plus_days(*job_.starts);
    started_ = true;
    return out;
  }

  void say_left(Payment& one, const Earned& earned_now) {
    if (!job_.end_reported) return;
    one.left_on = kFirstDay.plus_days(*job_.ends - 1);
    if (job_.termination == 0) return;
    one.nic_gross = Money::pence(earned_now.pay);
    one.taxable_pay = *one.taxable_pay + Money::pence(job_.termination);
    one.taxable_pay_to_date = *one.taxable_pay_to_date + Money::pence(job_.termination);
  }

  /// A row of one payday, with the total to date kept going as a payroll keeps it.
  Payment row(int day, std::int64_t pence) {
    Payment out;
    out.paid_on = kFirstDay.plus_days(day);
    out.tax_year = core::values::TaxYear::of(out.paid_on);
    if (year_ != out.tax_year) total_ = statutory_ = 0;
    year_ = out.tax_year;
    total_ += pence + std::exchange(extra_total_, 0);
    out.header.fact_id = fmt::format("{}-{}", place_, ++count_);
    out.header.source.system = "fps";
    out.employment = {job_.office, "XB4471", payroll_id_, 0};
    out.frequency = job_.frequency;
    out.periods_covered = 1;
    out.taxable_pay = Money::pence(pence);
    out.taxable_pay_to_date = Money::pence(total_);
    return out;
  }

  void send(const Payment& one, int received) {
    out_.payments.push_back(one);
    if (strikes()) again(one, received + dice_.between(0, 5), "fps");
    if (strikes()) again(one, received + dice_.between(0, 10), "rtii");
  }

  void again(Payment one, int received, const char* system) {
    one.header.fact_id = fmt::format("{}-{}", place_, ++count_);
    one.header.source.system = system;
    one.header.received_at = noon_of(received);
    out_.payments.push_back(std::move(one));
  }

  /// A formal correction: the difference, for the payday it names.
  void correct(int day, std::int64_t difference, int received) {
    Payment one = row(day, difference);
    one.late_reason = "H";
    one.header.received_at = noon_of(received);
    out_.payments.push_back(std::move(one));
  }

  /// All that was paid too much is put right once the pay is right again.
  void correct_overpaid(int from) {
    const Step& step = job_.steps.front();
    if (from != step.to) return;
    const std::int64_t difference = (job_.level * step.thousandths / 1'000 - job_.level) * 365 / 84;
    for (const int payday : job_.paydays) {
      const int paid_for = job_.pays_from(payday);
      if (paid_for >= step.from && paid_for < step.to) correct(payday, -difference, from + 2);
    }
  }

  const Job& job_;
  Dice& dice_;
  Reports& out_;
  std::size_t place_;
  std::string payroll_id_;
  core::values::TaxYear year_;
  std::int64_t total_ = 0;
  std::int64_t extra_total_ = 0;
  std::int64_t statutory_ = 0;
  bool started_ = false;
  int count_ = 0;
};

}  // namespace

Reports report(const Plan& plan, Dice& dice) {
  Reports out;
  for (std::size_t i = 0; i < plan.jobs.size(); ++i) {
    Employer(plan.jobs[i], i, dice, out).pay_all();
  }
  return out;
}

}  // namespace ig::bench::detection
