#include "adapters/hmrc/individuals_reply.hpp"

#include "adapters/formats/facts.hpp"
#include "core/base/limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

namespace values = core::values;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::facts::AnswerStatus;
using core::facts::Fact;
using formats::Fields;
using wire::json::Value;

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A number as it stands in the text; -1 when it is none or has more than 9 digits.
int small_number(std::string_view text) {
  int out = -1;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool whole = all_digits(text) && text.size() <= 9 && code == std::errc{} &&
                     end == text.data() + text.size();
  return whole ? out : -1;
}

/// The text of a string, or the lexeme of a number; nothing, and an error, for any other type.
std::optional<std::string_view> word_of(Fields& row, std::string_view name) {
  const Value* value = row.value().find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is(Value::Kind::string) || value->is(Value::Kind::number)) return value->text();
  row.refuse(name, ErrorCode::WRONG_TYPE, "a number or its text is expected");
  return std::nullopt;
}

/// A day after 2099, where HMRC means that there is no end.
bool is_far_future(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int month = small_number(text.substr(5, 2));
  const int day = small_number(text.substr(8, 2));
  return small_number(text.substr(0, 4)) > 2099 && month >= 1 && month <= 12 && day >= 1 &&
         day <= 31;
}

/// By PayFrequency.
constexpr std::array<std::string_view, 9> kFrequencyWords = {
    "WEEKLY",      "FORTNIGHTLY", "FOUR_WEEKLY", "CALENDAR_MONTHLY", "QUARTERLY",
    "BI_ANNUALLY", "ANNUALLY",    "ONE_OFF",     "IRREGULAR"};

}  // namespace

core::facts::FactHeader header_of(const IndividualsContext& context, std::string_view system,
                                  std::string_view place) {
  core::facts::FactHeader header;
  header.subject = context.subject;
  header.received_at = context.received_at;
  header.source.system = system;
  header.source.document = context.document;
  header.source.position = context.pointer;
  header.source.position += place;
  return header;
}

Fact answer_of(AnswerStatus status, const IndividualsContext& context, std::string_view system,
               core::ports::Digest& digest, std::string code) {
  core::facts::Answer out;
  out.header = header_of(context, system, {});
  out.status = status;
  out.code = std::move(code);
  return formats::FactIds(digest).with_id(std::move(out));
}

std::optional<Fact> error_answer(const Value& body, const IndividualsContext& context,
                                 std::string_view system, core::ports::Digest& digest) {
  const Value* code = body.find("code");
  if (code == nullptr || !code->is(Value::Kind::string) || code->text().empty() ||
      code->text().size() > core::base::limits::id_bytes_max) {
    return std::nullopt;
  }
  const AnswerStatus status =
      code->text() == "MATCHING_FAILED" ? AnswerStatus::not_matched : AnswerStatus::unavailable;
  return answer_of(status, context, system, digest, std::string(code->text()));
}

std::optional<values::Money> money_if(Fields& row, std::string_view name, std::int64_t most) {
  const auto word = word_of(row, name);
  if (!word) return std::nullopt;
  const auto read = values::Money::parse(*word);
  if (!read) {
    row.refuse(name, read.error().code, read.error().message);
    return std::nullopt;
  }
  if (read->in_pence() >= -most && read->in_pence() <= most) return *read;
  row.refuse(name, ErrorCode::MONEY_OUT_OF_RANGE, "money is outside the range of its field");
  return std::nullopt;
}

std::optional<int> number_if(Fields& row, std::string_view name, int least, int most) {
  const auto word = word_of(row, name);
  if (!word) return std::nullopt;
  const int number = small_number(*word);
  if (number >= least && number <= most) return number;
  row.refuse(name, ErrorCode::INVALID_NUMBER, "a whole number within the range of this member");
  return std::nullopt;
}

std::string loose_text(const Fields& row, std::string_view name) {
  const Value* value = row.value().find(name);
  const bool usable = value != nullptr &&
                      (value->is(Value::Kind::string) || value->is(Value::Kind::number)) &&
                      value->text().size() <= core::base::limits::id_bytes_max;
  return std::string(usable ? value->text() : std::string_view());
}

Result<values::TaxYear> any_tax_year(std::string_view text) {
  if (text.size() != 4) return values::TaxYear::parse(text);
  const int end = small_number(text);
  if (end >= 1901 && end <= 2099) return values::TaxYear::starting(end - 1);
  return fail(ErrorCode::INVALID_TAX_YEAR, {}, "the year a tax year ends in has four digits");
}

std::optional<values::TaxYear> tax_year_if(Fields& row, std::string_view name) {
  const auto word = word_of(row, name);
  if (!word) return std::nullopt;
  const auto year = any_tax_year(*word);
  if (year) return *year;
  row.refuse(name, year.error().code, year.error().message);
  return std::nullopt;
}

std::optional<values::Date> end_date_if(Fields& row, std::string_view name) {
  const Value* value = row.value().find(name);
  if (value != nullptr && value->is(Value::Kind::string) && is_far_future(value->text())) {
    return std::nullopt;
  }
  const auto day = row.date_if(name);
  if (day && *day >= values::Date::of(2099, 12, 31)) return std::nullopt;
  return day;
}

std::optional<values::PayFrequency> frequency_if(Fields& row, std::string_view name) {
  if (!row.has(name)) return std::nullopt;
  const std::string word = loose_text(row, name);
  for (std::size_t i = 0; i < kFrequencyWords.size(); ++i) {
    if (kFrequencyWords[i] == word) return static_cast<values::PayFrequency>(i);
  }
  const auto read = values::parse_pay_frequency(word);
  if (!read) row.refuse(name, ErrorCode::UNKNOWN_CODE, "a pay frequency of HMRC is expected");
  return read;
}

std::optional<std::string> three_digits(std::string_view office) {
  if (!all_digits(office) || office.size() > 3) return std::nullopt;
  return std::string(3 - office.size(), '0').append(office);
}

void read_employer_reference(Fields& row, std::string_view name, values::EmploymentKey& key) {
  std::string text = loose_text(row, name);
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) {
    key.reference = std::move(text);
    return;
  }
  const auto office = three_digits(std::string_view(text).substr(0, slash));
  if (!office) {
    row.refuse(name, ErrorCode::INVALID_TEXT, "a PAYE office is one to three digits");
    return;
  }
  key.office = *office;
  key.reference = text.substr(slash + 1);
}

}  // namespace ig::adapters::hmrc
