#include "adapters/hmrc/income_paye_reply.hpp"

#include "adapters/formats/facts.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

namespace values = core::values;
using core::base::ErrorCode;
using core::base::Result;
using core::facts::Payment;
using formats::Fields;
using formats::FirstError;
using wire::json::Value;

std::optional<values::Money> pay_if(Fields& row, std::string_view name) {
  return money_if(row, name, kPaymentPenceMax);
}

/// The one employment known elsewhere that has this reference; nothing when there are more.
const values::EmploymentKey* known_employer(const IndividualsContext& context,
                                            const std::string& reference) {
  const values::EmploymentKey* found = nullptr;
  for (const values::EmploymentKey& employer : context.employers) {
    if (employer.reference != reference) continue;
    if (found != nullptr && found->office != employer.office) return nullptr;
    found = &employer;
  }
  return found;
}

void read_employer(Fields& row, const IndividualsContext& context, Payment& payment) {
  values::EmploymentKey& key = payment.employment;
  read_employer_reference(row, "employerPayeReference", key);
  if (row.has("hmrcOfficeNumber")) {
    const auto office = three_digits(loose_text(row, "hmrcOfficeNumber"));
    if (!office) {
      row.refuse("hmrcOfficeNumber", ErrorCode::INVALID_TEXT,
                 "a PAYE office is one to three digits");
    } else if (!key.office.empty() && key.office != *office) {
      row.refuse("hmrcOfficeNumber", ErrorCode::CONTRADICTION, "the row names two PAYE offices");
    } else {
      key.office = *office;
    }
  }
  if (key.office.empty() && !key.reference.empty()) {
    if (const auto* known = known_employer(context, key.reference)) key.office = known->office;
  }
  if (key.office.empty() || key.reference.empty()) {
    row.refuse("employerPayeReference", ErrorCode::MISSING_MEMBER,
               "pay without PAYE office and reference cannot be told from the same pay elsewhere");
  }
  if (const auto payroll = row.object_if("payroll")) key.payroll_id = loose_text(*payroll, "id");
}

void read_period(Fields& row, Payment& payment) {
  payment.paid_on = row.date("paymentDate");
  payment.tax_year = tax_year_if(row, "taxYear").value_or(values::TaxYear::of(payment.paid_on));
  payment.frequency = frequency_if(row, "payFrequency");
  payment.week = number_if(row, "weekPayNumber", 1, 56);
  payment.month = number_if(row, "monthPayNumber", 1, 12);
  if (payment.week == 55) {
    row.refuse("weekPayNumber", ErrorCode::INVALID_NUMBER, "there is no tax week 55");
  }
  if (payment.week && payment.month) {
    const bool weekly = payment.frequency && values::weeks_in_period(*payment.frequency) > 0;
    (weekly ? payment.month : payment.week).reset();
  }
}

/// The sum of what is there of the four sums of a NICs block; nothing when none is.
std::optional<values::Money> sum_of_four(Fields& block) {
  std::optional<values::Money> sum;
  for (const char* name : {"inPayPeriod1", "inPayPeriod2", "inPayPeriod3", "inPayPeriod4"}) {
    const auto amount = pay_if(block, name);
    if (amount) sum = sum.value_or(values::Money()) + *amount;
  }
  return sum;
}

/// The live code writes "...Nics", its documents "...NICs".
void read_nics(Fields& row, Payment& payment) {
  for (const char* name : {"grossEarningsForNics", "grossEarningsForNICs"}) {
    auto block = row.object_if(name);
    if (!block) continue;
    payment.nic_gross = sum_of_four(*block);
    return;
  }
}

void read_sums(Fields& row, Payment& payment) {
  payment.taxable_pay = pay_if(row, row.has("taxablePay") ? "taxablePay" : "taxablePayment");
  payment.taxable_pay_to_date = pay_if(row, "taxablePayToDate");
  if (auto pension = row.object_if("employeePensionContribs")) {
    payment.net_pay_pension = pay_if(*pension, "paid");
    payment.net_pay_pension_to_date = pay_if(*pension, "paidYTD");
    payment.other_pension = pay_if(*pension, "notPaid");
  }
  if (auto statutory = row.object_if("statutoryPayYTD")) {
    payment.statutory_to_date.smp = pay_if(*statutory, "maternity");
    payment.statutory_to_date.spp = pay_if(*statutory, "paternity");
    payment.statutory_to_date.sap = pay_if(*statutory, "adoption");
    payment.statutory_to_date.spbp = pay_if(*statutory, "parentalBereavement");
  }
  read_nics(row, payment);
}

/// HMRC documents bands and shows hours: only a band is taken.
std::string band_of(const Fields& row) {
  std::string band = loose_text(row, "paidHoursWorked");
  const bool known = band.size() == 1 && band[0] >= 'A' && band[0] <= 'E';
  return known ? band : std::string();
}

Result<Payment> read_row(const Value& value, const IndividualsContext& context,
                         const std::string& place) {
  FirstError wrong;
  Fields row(value, wrong, context.pointer + place);
  Payment payment;
  payment.header = header_of(context, kIncomeSystem, place);
  read_employer(row, context, payment);
  read_period(row, payment);
  read_sums(row, payment);
  payment.hours = band_of(row);
  if (wrong.failed()) return wrong.take();
  return payment;
}

/// Whether the row's day is one that is asked for; a row without a day is.
bool is_wanted(const Value& value, const IndividualsContext& context) {
  const Value* written = value.is(Value::Kind::object) ? value.find("paymentDate") : nullptr;
  if (!context.days || written == nullptr || !written->is(Value::Kind::string)) return true;
  const auto day = values::Date::parse(written->text());
  return !day || (*day >= context.days->from && *day <= context.days->to);
}

const Value* rows_of(const Value& body) {
  const Value* paye = body.find("paye");
  return paye != nullptr && paye->is(Value::Kind::object) ? paye->find("income") : nullptr;
}

}  // namespace

std::size_t count_income_paye(const Value& body) {
  const Value* rows = rows_of(body);
  return rows != nullptr && rows->is(Value::Kind::array) ? rows->items().size() : 0;
}

Result<IndividualsReply> read_income_paye(const Value& body, const IndividualsContext& context,
                                          core::ports::Digest& digest) {
  FirstError wrong;
  Fields top(body, wrong, context.pointer);
  static_cast<void>(top.object("paye").count("income"));
  if (wrong.failed()) return wrong.take();
  IndividualsReply reply;
  formats::FactIds ids(digest);
  const std::size_t rows = count_income_paye(body);
  for (std::size_t i = 0; i < rows; ++i) {
    const Value& row = rows_of(body)->items()[i];
    if (!is_wanted(row, context)) continue;
    auto payment = read_row(row, context, fmt::format("/paye/income/{}", i));
    if (payment) {
      reply.facts.push_back(ids.with_id(*std::move(payment)));
    } else {
      reply.refused.push_back(std::move(payment).error());
    }
  }
  if (rows == 0) {
    reply.facts.push_back(
        answer_of(core::facts::AnswerStatus::no_data, context, kIncomeSystem, digest));
  }
  return reply;
}

}  // namespace ig::adapters::hmrc
