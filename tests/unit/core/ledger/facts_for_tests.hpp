#pragma once

#include "core/ledger/ledger.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace ig::core::ledger::testing {

inline values::Date day(int year, unsigned month, unsigned day_of_month) {
  return values::Date::of(year, month, day_of_month);
}

/// 12:00 on a day.
inline values::Instant noon(values::Date on) {
  return values::Instant::of(values::Instant::Rep{on.days() + std::chrono::hours{12}});
}

/// Payments of one job, with the pay to date kept going as a payroll keeps it.
class Payroll {
 public:
  explicit Payroll(std::string payroll_id = "E17", std::string office = "120",
                   std::string reference = "XB4471")
      : key_{std::move(office), std::move(reference), std::move(payroll_id), 0} {}

  Payroll& frequency(values::PayFrequency frequency) {
    frequency_ = frequency;
    return *this;
  }
  Payroll& total(std::int64_t pence) {
    total_ = pence;
    return *this;
  }
  Payroll& key(values::EmploymentKey key) {
    key_ = std::move(key);
    return *this;
  }
  Payroll& source(std::string system) {
    system_ = std::move(system);
    return *this;
  }

  /// Pays and gives the fact; a new tax year starts the total anew.
  facts::Payment pay(values::Date on, std::int64_t pence) {
    const values::TaxYear year = values::TaxYear::of(on);
    if (year_ && *year_ != year) total_ = 0;
    year_ = year;
    total_ += pence;
    facts::Payment out;
    out.header.fact_id = fmt::format("{}-{}-{}", system_, key_.payroll_id, ++count_);
    out.header.source.system = system_;
    out.header.received_at = noon(on);
    out.employment = key_;
    out.tax_year = year;
    out.paid_on = on;
    out.frequency = frequency_;
    out.periods_covered = 1;
    out.taxable_pay = values::Money::pence(pence);
    out.taxable_pay_to_date = values::Money::pence(total_);
    return out;
  }

 private:
  values::EmploymentKey key_;
  values::PayFrequency frequency_ = values::PayFrequency::M1;
  std::string system_ = "fps";
  std::int64_t total_ = 0;
  std::optional<values::TaxYear> year_;
  int count_ = 0;
};

using Payments = std::vector<facts::Payment>;

inline PersonIncome weigh_on(const Payments& payments, values::Date as_of) {
  return weigh(payments, {}, as_of, LedgerPolicy{});
}

/// What a month's pay comes to in a week.
inline std::int64_t month(std::int64_t pence_a_month) {
  return values::Fraction(pence_a_month * 84, 365).half_up().in_pence();
}

inline std::int64_t pence(const PersonIncome& person) {
  return person.exact_weekly ? person.exact_weekly->half_up().in_pence() : -1;
}
inline std::int64_t pence(const EmploymentIncome& job) {
  return job.exact_weekly ? job.exact_weekly->half_up().in_pence() : -1;
}

/// Three equal months to the end of January 2026, as contracts.md shows them.
inline Payments three_months(std::int64_t each = 231'050) {
  Payroll payroll;
  payroll.total(7 * each);
  Payments out;
  out.push_back(payroll.pay(day(2025, 11, 28), each));
  out.push_back(payroll.pay(day(2025, 12, 31), each));
  out.push_back(payroll.pay(day(2026, 1, 30), each));
  return out;
}

}  // namespace ig::core::ledger::testing
