#include "tests/bench/detection/score.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace ig::bench::detection {
namespace {

using core::facts::Payment;
using core::values::Money;

constexpr int kHalfYear = 182;

double size(double number) { return number < 0 ? -number : number; }

/// The job that changes on a day.
std::size_t job_changed(const Plan& plan, int change) {
  const Job& job = plan.jobs[plan.changed_job];
  return job.starts && *job.starts > change ? 0 : plan.changed_job;
}

/// The first payday that shows a change; of a job that ends, its last day where that is later.
int first_payday(const Plan& plan, int change) {
  const Job& job = plan.jobs[job_changed(plan, change)];
  if (job.ends == change) return std::max(change, job.payday_from(change - 1));
  return job.payday_from(change);
}

/// Whether what is needed to know was reported in time: the leaving date, or two changed paydays,
/// of weekly pay four weeks of them.
bool was_told(const Plan& plan, const Reports& reports, int change, int first) {
  const std::size_t place = job_changed(plan, change);
  const Job& job = plan.jobs[place];
  const bool ends = job.ends == change;
  const int from = ends ? job.payday_from(change - 1) : first;
  int seen = 0;
  for (const Told& told : reports.told[place]) {
    if (told.payday >= from && told.received <= first + kInTime) ++seen;
  }
  if (ends) return seen >= 1;
  return seen >= (job.frequency == core::values::PayFrequency::W1 ? 4 : 2);
}

bool all_ended(const Plan& plan, int day) {
  return std::ranges::all_of(plan.jobs, [&](const Job& job) {
    return (job.ends && *job.ends <= day && job.end_reported) || (job.starts && *job.starts > day);
  });
}

double weekly_of(const Payment& payment) {
  const auto pence = static_cast<double>(payment.taxable_pay->in_pence());
  const int weeks = core::values::weeks_in_period(*payment.frequency);
  return weeks > 0 ? pence / weeks : pence * 84 / 365;
}

}  // namespace

Truth::Truth(const Plan& plan) : plan_(plan) {
  sums_.push_back(0);
  for (int day = -kHistoryDays; day < kWatchedDays + kAfterDays; ++day) {
    auto pence = static_cast<double>(plan.trading + plan.benefits);
    for (const Job& job : plan.jobs) pence += static_cast<double>(job.level_on(day));
    sums_.push_back(sums_.back() + pence);
  }
}

double Truth::mean(int from, int days) const {
  const auto at = [](int day) { return static_cast<std::size_t>(day + kHistoryDays); };
  return (sums_[at(from + days)] - sums_[at(from)]) / days;
}

std::int64_t Truth::last_year() const {
  double extras = 0;
  for (const Job& job : plan_.jobs) {
    for (const auto& [day, pence] : job.extras) {
      if (day >= -365 && day < 0) extras += static_cast<double>(pence) * 7 / 365;
    }
  }
  return std::llround(mean(-365, 365) + extras);
}

Score score(const Plan& plan, const Truth& truth, const Reports& reports,
            std::span<const Call> calls, double in_force) {
  Score out;
  const auto in_force_on = [&](int day) {
    double figure = in_force;
    for (const Call& call : calls) {
      if (call.day < day) figure = call.weekly;
    }
    return figure;
  };
  for (const int day : plan.changes) {
    if (day < 1 || day + kInTime >= kWatchedDays) continue;
    const double base = in_force_on(day);
    const double later = truth.mean(day, kHalfYear);
    const double at_first = truth.mean(day, 28);
    const bool far = size(later - base) >= 0.30 * base && size(later - base) > 1;
    if (!far || size(later - at_first) > 0.10 * std::max(later, at_first)) continue;
    Change change;
    change.first_payday = first_payday(plan, day);
    if (change.first_payday + kInTime >= kWatchedDays) continue;
    change.was_told = was_told(plan, reports, day, change.first_payday);
    for (const Call& call : calls) {
      if (call.day < day || (call.weekly > base) != (later > base)) continue;
      change.delay = std::max(0, call.day - change.first_payday);
      break;
    }
    out.changes.push_back(change);
  }
  for (const Call& call : calls) {
    ++out.calls;
    const double base = in_force_on(call.day);
    const double later = truth.mean(call.day, kHalfYear);
    if (call.weekly == 0 && all_ended(plan, call.day)) {
      ++out.between_jobs;
    } else if (size(later - base) <= 0.20 * base || (call.weekly > base) != (later > base)) {
      ++out.false_calls;
    } else {
      if (size(later - base) < 0.25 * base) ++out.nearly;
      if (size(call.weekly - later) <= 0.10 * later) ++out.right_figures;
    }
  }
  return out;
}

std::vector<Call> naive_calls(const Reports& reports, double in_force) {
  std::vector<const Payment*> arrived;
  for (const Payment& payment : reports.payments) arrived.push_back(&payment);
  std::ranges::sort(arrived, {}, [](const Payment* one) {
    return std::pair(one->header.received_at, one->header.fact_id);
  });
  struct Last {
    core::values::Date paid_on;
    double weekly = 0;
  };
  std::map<std::string, Last> jobs;
  std::vector<Call> out;
  for (const Payment* one : arrived) {
    Last& last = jobs[one->employment.office];
    if (one->paid_on < last.paid_on) continue;
    last = {one->paid_on, one->left_on ? 0 : weekly_of(*one)};
    const auto received = std::chrono::floor<std::chrono::days>(one->header.received_at.at());
    const int day = core::values::days_between(kFirstDay, core::values::Date::of(received));
    if (day < 0 || day >= kWatchedDays) continue;
    double weekly = 0;
    for (const auto& [office, job] : jobs) weekly += job.weekly;
    if (weekly == in_force || size(weekly - in_force) < 0.25 * in_force) continue;
    out.push_back({day, weekly});
    in_force = weekly;
  }
  return out;
}

core::facts::CaseRecord case_of(const Plan& plan, const Truth& truth) {
  core::facts::CaseRecord out;
  out.key = {"cms", "100000000017", "PP1"};
  out.review_date = kFirstDay.plus_days(kWatchedDays + 1);
  const std::int64_t weekly = truth.last_year();
  const std::int64_t unseen = plan.trading + plan.benefits;
  core::facts::InForce figure;
  figure.basis = core::facts::Basis::historic;
  figure.weekly = Money::pence(weekly);
  figure.tax_year = core::values::TaxYear::of(kFirstDay).previous();
  figure.annual = Money::pence(weekly * 365 / 7);
  figure.parts["employment"] = Money::pence((weekly - unseen) * 365 / 7);
  if (plan.trading > 0) figure.parts["trading"] = Money::pence(plan.trading * 365 / 7);
  if (plan.benefits > 0) figure.parts["benefits"] = Money::pence(plan.benefits * 365 / 7);
  figure.effective_date = kFirstDay.plus_days(-30);
  figure.since = kFirstDay.plus_days(-30);
  out.in_force = figure;
  return out;
}

}  // namespace ig::bench::detection
