#include "adapters/formats/ledger_lines.hpp"

#include "adapters/formats/ledger_words.hpp"

#include <charconv>
#include <optional>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::ledger::EmploymentIncome;
using core::ledger::PersonIncome;
using core::ledger::Window;
using core::values::Fraction;
using core::values::Int128;
using core::values::Money;
using wire::json::Value;
using wire::json::Writer;
namespace limits = core::base::limits;

/// weekly_pence, and exact_weekly beside it where its terms fit the format.
void write_figure(Writer& out, const std::optional<Fraction>& exact) {
  if (!exact) {
    out.member_null("weekly_pence");
    return;
  }
  out.member("weekly_pence", exact->half_up().in_pence());
  constexpr Int128 most = limits::fraction_term_max;
  if (exact->numerator() > most || exact->denominator() > most) return;
  out.key("exact_weekly").begin_object();
  out.member("numerator", static_cast<std::int64_t>(exact->numerator()));
  out.member("denominator", static_cast<std::int64_t>(exact->denominator())).end_object();
}

std::optional<Fraction> read_figure(Fields& fields) {
  const auto weekly = fields.pence_if("weekly_pence");
  if (!weekly) return std::nullopt;
  auto exact = fields.object_if("exact_weekly");
  if (!exact) return Fraction::whole(*weekly);
  const auto numerator = exact->integer("numerator", 0, limits::fraction_term_max);
  const auto denominator = exact->integer("denominator", 1, limits::fraction_term_max);
  if (denominator < 1) return Fraction::whole(*weekly);
  const Fraction out(numerator, denominator);
  if (numerator / denominator > limits::money_pence_max || out.half_up() != *weekly) {
    fields.refuse("exact_weekly", ErrorCode::CONTRADICTION,
                  "the exact figure does not round to weekly_pence");
    return Fraction::whole(*weekly);
  }
  return out;
}

void write_window(Writer& out, const Window& window) {
  out.key("window").begin_object();
  out.member("from", window.from.text()).member("to", window.to.text());
  words::write_texts(out, "payments", window.payments);
  out.end_object();
}

void write_date(Writer& out, std::string_view name, const std::optional<core::values::Date>& day) {
  if (day) out.member(name, day->text());
}

void write_job(Writer& out, const EmploymentIncome& job) {
  out.begin_object();
  words::write_employment(out, job.employment);
  out.member_if("employer", job.employer);
  out.member("status", words::word(words::kEmploymentStatuses, job.status));
  if (job.frequency) out.member("frequency", core::values::name(*job.frequency));
  write_figure(out, job.exact_weekly);
  if (job.deductible_weekly) {
    out.member("deductible_weekly_pence", job.deductible_weekly->in_pence());
  }
  if (job.window) write_window(out, *job.window);
  if (job.method) out.member("method", words::word(words::kMethods, *job.method));
  out.member("confidence", words::word(words::kConfidences, job.confidence));
  words::write_texts(out, "notes", job.notes);
  if (job.occupational_pension) out.member("occupational_pension", true);
  write_date(out, "started_on", job.started_on);
  write_date(out, "left_on", job.left_on);
  write_date(out, "last_paid_on", job.last_paid_on);
  write_date(out, "level_since", job.level_since);
  out.end_object();
}

EmploymentIncome read_job(Fields fields) {
  EmploymentIncome out;
  out.employment = words::read_employment(fields);
  out.employer = fields.text_if("employer").value_or("");
  out.status = fields.code("status", words::kEmploymentStatuses);
  if (const auto code = fields.text_if("frequency")) {
    out.frequency = core::values::parse_pay_frequency(*code);
    if (!out.frequency) {
      fields.refuse("frequency", ErrorCode::UNKNOWN_CODE, "not one of HMRC's pay frequencies");
    }
  }
  out.exact_weekly = read_figure(fields);
  out.deductible_weekly = fields.pence_if("deductible_weekly_pence");
  if (auto window = fields.object_if("window")) {
    out.window = Window{window->date("from"), window->date("to"), window->texts("payments")};
  }
  out.method = fields.code_if("method", words::kMethods);
  out.confidence = fields.code("confidence", words::kConfidences);
  out.notes = fields.texts("notes");
  out.occupational_pension = fields.boolean_if("occupational_pension").value_or(false);
  out.started_on = fields.date_if("started_on");
  out.left_on = fields.date_if("left_on");
  out.last_paid_on = fields.date_if("last_paid_on");
  out.level_since = fields.date_if("level_since");
  return out;
}

std::optional<core::values::PersonId> parse_person(std::string_view text) {
  if (text.size() < 11 || !text.starts_with("p-")) return std::nullopt;
  core::values::PersonId out;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + 2, end, out.value);
  if (read.ec != std::errc{} || read.ptr != end || out.value < 0) return std::nullopt;
  return out;
}

void read_subject(Fields& fields, core::facts::Subject& out) {
  if (const auto person = fields.text_if("person")) {
    out.person = parse_person(*person);
    if (!out.person) {
      fields.refuse("person", ErrorCode::INVALID_TEXT, "a person is p- and at least nine digits");
    }
  }
  if (const auto text = fields.text_if("nino")) {
    auto nino = core::values::Nino::parse(*text);
    if (nino) {
      out.nino.emplace(*std::move(nino));
    } else {
      fields.refuse("nino", nino.error().code, nino.error().message);
    }
  }
  if (!out.person && !out.nino) {
    fields.refuse("nino", ErrorCode::NO_PERSON, "the line says neither nino nor person");
  }
}

}  // namespace

void write_ledger_line(std::string& text, const LedgerLine& line) {
  const PersonIncome& income = line.income;
  Writer out(text);
  out.begin_object();
  if (line.subject.person) out.member("person", core::values::text(*line.subject.person));
  if (line.subject.nino) out.member("nino", line.subject.nino->reveal().reveal());
  out.member("as_of", income.as_of.text());
  write_figure(out, income.exact_weekly);
  if (income.deductible_weekly) {
    out.member("deductible_weekly_pence", income.deductible_weekly->in_pence());
  }
  out.member("confidence", words::word(words::kConfidences, income.confidence));
  words::write_texts(out, "notes", income.notes);
  out.key("coverage").begin_object();
  out.member("employment", income.covers_employment).member("pension", income.covers_pension);
  out.member("self_employment", false).end_object();
  out.key("employments").begin_array();
  for (const EmploymentIncome& job : income.employments) write_job(out, job);
  out.end_array().end_object();
}

Result<LedgerLine> read_ledger_line(const Value& value) {
  FirstError error;
  Fields fields(value, error);
  LedgerLine out;
  PersonIncome& income = out.income;
  read_subject(fields, out.subject);
  income.as_of = fields.date("as_of");
  income.exact_weekly = read_figure(fields);
  income.deductible_weekly = fields.pence_if("deductible_weekly_pence");
  income.confidence = fields.code("confidence", words::kConfidences);
  income.notes = fields.texts("notes");
  if (auto coverage = fields.object_if("coverage")) {
    income.covers_employment = coverage->boolean_if("employment").value_or(false);
    income.covers_pension = coverage->boolean_if("pension").value_or(false);
  }
  const std::size_t jobs = fields.count("employments");
  for (std::size_t i = 0; i < jobs && !error.failed(); ++i) {
    income.employments.push_back(read_job(fields.item("employments", i)));
  }
  if (error.failed()) return error.take();
  return out;
}

}  // namespace ig::adapters::formats
