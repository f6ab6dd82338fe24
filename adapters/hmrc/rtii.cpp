#include "adapters/hmrc/rtii.hpp"

#include "adapters/formats/facts.hpp"
#include "adapters/formats/fields.hpp"
#include "adapters/hmrc/rtii_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

namespace values = core::values;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::base::Sensitive;
using core::facts::Answer;
using core::facts::AnswerStatus;
using core::facts::FactHeader;
using core::facts::Payment;
using core::facts::Subject;
using formats::Fields;
using formats::FirstError;
using wire::json::Value;

constexpr int kMatched = 63;
constexpr std::int64_t kMoneyMax = 99'999'999'999;  ///< pence: 999,999,999.99 pounds

/// Text as HMRC gives it: out of its pattern or empty, it is kept as it is or left out.
std::string text_of(const Fields& row, std::string_view name) {
  const Value* value = row.value().find(name);
  const bool usable = value != nullptr && value->is(Value::Kind::string) &&
                      value->text().size() <= core::base::limits::id_bytes_max;
  return usable ? value->text() : std::string();
}

/// Money as a JSON number, by its own text: it never passes through floating point.
std::optional<values::Money> money_if(Fields& row, std::string_view name) {
  const Value* value = row.value().find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is(Value::Kind::number)) {
    row.refuse(name, ErrorCode::WRONG_TYPE, "money is a JSON number here");
    return std::nullopt;
  }
  const auto read = values::Money::parse(value->text());
  if (!read) {
    row.refuse(name, read.error().code, read.error().message);
    return std::nullopt;
  }
  const std::int64_t pence = read->in_pence();
  if (pence >= -kMoneyMax && pence <= kMoneyMax) return *read;
  row.refuse(name, ErrorCode::MONEY_OUT_OF_RANGE, "money is outside the range of its field");
  return std::nullopt;
}

/// HMRC writes "Y" or leaves the member out; what is left out is not known.
std::optional<bool> flag_if(const Fields& row, std::string_view name) {
  if (text_of(row, name) == "Y") return true;
  return std::nullopt;
}

std::optional<int> number_if(Fields& row, std::string_view name, int most) {
  const auto number = row.integer_if(name, 1, most);
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

/// A payment id has up to 38 digits: it stays text.
std::string payment_id(Fields& row) {
  const Value* value = row.value().find("uniquePaymentId");
  if (value == nullptr) return {};
  const std::string& digits = value->text();
  const bool whole =
      !digits.empty() && digits.size() <= 38 && digits[0] != '0' &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (whole) return digits;
  row.refuse("uniquePaymentId", ErrorCode::INVALID_NUMBER, "a payment id is 1 to 38 digits");
  return {};
}

Subject subject_of(Fields& row, const RtiiContext& context) {
  Subject subject;
  if (auto nino = values::Nino::parse(text_of(row, "nationalInsuranceNumber"))) {
    subject.nino = Sensitive(*nino);
  } else if (context.nino) {
    subject.nino = Sensitive(*context.nino);
  } else if (row.has("nationalInsuranceNumber")) {
    row.refuse("nationalInsuranceNumber", nino.error().code, nino.error().message);
  }
  subject.forename = Sensitive(text_of(row, "forename"));
  subject.second_forename = Sensitive(text_of(row, "secondForename"));
  subject.surname = Sensitive(text_of(row, "surname"));
  if (auto born = values::Date::parse(text_of(row, "dateOfBirth"))) {
    subject.date_of_birth = Sensitive(*born);
  }
  const std::string gender = text_of(row, "gender");
  if (gender == "M" || gender == "F") subject.gender = gender;
  return subject;
}

void read_employment(Fields& row, Payment& payment) {
  payment.employment.office = row.text("hmrcOfficeNumber");
  payment.employment.reference = row.text("employerPayeRef");
  payment.employment.sequence = number_if(row, "uniqueEmploymentSequenceNumber", 9999).value_or(0);
  payment.employment.payroll_id = text_of(row, "payrollId");
  payment.employer = text_of(row, "employerName1");
  const std::string more = text_of(row, "employerName2");
  if (!payment.employer.empty() && !more.empty()) payment.employer += " " + more;
  payment.started_on = row.date_if("employmentStartDate");
  payment.left_on = row.date_if("employmentEndDate");
  payment.director = text_of(row, "directorsNIC");
}

void read_frequency(Fields& row, Payment& payment) {
  if (!row.has("payFrequency")) return;
  payment.frequency = values::parse_pay_frequency(text_of(row, "payFrequency"));
  if (!payment.frequency) {
    row.refuse("payFrequency", ErrorCode::UNKNOWN_CODE, "a pay frequency of HMRC is expected");
  }
}

void read_period(Fields& row, Payment& payment) {
  payment.paid_on = row.date("paymentDate");
  payment.tax_year = values::TaxYear::of(payment.paid_on);
  if (row.has("taxYear")) {
    const auto year = values::TaxYear::parse(text_of(row, "taxYear"));
    if (!year) row.refuse("taxYear", year.error().code, year.error().message);
    if (year) payment.tax_year = *year;
  }
  read_frequency(row, payment);
  payment.week = number_if(row, "weeklyPeriodNumber", 56);
  payment.month = number_if(row, "monthlyPeriodNumber", 12);
  if (payment.week == 55) {
    row.refuse("weeklyPeriodNumber", ErrorCode::INVALID_NUMBER, "there is no tax week 55");
  }
  if (payment.week && payment.month) {
    const bool weekly = payment.frequency && values::weeks_in_period(*payment.frequency) > 0;
    (weekly ? payment.month : payment.week).reset();
  }
  payment.periods_covered = number_if(row, "earningsPeriodsCovered", 99);
}

void read_sums(Fields& row, Payment& payment) {
  payment.taxable_pay = money_if(row, "taxablePayInPeriod");
  payment.taxable_pay_to_date = money_if(row, "taxablePayToDate");
  payment.net_pay_pension = money_if(row, "employeePensionContributions");
  payment.net_pay_pension_to_date = money_if(row, "pensionContributionsYearToDate");
  payment.other_pension = money_if(row, "employeePensionContributionsNotPaid");
  payment.benefits_via_payroll = money_if(row, "benefitsTaxedViaPayroll");
  payment.non_taxable = money_if(row, "paymentsNotSubjectToTaxOrNICS");
  payment.nic_gross = money_if(row, "grossEarningsForNICs");
  payment.statutory_to_date.smp = money_if(row, "statutoryMaternityPayYeartoDate");
  payment.statutory_to_date.spp = money_if(row, "statutoryPaternityPayYearToDate");
  payment.statutory_to_date.sap = money_if(row, "valueofStatutoryAdoptionPayYearToDate");
  payment.statutory_to_date.shpp = money_if(row, "sharedParentalPayYearToDate");
}

void read_lump_sum(Fields& row, Payment& payment) {
  const auto taxable = money_if(row, "flexibleDrawdownTaxablePayment");
  for (const char* name : {"trivialCommutationPaymentTypeA", "trivialCommutationPaymentTypeB",
                           "trivialCommutationPaymentTypeC"}) {
    const auto paid = money_if(row, name);
    if (paid && *paid != values::Money()) payment.lump_sum_kind = "TRIVIAL_COMMUTATION";
  }
  if (flag_if(row, "flexiblyAccessingPensionRights")) payment.lump_sum_kind = "FLEXIBLE_ACCESS";
  if (flag_if(row, "pensionsDeathBenefit")) payment.lump_sum_kind = "DEATH_BENEFIT";
  if (flag_if(row, "seriousillHealthLumpSum")) payment.lump_sum_kind = "SERIOUS_ILL_HEALTH";
  const bool told = !payment.lump_sum_kind.empty() || (taxable && *taxable != values::Money());
  if (told) payment.lump_sum_taxable = taxable;
}

void read_flags(Fields& row, Payment& payment) {
  payment.late_reason = text_of(row, "latePayeReportingReason");
  payment.no_longer_valid_on = row.date_if("paymentNoLongerValid");
  payment.hours = text_of(row, "numberOfNormalHoursWorked");
  payment.confidence_status = text_of(row, "paymentConfidenceStatus");
  payment.irregular = flag_if(row, "irregularPayment");
  payment.after_leaving = flag_if(row, "paymentAfterLeaving");
  payment.on_strike = flag_if(row, "onStrikeWithinPayPeriod");
  payment.unpaid_absence = flag_if(row, "unpaidAbsencePayPeriod");
  payment.occupational_pension = flag_if(row, "occPenIndicator");
}

FactHeader header_of(const RtiiContext& context, std::string position) {
  FactHeader header;
  header.received_at = context.received_at;
  header.source = {"rtii", context.document, std::move(position)};
  return header;
}

std::optional<values::Instant> stamp_of(const Fields& row) {
  for (const char* name : {"hmrcReceiptTimestamp", "apiAvailableTimestamp"}) {
    if (auto stamp = values::Instant::parse(text_of(row, name))) return *stamp;
  }
  return std::nullopt;
}

Result<Payment> read_row(const Value& value, const RtiiContext& context, std::string pointer) {
  FirstError wrong;
  Fields row(value, wrong, pointer);
  if (wrong.failed()) return wrong.take();
  Payment payment;
  payment.header = header_of(context, std::move(pointer));
  payment.header.subject = subject_of(row, context);
  payment.header.reported_at = stamp_of(row);
  read_employment(row, payment);
  read_period(row, payment);
  read_sums(row, payment);
  read_lump_sum(row, payment);
  read_flags(row, payment);
  payment.payment_id = payment_id(row);
  if (wrong.failed()) return wrong.take();
  return payment;
}

core::facts::Fact answer(AnswerStatus status, const RtiiContext& context,
                         core::ports::Digest& digest, std::optional<int> pattern,
                         std::string code) {
  Answer out;
  out.header = header_of(context, {});
  if (context.nino) out.header.subject.nino = Sensitive(*context.nino);
  out.status = status;
  out.match_pattern = pattern;
  out.code = std::move(code);
  core::facts::Fact fact = std::move(out);
  core::facts::header(fact).fact_id = formats::make_fact_id(digest, fact, 1);
  return fact;
}

/// The code of an error body: {"code","reason"} or {"failures":[{"code","reason"},...]}.
std::string error_code_of(const Value& body) {
  const Value* from = &body;
  const Value* failures = body.find("failures");
  if (failures != nullptr && failures->is(Value::Kind::array) && !failures->items().empty() &&
      failures->items().front().is(Value::Kind::object)) {
    from = &failures->items().front();
  }
  const Value* code = from->find("code");
  const bool usable = code != nullptr && code->is(Value::Kind::string) &&
                      code->text().size() <= core::base::limits::id_bytes_max;
  return usable ? code->text() : std::string();
}

AnswerStatus status_of(std::string_view code) {
  if (code == "NOT_FOUND") return AnswerStatus::no_data;
  if (code == "NOT_FOUND_NINO") return AnswerStatus::unknown_person;
  return AnswerStatus::unavailable;
}

/// True when both rows have the same members in the same order, as the rows of a reply mostly do.
bool same_members(const Value& a, const Value& b) {
  return std::ranges::equal(a.members(), b.members(), {}, &Value::Member::first,
                            &Value::Member::first);
}

/// The names that some row has a value for.
std::vector<std::string> names_in(const Value& list) {
  std::vector<std::string_view> names;
  const Value* before = nullptr;
  for (const Value& row : list.items()) {
    const bool alike = before != nullptr && same_members(*before, row);
    for (std::size_t i = 0; i < row.members().size(); ++i) {
      const auto& [name, value] = row.members()[i];
      if (value.is(Value::Kind::null)) continue;
      if (alike && !before->members()[i].second.is(Value::Kind::null)) continue;
      if (const RtiiField* field = rtii_field(name)) names.push_back(field->name);
    }
    before = &row;
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return {names.begin(), names.end()};
}

void add_rows(const Value& list, const RtiiContext& context, core::ports::Digest& digest,
              RtiiReply& reply) {
  std::unordered_map<std::string, int> seen;
  reply.fields = names_in(list);
  reply.facts.reserve(list.items().size());
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    auto row = read_row(list.items()[i], context, fmt::format("/taxYears/{}", i));
    if (!row) {
      reply.refused.push_back(std::move(row).error());
      continue;
    }
    core::facts::Fact fact = std::move(*row);
    std::string content = formats::canonical_content(fact);
    const int occurrence = ++seen[content];
    core::facts::header(fact).fact_id =
        formats::make_fact_id(digest, std::move(content), occurrence);
    reply.facts.push_back(std::move(fact));
  }
}

}  // namespace

Result<RtiiReply> read_rtii(std::string_view body, const RtiiContext& context,
                            wire::json::Reader& reader, core::ports::Digest& digest) {
  const auto value = reader.read(body);
  if (!value) return value.error();
  FirstError wrong;
  Fields top(*value, wrong);
  if (wrong.failed()) return wrong.take();
  RtiiReply reply;
  if (!top.has("matchPattern")) {
    std::string code = error_code_of(*value);
    if (code.empty()) {
      return fail(ErrorCode::MISSING_MEMBER, "/matchPattern",
                  "a reply has a match pattern or an error code");
    }
    const AnswerStatus status = status_of(code);
    reply.facts.push_back(answer(status, context, digest, std::nullopt, std::move(code)));
    return reply;
  }
  const int pattern = static_cast<int>(top.integer("matchPattern", 0, kMatched));
  const Value* list = value->find("taxYears");
  if (list != nullptr && !list->is(Value::Kind::array)) {
    top.refuse("taxYears", ErrorCode::WRONG_TYPE, "a list of payments is expected");
  }
  if (wrong.failed()) return wrong.take();
  const bool rows = list != nullptr && !list->items().empty();
  if (pattern != kMatched) {
    reply.facts.push_back(answer(AnswerStatus::not_matched, context, digest, pattern, {}));
    if (rows) {
      reply.refused.push_back(fail(ErrorCode::CONTRADICTION, "/taxYears",
                                   "payments of a person who did not match are not taken"));
    }
  } else if (rows) {
    add_rows(*list, context, digest, reply);
  } else {
    reply.facts.push_back(answer(AnswerStatus::no_data, context, digest, pattern, {}));
  }
  return reply;
}

}  // namespace ig::adapters::hmrc
