#include "adapters/hmrc/rtii.hpp"

#include "adapters/formats/facts.hpp"
#include "adapters/formats/fields.hpp"
#include "adapters/hmrc/rtii_fields.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <array>
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

/// A text that is no longer than an id may be; empty for every other value.
std::string_view usable_text(const Value* value) {
  const bool usable = value != nullptr && value->is(Value::Kind::string) &&
                      value->text().size() <= core::base::limits::id_bytes_max;
  return usable ? value->text() : std::string_view();
}

/// One row by its fields: each of its members is looked up once, and what is no field of HMRC's is
/// passed over. Errors are those of Fields.
class Row {
 public:
  Row(const Value& value, FirstError& error, std::string pointer)
      : fields_(value, error, std::move(pointer)) {
    for (const auto& [name, member] : value.members()) {
      if (member.is(Value::Kind::null)) continue;
      if (const RtiiField* field = rtii_field(name)) {
        values_[static_cast<std::size_t>(field - kRtiiFields.data())] = &member;
      }
    }
  }

  /// nullptr when absent or null.
  [[nodiscard]] const Value* find(RtiiName name) const { return values_[name.place()]; }
  /// Text as HMRC gives it: out of its pattern or empty, it is kept as it is or left out.
  [[nodiscard]] std::string_view text(RtiiName name) const { return usable_text(find(name)); }
  std::string needed_text(RtiiName name) { return fields_.text(found(name)); }
  values::Date date(RtiiName name) { return fields_.date(found(name)); }
  std::optional<values::Date> date_if(RtiiName name) { return fields_.date_if(found(name)); }
  std::optional<std::int64_t> integer_if(RtiiName name, std::int64_t least, std::int64_t most) {
    return fields_.integer_if(found(name), least, most);
  }
  void refuse(RtiiName name, ErrorCode code, std::string message) {
    fields_.refuse(name.text(), code, std::move(message));
  }
  void note_fields(RtiiFieldSet& seen) const {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (values_[i] != nullptr) seen.set(i);
    }
  }

 private:
  [[nodiscard]] formats::Found found(RtiiName name) const { return {name.text(), find(name)}; }

  Fields fields_;
  std::array<const Value*, kRtiiFields.size()> values_{};
};

/// Money as a JSON number, by its own text: it never passes through floating point.
std::optional<values::Money> money_if(Row& row, RtiiName name) {
  const Value* value = row.find(name);
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
std::optional<bool> flag_if(const Row& row, RtiiName name) {
  if (row.text(name) == "Y") return true;
  return std::nullopt;
}

std::optional<int> number_if(Row& row, RtiiName name, int most) {
  const auto number = row.integer_if(name, 1, most);
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

/// A payment id has up to 38 digits: it stays text.
std::string payment_id(Row& row) {
  const Value* value = row.find("uniquePaymentId");
  if (value == nullptr) return {};
  const std::string_view digits = value->text();
  const bool whole =
      !digits.empty() && digits.size() <= 38 && digits[0] != '0' &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (whole) return std::string(digits);
  row.refuse("uniquePaymentId", ErrorCode::INVALID_NUMBER, "a payment id is 1 to 38 digits");
  return {};
}

/// The number of the row, or whom was asked about where it says none that can be read.
std::optional<Sensitive<values::Nino>> nino_of(Row& row, const RtiiContext& context) {
  const std::string_view written = row.text("nationalInsuranceNumber");
  if (!written.empty() || !context.nino) {
    const auto nino = values::Nino::parse(written);
    if (nino) return Sensitive(*nino);
    if (!context.nino && row.find("nationalInsuranceNumber") != nullptr) {
      row.refuse("nationalInsuranceNumber", nino.error().code, nino.error().message);
    }
  }
  if (!context.nino) return std::nullopt;
  return Sensitive(*context.nino);
}

Subject subject_of(Row& row, const RtiiContext& context) {
  Subject subject;
  subject.nino = nino_of(row, context);
  subject.forename = Sensitive(std::string(row.text("forename")));
  subject.second_forename = Sensitive(std::string(row.text("secondForename")));
  subject.surname = Sensitive(std::string(row.text("surname")));
  if (const auto born = row.text("dateOfBirth"); !born.empty()) {
    if (auto day = values::Date::parse(born)) subject.date_of_birth = Sensitive(*day);
  }
  const std::string_view gender = row.text("gender");
  if (gender == "M" || gender == "F") subject.gender = gender;
  return subject;
}

void read_employment(Row& row, Payment& payment) {
  payment.employment.office = row.needed_text("hmrcOfficeNumber");
  payment.employment.reference = row.needed_text("employerPayeRef");
  payment.employment.sequence = number_if(row, "uniqueEmploymentSequenceNumber", 9999).value_or(0);
  payment.employment.payroll_id = row.text("payrollId");
  payment.employer = row.text("employerName1");
  const std::string_view more = row.text("employerName2");
  if (!payment.employer.empty() && !more.empty()) payment.employer.append(" ").append(more);
  payment.started_on = row.date_if("employmentStartDate");
  payment.left_on = row.date_if("employmentEndDate");
  payment.director = row.text("directorsNIC");
}

void read_frequency(Row& row, Payment& payment) {
  if (row.find("payFrequency") == nullptr) return;
  payment.frequency = values::parse_pay_frequency(row.text("payFrequency"));
  if (!payment.frequency) {
    row.refuse("payFrequency", ErrorCode::UNKNOWN_CODE, "a pay frequency of HMRC is expected");
  }
}

void read_period(Row& row, Payment& payment) {
  payment.paid_on = row.date("paymentDate");
  payment.tax_year = values::TaxYear::of(payment.paid_on);
  if (row.find("taxYear") != nullptr) {
    const auto year = values::TaxYear::parse(row.text("taxYear"));
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

void read_sums(Row& row, Payment& payment) {
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

void read_lump_sum(Row& row, Payment& payment) {
  const auto taxable = money_if(row, "flexibleDrawdownTaxablePayment");
  for (const RtiiName name :
       {RtiiName("trivialCommutationPaymentTypeA"), RtiiName("trivialCommutationPaymentTypeB"),
        RtiiName("trivialCommutationPaymentTypeC")}) {
    const auto paid = money_if(row, name);
    if (paid && *paid != values::Money()) payment.lump_sum_kind = "TRIVIAL_COMMUTATION";
  }
  if (flag_if(row, "flexiblyAccessingPensionRights")) payment.lump_sum_kind = "FLEXIBLE_ACCESS";
  if (flag_if(row, "pensionsDeathBenefit")) payment.lump_sum_kind = "DEATH_BENEFIT";
  if (flag_if(row, "seriousillHealthLumpSum")) payment.lump_sum_kind = "SERIOUS_ILL_HEALTH";
  const bool told = !payment.lump_sum_kind.empty() || (taxable && *taxable != values::Money());
  if (told) payment.lump_sum_taxable = taxable;
}

void read_flags(Row& row, Payment& payment) {
  payment.late_reason = row.text("latePayeReportingReason");
  payment.no_longer_valid_on = row.date_if("paymentNoLongerValid");
  payment.hours = row.text("numberOfNormalHoursWorked");
  payment.confidence_status = row.text("paymentConfidenceStatus");
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

std::optional<values::Instant> stamp_of(const Row& row) {
  for (const RtiiName name :
       {RtiiName("hmrcReceiptTimestamp"), RtiiName("apiAvailableTimestamp")}) {
    const std::string_view text = row.text(name);
    if (text.empty()) continue;
    if (auto stamp = values::Instant::parse(text)) return *stamp;
  }
  return std::nullopt;
}

void read_payment(Row& row, const RtiiContext& context, Payment& payment) {
  payment.header.subject = subject_of(row, context);
  payment.header.reported_at = stamp_of(row);
  read_employment(row, payment);
  read_period(row, payment);
  read_sums(row, payment);
  read_lump_sum(row, payment);
  read_flags(row, payment);
  payment.payment_id = payment_id(row);
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
  return std::string(usable_text(code));
}

AnswerStatus status_of(std::string_view code) {
  if (code == "NOT_FOUND") return AnswerStatus::no_data;
  if (code == "NOT_FOUND_NINO") return AnswerStatus::unknown_person;
  return AnswerStatus::unavailable;
}

void add_rows(const Value& list, const RtiiContext& context, core::ports::Digest& digest,
              RtiiReply& reply) {
  formats::FactIds ids(digest);
  reply.facts.reserve(list.items().size());
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    std::string pointer = fmt::format(FMT_COMPILE("/taxYears/{}"), i);
    FirstError wrong;
    Row row(list.items()[i], wrong, pointer);
    row.note_fields(reply.fields);
    core::facts::Fact& fact = reply.facts.emplace_back(std::in_place_type<Payment>);
    auto& payment = std::get<Payment>(fact);
    payment.header = header_of(context, std::move(pointer));
    if (!wrong.failed()) read_payment(row, context, payment);
    if (wrong.failed()) {
      reply.facts.pop_back();
      reply.refused.push_back(wrong.take());
    } else {
      ids.give_id(fact);
    }
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
