#pragma once

#include "core/ports/bulk_reader.hpp"

/// The fields of each record, in their order, once for both directions: `with(a, b, ...)` either
/// writes its arguments or reads them.
namespace ig::adapters::rti::fields {

template <class With, class Problem>
void problem(With& with, Problem& one) {
  with.code(one.code);
  with.path(one.position);
  with.path(one.message);
}

/// Of a payment what its form says; ids and provenance but the form are the gateway's.
template <class With, class Payment>
void payment(With& with, Payment& one) {
  with.path(one.header.source.position);
  with(one.header.source.system);
  with(one.header.reported_at, one.header.test, one.employment.office, one.employment.reference,
       one.employment.payroll_id, one.tax_year, one.paid_on, one.frequency);
  with(one.week, one.month, one.periods_covered);
  with(one.taxable_pay, one.taxable_pay_to_date, one.net_pay_pension, one.net_pay_pension_to_date,
       one.other_pension, one.benefits_via_payroll, one.non_taxable, one.nic_gross);
  auto& statutory = one.statutory_to_date;
  with(statutory.smp, statutory.spp, statutory.sap, statutory.shpp, statutory.spbp, statutory.sncp);
  with(one.lump_sum_kind, one.lump_sum_taxable, one.late_reason, one.started_on, one.left_on,
       one.payroll_id_changed_from, one.hours, one.director);
  with(one.irregular, one.after_leaving, one.on_strike, one.unpaid_absence,
       one.occupational_pension, one.non_individual, one.aggregated_earnings);
}

template <class With, class Period>
void nil_period(With& with, Period& one) {
  with.path(one.header.source.position);
  with(one.header.reported_at, one.header.test, one.office, one.reference, one.from, one.to);
}

template <class With, class Message>
void message(With& with, Message& one) {
  with.any(one.message_class);
  with(one.tax_year, one.test, one.irmark, one.employees, one.payments, one.taxable_pay,
       one.employees_refused, one.problems_found, one.refused, one.refused_code, one.nil_period);
}

}  // namespace ig::adapters::rti::fields
