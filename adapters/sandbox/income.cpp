#include "adapters/sandbox/income.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ig::adapters::sandbox {
namespace {

constexpr std::string_view kRoot = "/individuals/income/";
constexpr std::string_view kPaye = "/individuals/income/paye";
constexpr std::string_view kSa = "/individuals/income/sa";

void write_p1(wire::json::Writer& out, const PaidRow& row) {
  out.member("employerPayeReference",
             fmt::format("{}/{}", row.scheme->office, row.scheme->reference));
  out.key("taxablePayment").raw(amount(row.pay));
  out.member("paymentDate", text(row.paid_on));
  out.member(row.scheme->rhythm == Rhythm::monthly ? "monthPayNumber" : "weekPayNumber",
             row.period);
}

void write_pensions(wire::json::Writer& out) {
  out.key("employeePensionContribs").begin_object();
  for (const char* name : {"paidYTD", "notPaidYTD", "paid", "notPaid"}) out.key(name).raw("0");
  out.end_object();
}

void write_statutory(wire::json::Writer& out) {
  out.key("statutoryPayYTD").begin_object();
  for (const char* name : {"maternity", "paternity", "adoption", "parentalBereavement"}) {
    out.key(name).raw("0");
  }
  out.end_object();
}

void write_nics(wire::json::Writer& out, std::string_view name, std::int64_t in_period,
                std::int64_t to_date) {
  out.key(name).begin_object().key("inPayPeriod1").raw(amount(in_period));
  if (to_date >= 0) out.key("ytd1").raw(amount(to_date));
  out.end_object();
}

/// Every field is left out that no scope of the token has.
void write_v2(wire::json::Writer& out, const PaidRow& row, std::uint32_t fields,
              std::string_view absent) {
  const auto has = [&](std::uint32_t field, std::string_view name) {
    return (fields & field) != 0 && name != absent;
  };
  const auto money = [&](std::uint32_t field, std::string_view name, std::int64_t pence) {
    if (has(field, name)) out.key(name).raw(amount(pence));
  };
  if (has(kOffice, "hmrcOfficeNumber")) out.member("hmrcOfficeNumber", row.scheme->office);
  if (has(kEmployer, "employerPayeReference")) {
    out.member("employerPayeReference", row.scheme->reference);
  }
  const int year = tax_year_start(row.paid_on);
  if (has(kYear, "taxYear")) {
    out.member("taxYear", fmt::format("{:02}-{:02}", year % 100, (year + 1) % 100));
  }
  if (has(kPartner, "employee")) {
    out.key("employee").begin_object().member("hasPartner", false).end_object();
  }
  if (has(kPayroll, "payroll")) {
    out.key("payroll").begin_object().member("id", row.job->payroll_id).end_object();
  }
  if (has(kFrequency, "payFrequency")) {
    out.member("payFrequency", frequency_code(row.scheme->rhythm));
  }
  const auto* period = row.scheme->rhythm == Rhythm::monthly ? "monthPayNumber" : "weekPayNumber";
  if (has(kPeriod, period)) out.member(period, row.period);
  if (has(kDate, "paymentDate")) out.member("paymentDate", text(row.paid_on));
  if (has(kHours, "paidHoursWorked")) out.member("paidHoursWorked", "D");
  if (has(kTaxCode, "taxCode")) out.member("taxCode", "1257L");
  money(kPayToDate, "taxablePayToDate", row.pay_to_date);
  money(kPay, "taxablePay", row.pay);
  money(kTaxToDate, "totalTaxToDate", row.tax_to_date);
  money(kTax, "taxDeductedOrRefunded", row.taken.tax);
  money(kNetDeductions, "dednsFromNetPay", 0);
  if (has(kPensions, "employeePensionContribs")) write_pensions(out);
  if (has(kStatutory, "statutoryPayYTD")) write_statutory(out);
  if (has(kGrossNics, "grossEarningsForNics")) {
    write_nics(out, "grossEarningsForNics", row.pay, -1);
  }
  if (has(kEmployerNics, "totalEmployerNics")) {
    write_nics(out, "totalEmployerNics", row.taken.employer_ni, row.employer_ni_to_date);
  }
  if (has(kEmployeeNics, "employeeNics")) {
    write_nics(out, "employeeNics", row.taken.employee_ni, row.employee_ni_to_date);
  }
}

/// What FIELD_ABSENT takes away.
std::string_view absent_field(const ActiveFault& fault) {
  if (fault.kind != Fault::FIELD_ABSENT) return {};
  return fault.argument.empty() ? std::string_view("taxablePayToDate") : fault.argument;
}

Refusal may_ask(const Asked& asked, std::string_view scope, std::uint32_t fields) {
  if (asked.is_p1()) return need_scope(asked, scope);
  if (fields == 0) return insufficient();
  return check_correlation_id(asked);
}

}  // namespace

http::Response income_root(const Asked& asked) {
  const Rights& rights = asked.grant.rights(Api::income);
  if (auto no = may_ask(asked, "read:individuals-income", rights.paye | rights.sa)) return *no;
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links links(asked.fault, self_of(asked, kRoot));
  if (asked.is_p1()) links.with_verb();
  if (asked.is_p1() || rights.paye != 0) {
    links.add("paye", template_of(asked, kPaye, "fromDate", "toDate"),
              "Get an individual's PAYE income data");
  }
  if (asked.is_p1() || rights.sa != 0) {
    links.add(asked.is_p1() ? "selfAssessment" : "sa",
              template_of(asked, kSa, "fromTaxYear", "toTaxYear"),
              "Get an individual's Self Assessment income data");
  }
  links.write(out);
  out.end_object();
  return hal_reply(std::move(body));
}

http::Response income_paye(const Asked& asked) {
  const auto fields = asked.grant.rights(Api::income).paye;
  if (auto no = may_ask(asked, "read:individuals-income-paye", fields)) return *no;
  DayRange range{};
  if (auto no = read_range(asked, false, range)) return *no;
  if (asked.world.poisoned(asked.person, range.from, range.to, asked.fault)) {
    return something_wrong();
  }
  auto rows = asked.world.rows(asked.person, range.from, range.to, asked.fault);
  std::reverse(rows.begin(), rows.end());
  std::string body;
  wire::json::Writer out(body);
  out.begin_object();
  Links(asked.fault, self_of(asked, kPaye, "fromDate", "toDate")).write(out);
  out.key("paye").begin_object().key("income").begin_array();
  for (const PaidRow& row : rows) {
    out.begin_object();
    if (asked.is_p1()) {
      write_p1(out, row);
    } else {
      write_v2(out, row, fields, absent_field(asked.fault));
    }
    out.end_object();
  }
  out.end_array().end_object().end_object();
  return hal_reply(std::move(body));
}

}  // namespace ig::adapters::sandbox
