#include "core/ledger/ledger.hpp"
#include "tests/unit/core/ledger/facts_for_tests.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace ig::core::ledger {
namespace {

using testing::day;
using testing::Payments;
using testing::Payroll;
using testing::weigh_on;
using values::PayFrequency;

constexpr PayFrequency kFrequencies[] = {PayFrequency::W1, PayFrequency::W2, PayFrequency::W4,
                                         PayFrequency::M1, PayFrequency::M3, PayFrequency::IR};

/// Payments of one job over up to a year, with flags, corrections and a second source here and
/// there.
Payments some_job(const std::string& payroll_id) {
  Payroll payroll(payroll_id);
  const auto frequency =
      *rc::gen::elementOf(std::vector(std::begin(kFrequencies), std::end(kFrequencies)));
  payroll.frequency(frequency);
  const int step =
      values::weeks_in_period(frequency) > 0 ? values::weeks_in_period(frequency) * 7 : 30;
  Payments out;
  values::Date on = day(2025, 6, 1).plus_days(*rc::gen::inRange(0, 60));
  const int count = *rc::gen::inRange(1, 12);
  for (int i = 0; i < count; ++i) {
    const auto pay = *rc::gen::elementOf(std::vector<std::int64_t>{0, 100'000, 100'000, 150'000});
    out.push_back(payroll.pay(on, pay));
    if (*rc::gen::inRange(0, 6) == 0) out.push_back(payroll.pay(on, -20'000));
    if (*rc::gen::inRange(0, 6) == 0) {
      facts::Payment told = out.back();
      told.header.source.system = "rtii";
      told.header.fact_id += "r";
      out.push_back(told);
    }
    if (*rc::gen::inRange(0, 9) == 0) out.back().on_strike = true;
    if (*rc::gen::inRange(0, 20) == 0) out.back().left_on = on;
    on = on.plus_days(step);
  }
  return out;
}

std::string summary(const PersonIncome& person) {
  std::string out;
  const auto figure = [](const std::optional<values::Fraction>& exact) {
    return exact ? values::text(exact->numerator()) + "/" + values::text(exact->denominator())
                 : std::string("-");
  };
  out += figure(person.exact_weekly);
  for (const std::string& note : person.notes) out += " " + note;
  for (const EmploymentIncome& job : person.employments) {
    out += "|" + job.employment.payroll_id + " " + figure(job.exact_weekly);
    if (!job.window) continue;
    out += job.window->from.text() + job.window->to.text();
    for (const std::string& id : job.window->payments) out += "," + id;
  }
  return out;
}

const values::Date kAsOf = day(2025, 12, 31);

RC_GTEST_PROP(LedgerProperty, OrderOfFactsNeverMatters, ()) {
  Payments payments = some_job("A");
  const Payments second = some_job("B");
  payments.insert(payments.end(), second.begin(), second.end());
  const std::string before = summary(weigh_on(payments, kAsOf));
  for (std::size_t i = payments.size(); i > 1; --i) {
    std::swap(payments[i - 1], payments[*rc::gen::inRange<std::size_t>(0, i)]);
  }
  RC_ASSERT(summary(weigh_on(payments, kAsOf)) == before);
}

RC_GTEST_PROP(LedgerProperty, DuplicatesNeverChangeTheFigure, ()) {
  Payments payments = some_job("A");
  const std::string before = summary(weigh_on(payments, kAsOf));
  const std::size_t count = payments.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (*rc::gen::arbitrary<bool>()) payments.push_back(payments[i]);
  }
  RC_ASSERT(summary(weigh_on(payments, kAsOf)) == before);
}

RC_GTEST_PROP(LedgerProperty, APersonIsTheSumOfTheActiveJobs, ()) {
  const Payments first = some_job("A");
  const Payments second = some_job("B");
  Payments both = first;
  both.insert(both.end(), second.begin(), second.end());
  const PersonIncome person = weigh_on(both, kAsOf);
  values::Fraction sum;
  bool known = true;
  for (const EmploymentIncome& job : person.employments) {
    if (job.status != EmploymentStatus::active) continue;
    known = known && job.exact_weekly.has_value();
    if (job.exact_weekly) sum = sum + *job.exact_weekly;
  }
  if (known && person.exact_weekly) RC_ASSERT(*person.exact_weekly == sum);
  RC_ASSERT(known || !person.exact_weekly.has_value());
}

RC_GTEST_PROP(LedgerProperty, NoFigureIsEverBelowNothing, ()) {
  const PersonIncome person = weigh_on(some_job("A"), kAsOf);
  for (const EmploymentIncome& job : person.employments) {
    if (job.exact_weekly) RC_ASSERT(*job.exact_weekly >= values::Fraction{});
  }
}

RC_GTEST_PROP(LedgerProperty, NoWindowHoldsAPaymentThatIsNotDue, ()) {
  Payments payments = some_job("A");
  const values::Date as_of = day(2025, 6, 1).plus_days(*rc::gen::inRange(0, 200));
  const PersonIncome person = weigh_on(payments, as_of);
  for (const EmploymentIncome& job : person.employments) {
    if (!job.window) continue;
    for (const std::string& id : job.window->payments) {
      const auto used = std::ranges::find(
          payments, id, [](const facts::Payment& payment) { return payment.header.fact_id; });
      RC_ASSERT(used != payments.end());
      RC_ASSERT(used->paid_on <= as_of);
    }
  }
}

}  // namespace
}  // namespace ig::core::ledger
