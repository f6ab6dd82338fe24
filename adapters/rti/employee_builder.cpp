#include "adapters/rti/employee_builder.hpp"

#include "core/facts/name_match.hpp"
#include "core/facts/systems.hpp"

#include <utility>

namespace ig::adapters::rti {
namespace {

namespace values = core::values;
using core::base::Sensitive;
using core::facts::Payment;
using core::ports::EmployeePiece;

/// A flag that the form leaves out means "no".
void absent_flags_are_no(Payment& payment) {
  for (auto* flag :
       {&payment.irregular, &payment.after_leaving, &payment.on_strike, &payment.unpaid_absence,
        &payment.occupational_pension, &payment.non_individual, &payment.aggregated_earnings}) {
    if (!*flag) *flag = false;
  }
}

std::string_view lump_sum_kind(El element) {
  switch (element) {
    case El::FlexiblyAccessingPensionRights:
      return "FLEXIBLE_ACCESS";
    case El::PensionDeathBenefit:
      return "DEATH_BENEFIT";
    case El::SeriousIllHealthLumpSum:
      return "SERIOUS_ILL_HEALTH";
    case El::PensionCommencementExcessLumpSum:
      return "COMMENCEMENT_EXCESS";
    default:
      return "STAND_ALONE";
  }
}

/// Sets what a payment takes from its message.
void complete(Payment& payment, const MessageFacts& message) {
  payment.employment.office = message.office;
  payment.employment.reference = message.reference;
  payment.tax_year = message.tax_year;
  payment.header.reported_at = message.reported_at;
  payment.header.test = message.test;
  if (!message.earlier_year) {
    payment.header.source.system = core::facts::kFullPaymentSubmission;
    absent_flags_are_no(payment);
    return;
  }
  // The form names no payday: what it says is about the year as a whole.
  payment.header.source.system = core::facts::kEarlierYearUpdate;
  payment.paid_on = message.tax_year.last_day();
  payment.late_reason = "H";
}

/// Of somebody who is not wanted only the number stays.
void forget(EmployeePiece& piece) {
  core::facts::Subject rest;
  rest.nino = std::move(piece.subject.nino);
  piece.subject = std::move(rest);
}

}  // namespace

void EmployeeBuilder::begin_employee() {
  piece_ = EmployeePiece{};
  forenames_ = 0;
  asked_ = false;
}

void EmployeeBuilder::begin_employment(std::string position) {
  if (!keeps()) return;
  piece_.payments.emplace_back();
  piece_.payments.back().header.source.position = std::move(position);
}

void EmployeeBuilder::end_details() {
  if (asked_) return;
  asked_ = true;
  piece_.wanted = visitor_.wanted_by_name(piece_.subject);
}

void EmployeeBuilder::refuse(const core::ports::Problem& problem) {
  if (!piece_.refused) piece_.refused = problem;
}

void EmployeeBuilder::take(Field field, El element, const Checked& value) {
  if (field == Field::taxable_pay) piece_.taxable_pay += value.money;
  if (!keeps()) return;
  switch (field) {
    case Field::nino:
    case Field::forename:
    case Field::surname:
    case Field::born:
    case Field::gender:
      return take_identity(field, value);
    default:
      if (piece_.payments.empty()) return;
      take_sum(field, value);
      take_job(field, element, value);
  }
}

void EmployeeBuilder::take_identity(Field field, const Checked& value) {
  core::facts::Subject& subject = piece_.subject;
  switch (field) {
    case Field::nino: {
      auto nino = values::Nino::parse(value.text);
      if (!nino) return;
      subject.nino = Sensitive(*nino);
      if (!core::facts::says_who(subject)) return;
      asked_ = true;
      piece_.wanted = visitor_.wanted(*nino);
      return;
    }
    case Field::forename:
      if (forenames_++ == 0) {
        subject.forename = Sensitive(std::string(value.text));
      } else {
        subject.second_forename = Sensitive(std::string(value.text));
      }
      return;
    case Field::surname:
      subject.surname = Sensitive(std::string(value.text));
      return;
    case Field::born:
      subject.date_of_birth = Sensitive(value.date);
      return;
    default:
      subject.gender = value.text;
  }
}

void EmployeeBuilder::take_sum(Field field, const Checked& value) {
  Payment& payment = piece_.payments.back();
  auto& statutory = payment.statutory_to_date;
  switch (field) {
    case Field::taxable_to_date:
      payment.taxable_pay_to_date = value.money;
      break;
    case Field::net_pay_pension_to_date:
      payment.net_pay_pension_to_date = value.money;
      break;
    case Field::taxable_pay:
      payment.taxable_pay = value.money;
      break;
    case Field::non_taxable:
      payment.non_taxable = value.money;
      break;
    case Field::benefits:
      payment.benefits_via_payroll = value.money;
      break;
    case Field::net_pay_pension:
      payment.net_pay_pension = value.money;
      break;
    case Field::other_pension:
      payment.other_pension = value.money;
      break;
    case Field::smp:
      statutory.smp = value.money;
      break;
    case Field::spp:
      statutory.spp = value.money;
      break;
    case Field::sap:
      statutory.sap = value.money;
      break;
    case Field::shpp:
      statutory.shpp = value.money;
      break;
    case Field::spbp:
      statutory.spbp = value.money;
      break;
    case Field::sncp:
      statutory.sncp = value.money;
      break;
    case Field::lump_sum_taxable:
      payment.lump_sum_taxable = value.money;
      break;
    case Field::nic_gross:
      payment.nic_gross = payment.nic_gross.value_or(values::Money()) + value.money;
      break;
    default:
      break;
  }
}

void EmployeeBuilder::take_job(Field field, El element, const Checked& value) {
  Payment& payment = piece_.payments.back();
  switch (field) {
    case Field::occupational_pension:
      payment.occupational_pension = true;
      break;
    case Field::director:
      payment.director = value.text;
      break;
    case Field::started_on:
      payment.started_on = value.date;
      break;
    case Field::payroll_id:
      payment.employment.payroll_id = value.text;
      break;
    case Field::old_payroll_id:
      payment.payroll_id_changed_from = value.text;
      break;
    case Field::non_individual:
      payment.non_individual = true;
      break;
    case Field::irregular:
      payment.irregular = true;
      break;
    case Field::left_on:
      payment.left_on = value.date;
      break;
    case Field::frequency:
      payment.frequency = values::parse_pay_frequency(value.text);
      break;
    case Field::paid_on:
      payment.paid_on = value.date;
      break;
    case Field::late_reason:
      payment.late_reason = value.text;
      break;
    case Field::week:
      payment.week = value.number;
      break;
    case Field::month:
      payment.month = value.number;
      break;
    case Field::periods:
      payment.periods_covered = value.number;
      break;
    case Field::aggregated:
      payment.aggregated_earnings = true;
      break;
    case Field::after_leaving:
      payment.after_leaving = true;
      break;
    case Field::hours:
      payment.hours = value.text;
      break;
    case Field::on_strike:
      payment.on_strike = true;
      break;
    case Field::unpaid_absence:
      payment.unpaid_absence = true;
      break;
    case Field::trivial_commutation:
      payment.lump_sum_kind = "TRIVIAL_COMMUTATION";
      break;
    case Field::lump_sum_kind:
      payment.lump_sum_kind = lump_sum_kind(element);
      break;
    default:
      break;
  }
}

EmployeePiece EmployeeBuilder::finish(const MessageFacts& message, std::string_view raw,
                                      std::uint64_t from, std::uint64_t to, std::string position) {
  piece_.byte_from = from;
  piece_.byte_to = to;
  piece_.test = message.test;
  if (piece_.wanted) {
    piece_.position = std::move(position);
  } else {
    forget(piece_);
  }
  if (piece_.wanted && !piece_.refused) {
    for (Payment& payment : piece_.payments) complete(payment, message);
    piece_.raw = raw;
  } else {
    piece_.payments.clear();
  }
  return std::move(piece_);
}

}  // namespace ig::adapters::rti
