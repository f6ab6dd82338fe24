#pragma once

#include "core/facts/source.hpp"
#include "core/values/money.hpp"
#include "core/values/pay_frequency.hpp"
#include "core/values/tax_year.hpp"

#include <optional>
#include <string>

namespace ig::core::facts {

/// Statutory pay to date, each kind on its own (RTI items 70 to 73, 212, 217).
struct StatutoryToDate {
  std::optional<values::Money> smp, spp, sap, shpp, spbp, sncp;
  friend bool operator==(const StatutoryToDate&, const StatutoryToDate&) = default;
};

/// One payday of one employment as one source reports it (an FPS payment, an RTII row). An absent
/// optional means "not known", never zero. Numbers in brackets are HMRC's data items.
struct Payment {
  FactHeader header;
  values::EmploymentKey employment;
  std::string employer;
  values::TaxYear tax_year;
  values::Date paid_on;                                  ///< contractual payday [43]
  std::optional<values::PayFrequency> frequency;         ///< [42]
  std::optional<int> week;                               ///< tax week 1 to 54, 56 [44]
  std::optional<int> month;                              ///< tax month 1 to 12 [45]
  std::optional<int> periods_covered;                    ///< 1 to 99 [48]
  std::optional<values::Money> taxable_pay;              ///< this payment, signed [58]
  std::optional<values::Money> taxable_pay_to_date;      ///< [41A]
  std::optional<values::Money> net_pay_pension;          ///< already taken off taxable pay [61]
  std::optional<values::Money> net_pay_pension_to_date;  ///< [150]
  std::optional<values::Money> other_pension;            ///< relief at source and like [65]
  std::optional<values::Money> benefits_via_payroll;     ///< inside taxable pay [60]
  std::optional<values::Money> non_taxable;              ///< [58A]
  std::optional<values::Money> nic_gross;                ///< sum over NI letters, this period [79B]
  StatutoryToDate statutory_to_date;
  std::string lump_sum_kind;  ///< empty when none
  std::optional<values::Money> lump_sum_taxable;
  std::string payment_id;                          ///< decimal text of up to 38 digits
  std::string late_reason;                         ///< A to H [154]
  std::optional<values::Date> no_longer_valid_on;  ///< RTII paymentNoLongerValid
  std::optional<values::Date> started_on;          ///< [24]
  std::optional<values::Date> left_on;             ///< [41]
  std::string payroll_id_changed_from;             ///< [40]
  std::string hours;                               ///< band A to E [54]
  std::string confidence_status;                   ///< RTII 1 to 5
  std::string director;                            ///< AN, AL or empty [84A]
  std::optional<bool> irregular;                   ///< [40A]
  std::optional<bool> after_leaving;               ///< [51]
  std::optional<bool> on_strike;                   ///< [152]
  std::optional<bool> unpaid_absence;              ///< [153]
  std::optional<bool> occupational_pension;        ///< [145]
  std::optional<bool> non_individual;              ///< [147]
  std::optional<bool> aggregated_earnings;         ///< [49]
};

}  // namespace ig::core::facts
