#include "adapters/formats/facts.hpp"
#include "adapters/formats/fields.hpp"

#include <array>
#include <charconv>

namespace ig::adapters::formats {
namespace {

namespace values = core::values;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::base::Sensitive;
using core::facts::Answer;
using core::facts::AnswerStatus;
using core::facts::Employment;
using core::facts::FactHeader;
using core::facts::FactState;
using core::facts::FigureStatus;
using core::facts::MatchedBy;
using core::facts::NilPeriod;
using core::facts::Payment;
using core::facts::Subject;
using core::facts::YearlyFigure;

constexpr std::size_t text_bytes_max = 1'000;

constexpr std::array<Code<FigureStatus>, 5> kFigureStatus = {
    {{"AVAILABLE", FigureStatus::available},
     {"NIL", FigureStatus::nil},
     {"NO_DATA", FigureStatus::no_data},
     {"UNAVAILABLE", FigureStatus::unavailable},
     {"NOT_ASKED", FigureStatus::not_asked}}};
constexpr std::array<Code<AnswerStatus>, 4> kAnswerStatus = {
    {{"NO_DATA", AnswerStatus::no_data},
     {"UNKNOWN_PERSON", AnswerStatus::unknown_person},
     {"NOT_MATCHED", AnswerStatus::not_matched},
     {"UNAVAILABLE", AnswerStatus::unavailable}}};
constexpr std::array<Code<MatchedBy>, 2> kMatchedBy = {
    {{"NINO", MatchedBy::nino}, {"NAME", MatchedBy::name}}};
constexpr std::array<Code<FactState>, 2> kState = {
    {{"ASSERTED", FactState::asserted}, {"RETRACTED", FactState::retracted}}};
constexpr std::array<Code<char>, 2> kGender = {{{"M", 'M'}, {"F", 'F'}}};

/// A text that may be absent, but not empty.
std::string text_of(Fields& in, std::string_view name) {
  return in.text_if(name, text_bytes_max).value_or(std::string());
}

/// The one text that may be empty: the JSON pointer of a whole document.
std::string position_of(Fields& in) {
  const wire::json::Value* value = in.value().find("position");
  const bool whole =
      value != nullptr && value->is(wire::json::Value::Kind::string) && value->text().empty();
  return whole ? std::string() : text_of(in, "position");
}

std::optional<int> small(Fields& in, std::string_view name, int least, int most) {
  const auto number = in.integer_if(name, least, most);
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

/// A member that is text with a parser of its own.
template <class T>
std::optional<T> parsed(Fields& in, std::string_view name, Result<T> (*parse)(std::string_view)) {
  const auto written = in.text_if(name);
  if (!written) return std::nullopt;
  Result<T> value = parse(*written);
  if (value) return *std::move(value);
  in.refuse(name, value.error().code, value.error().message);
  return std::nullopt;
}

std::optional<values::PayFrequency> frequency_of(Fields& in, std::string_view name) {
  const auto written = in.text_if(name);
  if (!written) return std::nullopt;
  const auto read = values::parse_pay_frequency(*written);
  if (!read) in.refuse(name, ErrorCode::UNKNOWN_CODE, "a pay frequency of HMRC is expected");
  return read;
}

std::map<std::string, values::Money> sums_of(Fields& in, std::string_view name) {
  std::map<std::string, values::Money> out;
  auto inner = in.object_if(name);
  if (!inner) return out;
  for (const auto& member : inner->value().members()) {
    if (const auto amount = inner->signed_pence_if(member.name)) out.emplace(member.name, *amount);
  }
  return out;
}

Result<values::PersonId> parse_person(std::string_view text) {
  std::int64_t number = 0;
  const bool marked = text.starts_with("p-") && text.size() >= 11;
  const char* end = text.data() + text.size();
  if (marked) {
    const auto [stop, error] = std::from_chars(text.data() + 2, end, number);
    if (error == std::errc{} && stop == end && number >= 0) return values::PersonId{number};
  }
  return fail(ErrorCode::INVALID_TEXT, {}, "a person is p- and at least nine digits");
}

values::EmploymentKey read_employment_key(Fields& in) {
  values::EmploymentKey key;
  Fields inner = in.object("employment");
  key.office = inner.text("office");
  key.reference = inner.text("reference");
  key.sequence = small(inner, "sequence", 0, 9999).value_or(0);
  key.payroll_id = text_of(inner, "payroll_id");
  return key;
}

Subject read_subject(Fields& in) {
  Subject subject;
  if (const auto nino = parsed(in, "nino", &values::Nino::parse)) subject.nino = Sensitive(*nino);
  subject.person = parsed(in, "person", &parse_person);
  if (auto name = in.object_if("name")) {
    subject.forename = Sensitive(text_of(*name, "forename"));
    subject.second_forename = Sensitive(text_of(*name, "second_forename"));
    subject.surname = Sensitive(text_of(*name, "surname"));
  }
  if (const auto born = in.date_if("date_of_birth")) {
    subject.date_of_birth = Sensitive(*born);
  }
  if (const auto gender = in.code_if("gender", kGender)) subject.gender = *gender;
  return subject;
}

FactHeader read_header(Fields& in) {
  FactHeader header;
  header.fact_id = text_of(in, "fact_id");
  header.subject = read_subject(in);
  header.received_at = in.instant("received_at");
  header.reported_at = in.instant_if("reported_at");
  if (auto source = in.object_if("source")) {
    header.source.system = text_of(*source, "system");
    header.source.document = text_of(*source, "document");
    header.source.position = position_of(*source);
  }
  header.state = in.code_if("state", kState).value_or(FactState::asserted);
  header.supersedes = text_of(in, "supersedes");
  header.test = in.boolean_if("test").value_or(false);
  header.matched_by = in.code_if("matched_by", kMatchedBy).value_or(MatchedBy::nino);
  return header;
}

void read_period(Fields& in, Payment& payment) {
  payment.tax_year = in.tax_year("tax_year");
  payment.paid_on = in.date("paid_on");
  payment.frequency = frequency_of(in, "frequency");
  payment.week = small(in, "week", 1, 56);
  payment.month = small(in, "month", 1, 12);
  payment.periods_covered = small(in, "periods_covered", 1, 99);
  if (payment.week && payment.month) {
    in.refuse("week", ErrorCode::CONTRADICTION, "a payment has a week or a month, not both");
  }
}

void read_sums(Fields& in, Payment& payment) {
  payment.taxable_pay = in.signed_pence_if("taxable_pay_pence");
  payment.taxable_pay_to_date = in.signed_pence_if("taxable_pay_to_date_pence");
  payment.net_pay_pension = in.signed_pence_if("net_pay_pension_pence");
  payment.net_pay_pension_to_date = in.signed_pence_if("net_pay_pension_to_date_pence");
  payment.other_pension = in.signed_pence_if("other_pension_pence");
  payment.benefits_via_payroll = in.signed_pence_if("benefits_via_payroll_pence");
  payment.non_taxable = in.signed_pence_if("non_taxable_pence");
  payment.nic_gross = in.signed_pence_if("nic_gross_pence");
  if (auto paid = in.object_if("statutory_to_date_pence")) {
    payment.statutory_to_date = {paid->signed_pence_if("smp"),  paid->signed_pence_if("spp"),
                                 paid->signed_pence_if("sap"),  paid->signed_pence_if("shpp"),
                                 paid->signed_pence_if("spbp"), paid->signed_pence_if("sncp")};
  }
  if (auto lump = in.object_if("lump_sum")) {
    payment.lump_sum_kind = text_of(*lump, "kind");
    payment.lump_sum_taxable = lump->signed_pence_if("taxable_pence");
  }
}

Fact read_payment(Fields& in) {
  Payment payment;
  payment.header = read_header(in);
  payment.employment = read_employment_key(in);
  payment.employer = text_of(in, "employer");
  read_period(in, payment);
  read_sums(in, payment);
  payment.payment_id = text_of(in, "payment_id");
  payment.late_reason = text_of(in, "late_reason");
  payment.no_longer_valid_on = in.date_if("no_longer_valid_on");
  payment.started_on = in.date_if("started_on");
  payment.left_on = in.date_if("left_on");
  payment.payroll_id_changed_from = text_of(in, "payroll_id_changed_from");
  payment.hours = text_of(in, "hours");
  payment.confidence_status = text_of(in, "confidence_status");
  payment.director = text_of(in, "director");
  payment.irregular = in.boolean_if("irregular");
  payment.after_leaving = in.boolean_if("after_leaving");
  payment.on_strike = in.boolean_if("on_strike");
  payment.unpaid_absence = in.boolean_if("unpaid_absence");
  payment.occupational_pension = in.boolean_if("occupational_pension");
  payment.non_individual = in.boolean_if("non_individual");
  payment.aggregated_earnings = in.boolean_if("aggregated_earnings");
  return payment;
}

Fact read_yearly_figure(Fields& in) {
  YearlyFigure figure;
  figure.header = read_header(in);
  figure.status = in.code("status", kFigureStatus);
  figure.tax_year = in.tax_year_if("tax_year");
  figure.annual = in.signed_pence_if("annual_pence");
  if (figure.status == FigureStatus::available && !figure.annual) {
    in.refuse("annual_pence", ErrorCode::MISSING_MEMBER, "a figure that is available has a sum");
  }
  figure.source_of_figure = text_of(in, "source_of_figure");
  figure.parts = sums_of(in, "parts");
  figure.unearned = sums_of(in, "unearned");
  figure.requested_on = in.date_if("requested_on");
  return figure;
}

Fact read_employment(Fields& in) {
  Employment job;
  job.header = read_header(in);
  job.employment = read_employment_key(in);
  job.employer = text_of(in, "employer");
  job.started_on = in.date_if("started_on");
  job.left_on = in.date_if("left_on");
  job.frequency = frequency_of(in, "frequency");
  return job;
}

Fact read_nil_period(Fields& in) {
  NilPeriod nil;
  nil.header = read_header(in);
  nil.office = in.text("office");
  nil.reference = in.text("reference");
  nil.from = in.date("from");
  nil.to = in.date("to");
  return nil;
}

Fact read_answer(Fields& in) {
  Answer answer;
  answer.header = read_header(in);
  answer.status = in.code("status", kAnswerStatus);
  answer.match_pattern = small(in, "match_pattern", 0, 63);
  answer.code = text_of(in, "code");
  return answer;
}

}  // namespace

Result<Fact> read_fact(const wire::json::Value& value) {
  using Read = Fact (*)(Fields&);
  constexpr std::array<Code<Read>, 5> kinds = {{{"payment", &read_payment},
                                                {"yearly_figure", &read_yearly_figure},
                                                {"employment", &read_employment},
                                                {"nil_period", &read_nil_period},
                                                {"answer", &read_answer}}};
  FirstError wrong;
  Fields in(value, wrong);
  if (wrong.failed()) return wrong.take();
  const Read read = in.code("fact", kinds);
  if (wrong.failed()) return wrong.take();
  Fact fact = read(in);
  if (wrong.failed()) return wrong.take();
  return fact;
}

}  // namespace ig::adapters::formats
