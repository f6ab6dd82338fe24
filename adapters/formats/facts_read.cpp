#include "adapters/formats/facts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ig::adapters::formats::facts {
namespace {

namespace values = core::values;
using core::base::Error;
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
using core::facts::NilPeriod;
using core::facts::Payment;
using core::facts::Subject;
using core::facts::YearlyFigure;
using wire::json::Value;

/// Reads the members of one object and remembers the first thing that is wrong, so that a codec
/// is a plain list of its members.
class Members {
 public:
  Members(const Value& object, std::string pointer, std::optional<Error>& wrong)
      : object_(object), pointer_(std::move(pointer)), wrong_(wrong) {
    if (!object.is(Value::Kind::object)) {
      refuse({}, ErrorCode::WRONG_TYPE, "an object is expected");
    }
  }

  void refuse(std::string_view name, ErrorCode code, std::string message) {
    if (!wrong_) wrong_ = fail(code, at(name), std::move(message));
  }
  void missing(std::string_view name) {
    refuse(name, ErrorCode::MISSING_MEMBER, "the member is needed");
  }
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }

  std::string text(std::string_view name) {
    const Value* value = typed(name, Value::Kind::string, "a string is expected");
    return value == nullptr ? std::string() : value->text();
  }
  std::string needed_text(std::string_view name) {
    if (!has(name)) missing(name);
    return text(name);
  }
  std::optional<bool> flag(std::string_view name) {
    const Value* value = typed(name, Value::Kind::boolean, "true or false is expected");
    if (value == nullptr) return std::nullopt;
    return value->as_bool();
  }
  std::optional<std::int64_t> whole(std::string_view name, std::int64_t least, std::int64_t most) {
    const Value* value = typed(name, Value::Kind::number, "a whole number is expected");
    if (value == nullptr) return std::nullopt;
    const std::string& lexeme = value->text();
    std::int64_t number = 0;
    const char* end = lexeme.data() + lexeme.size();
    const auto [stop, error] = std::from_chars(lexeme.data(), end, number);
    if (error != std::errc{} || stop != end || number < least || number > most) {
      refuse(name, ErrorCode::INVALID_NUMBER, "a whole number in the range of its field");
      return std::nullopt;
    }
    return number;
  }
  std::optional<int> small(std::string_view name, int least, int most) {
    const auto number = whole(name, least, most);
    if (!number) return std::nullopt;
    return static_cast<int>(*number);
  }
  std::optional<values::Money> pence(std::string_view name) {
    constexpr std::int64_t most = core::base::limits::money_pence_max;
    const auto number = whole(name, -most, most);
    if (!number) return std::nullopt;
    return values::Money::pence(*number);
  }
  std::map<std::string, values::Money> sums(std::string_view name) {
    std::map<std::string, values::Money> out;
    const Value* value = typed(name, Value::Kind::object, "an object of pence is expected");
    if (value == nullptr) return out;
    Members inner(*value, at(name), wrong_);
    for (const auto& [part, number] : value->members()) {
      if (const auto amount = inner.pence(part)) out.emplace(part, *amount);
    }
    return out;
  }
  /// A member that is text with a parser of its own.
  template <class T>
  std::optional<T> parsed(std::string_view name, Result<T> (*parse)(std::string_view)) {
    if (!has(name)) return std::nullopt;
    const std::string written = text(name);
    Result<T> value = parse(written);
    if (value) return std::move(*value);
    refuse(name, value.error().code, value.error().message);
    return std::nullopt;
  }
  template <class T>
  T needed(std::string_view name, Result<T> (*parse)(std::string_view)) {
    if (!has(name)) missing(name);
    return parsed(name, parse).value_or(T{});
  }
  /// The place of a word in a closed list.
  std::optional<std::size_t> word(std::string_view name, std::initializer_list<const char*> list) {
    if (!has(name)) return std::nullopt;
    const std::string written = text(name);
    const auto* found = std::find(list.begin(), list.end(), written);
    if (found != list.end()) return static_cast<std::size_t>(found - list.begin());
    refuse(name, ErrorCode::UNKNOWN_CODE, "the word is not in the list of this member");
    return std::nullopt;
  }
  std::optional<values::PayFrequency> frequency(std::string_view name) {
    if (!has(name)) return std::nullopt;
    const auto read = values::parse_pay_frequency(text(name));
    if (!read) refuse(name, ErrorCode::UNKNOWN_CODE, "a pay frequency of HMRC is expected");
    return read;
  }
  std::optional<Members> object(std::string_view name) {
    const Value* value = typed(name, Value::Kind::object, "an object is expected");
    if (value == nullptr) return std::nullopt;
    return Members(*value, at(name), wrong_);
  }

 private:
  [[nodiscard]] const Value* find(std::string_view name) const {
    return object_.is(Value::Kind::object) ? object_.find(name) : nullptr;
  }
  [[nodiscard]] std::string at(std::string_view name) const {
    return name.empty() ? pointer_ : pointer_ + "/" + std::string(name);
  }
  const Value* typed(std::string_view name, Value::Kind kind, const char* message) {
    const Value* value = find(name);
    if (value == nullptr || value->is(kind)) return value;
    refuse(name, ErrorCode::WRONG_TYPE, message);
    return nullptr;
  }

  const Value& object_;
  std::string pointer_;
  std::optional<Error>& wrong_;
};

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

values::EmploymentKey read_employment_key(Members& in) {
  values::EmploymentKey key;
  if (!in.has("employment")) in.missing("employment");
  if (auto inner = in.object("employment")) {
    key.office = inner->needed_text("office");
    key.reference = inner->needed_text("reference");
    key.sequence = inner->small("sequence", 0, 9999).value_or(0);
    key.payroll_id = inner->text("payroll_id");
  }
  return key;
}

Subject read_subject(Members& in) {
  Subject subject;
  if (const auto nino = in.parsed("nino", &values::Nino::parse)) subject.nino = Sensitive(*nino);
  subject.person = in.parsed("person", &parse_person);
  if (auto name = in.object("name")) {
    subject.forename = Sensitive(name->text("forename"));
    subject.second_forename = Sensitive(name->text("second_forename"));
    subject.surname = Sensitive(name->text("surname"));
  }
  if (const auto born = in.parsed("date_of_birth", &values::Date::parse)) {
    subject.date_of_birth = Sensitive(*born);
  }
  if (in.word("gender", {"M", "F"})) subject.gender = in.text("gender");
  return subject;
}

FactHeader read_header(Members& in) {
  FactHeader header;
  header.fact_id = in.text("fact_id");
  header.subject = read_subject(in);
  header.received_at = in.needed("received_at", &values::Instant::parse);
  header.reported_at = in.parsed("reported_at", &values::Instant::parse);
  if (auto source = in.object("source")) {
    header.source.system = source->text("system");
    header.source.document = source->text("document");
    header.source.position = source->text("position");
  }
  if (in.word("state", {"ASSERTED", "RETRACTED"}) == 1) header.state = FactState::retracted;
  header.supersedes = in.text("supersedes");
  header.test = in.flag("test").value_or(false);
  return header;
}

void read_period(Members& in, Payment& payment) {
  payment.tax_year = in.needed("tax_year", &values::TaxYear::parse);
  payment.paid_on = in.needed("paid_on", &values::Date::parse);
  payment.frequency = in.frequency("frequency");
  payment.week = in.small("week", 1, 56);
  payment.month = in.small("month", 1, 12);
  payment.periods_covered = in.small("periods_covered", 1, 99);
  if (payment.week && payment.month) {
    in.refuse("week", ErrorCode::CONTRADICTION, "a payment has a week or a month, not both");
  }
}

void read_sums(Members& in, Payment& payment) {
  payment.taxable_pay = in.pence("taxable_pay_pence");
  payment.taxable_pay_to_date = in.pence("taxable_pay_to_date_pence");
  payment.net_pay_pension = in.pence("net_pay_pension_pence");
  payment.net_pay_pension_to_date = in.pence("net_pay_pension_to_date_pence");
  payment.other_pension = in.pence("other_pension_pence");
  payment.benefits_via_payroll = in.pence("benefits_via_payroll_pence");
  payment.non_taxable = in.pence("non_taxable_pence");
  payment.nic_gross = in.pence("nic_gross_pence");
  if (auto paid = in.object("statutory_to_date_pence")) {
    payment.statutory_to_date = {paid->pence("smp"),  paid->pence("spp"),  paid->pence("sap"),
                                 paid->pence("shpp"), paid->pence("spbp"), paid->pence("sncp")};
  }
  if (auto lump = in.object("lump_sum")) {
    payment.lump_sum_kind = lump->text("kind");
    payment.lump_sum_taxable = lump->pence("taxable_pence");
  }
}

Fact read_payment(Members& in) {
  Payment payment;
  payment.header = read_header(in);
  payment.employment = read_employment_key(in);
  payment.employer = in.text("employer");
  read_period(in, payment);
  read_sums(in, payment);
  payment.payment_id = in.text("payment_id");
  payment.late_reason = in.text("late_reason");
  payment.no_longer_valid_on = in.parsed("no_longer_valid_on", &values::Date::parse);
  payment.started_on = in.parsed("started_on", &values::Date::parse);
  payment.left_on = in.parsed("left_on", &values::Date::parse);
  payment.payroll_id_changed_from = in.text("payroll_id_changed_from");
  payment.hours = in.text("hours");
  payment.confidence_status = in.text("confidence_status");
  payment.director = in.text("director");
  payment.irregular = in.flag("irregular");
  payment.after_leaving = in.flag("after_leaving");
  payment.on_strike = in.flag("on_strike");
  payment.unpaid_absence = in.flag("unpaid_absence");
  payment.occupational_pension = in.flag("occupational_pension");
  payment.non_individual = in.flag("non_individual");
  payment.aggregated_earnings = in.flag("aggregated_earnings");
  return payment;
}

Fact read_yearly_figure(Members& in) {
  YearlyFigure figure;
  figure.header = read_header(in);
  if (!in.has("status")) in.missing("status");
  const auto status =
      in.word("status", {"AVAILABLE", "NIL", "NO_DATA", "UNAVAILABLE", "NOT_ASKED"});
  figure.status = static_cast<FigureStatus>(status.value_or(4));
  figure.tax_year = in.parsed("tax_year", &values::TaxYear::parse);
  figure.annual = in.pence("annual_pence");
  if (figure.status == FigureStatus::available && !figure.annual) in.missing("annual_pence");
  figure.source_of_figure = in.text("source_of_figure");
  figure.parts = in.sums("parts");
  figure.unearned = in.sums("unearned");
  figure.requested_on = in.parsed("requested_on", &values::Date::parse);
  return figure;
}

Fact read_employment(Members& in) {
  Employment job;
  job.header = read_header(in);
  job.employment = read_employment_key(in);
  job.employer = in.text("employer");
  job.started_on = in.parsed("started_on", &values::Date::parse);
  job.left_on = in.parsed("left_on", &values::Date::parse);
  job.frequency = in.frequency("frequency");
  return job;
}

Fact read_nil_period(Members& in) {
  NilPeriod nil;
  nil.header = read_header(in);
  nil.office = in.needed_text("office");
  nil.reference = in.needed_text("reference");
  nil.from = in.needed("from", &values::Date::parse);
  nil.to = in.needed("to", &values::Date::parse);
  return nil;
}

Fact read_answer(Members& in) {
  Answer answer;
  answer.header = read_header(in);
  if (!in.has("status")) in.missing("status");
  const auto status =
      in.word("status", {"NO_DATA", "UNKNOWN_PERSON", "NOT_MATCHED", "UNAVAILABLE"});
  answer.status = static_cast<AnswerStatus>(status.value_or(0));
  answer.match_pattern = in.small("match_pattern", 0, 63);
  answer.code = in.text("code");
  return answer;
}

}  // namespace

Result<Fact> read_fact(const Value& value) {
  std::optional<Error> wrong;
  Members in(value, {}, wrong);
  constexpr std::array read = {&read_payment, &read_yearly_figure, &read_employment,
                               &read_nil_period, &read_answer};
  if (!wrong && !in.has("fact")) in.missing("fact");
  const auto kind =
      in.word("fact", {"payment", "yearly_figure", "employment", "nil_period", "answer"});
  if (wrong) return std::move(*wrong);
  Fact fact = read.at(kind.value_or(0))(in);
  if (wrong) return std::move(*wrong);
  return fact;
}

}  // namespace ig::adapters::formats::facts
