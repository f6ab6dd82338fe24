#include "adapters/formats/requests.hpp"

#include "adapters/formats/fields.hpp"
#include "adapters/formats/rule_words.hpp"
#include "adapters/wire/json/write_value.hpp"
#include "adapters/wire/json/writer.hpp"

namespace ig::adapters::formats {
namespace {

using core::base::Result;
using core::rules::Current;
using core::rules::FigureInForce;
using core::rules::Historic;
using core::rules::Request;
using core::values::Date;
using core::values::Fraction;
using core::values::Int128;
using wire::json::Value;
using wire::json::Writer;
namespace limits = core::base::limits;

constexpr DateRange kEffectiveDates{Date::of(2012, 12, 10), Date::of(2099, 12, 31)};
constexpr std::array<Code<bool>, 2> kKnown = {{{"KNOWN", true}, {"UNKNOWN", false}}};
constexpr std::array<Code<std::string_view>, 2> kSources = {{{"SA", "SA"}, {"PAYE", "PAYE"}}};

Historic read_historic(Fields& fields) {
  Historic out;
  auto historic = fields.object_if("historic");
  if (!historic) return out;
  out.status = historic->code("status", words::kStatuses);
  out.tax_year = historic->tax_year_if("tax_year");
  out.annual = historic->pence_if("annual_pence");
  out.source = historic->code_if("source", kSources).value_or("");
  if (auto relief = historic->object_if("relief_at_source")) {
    Historic::ReliefAtSource read;
    read.annual = relief->pence("annual_pence");
    read.requested = relief->boolean_if("requested").value_or(false);
    read.evidenced = relief->boolean_if("evidenced").value_or(false);
    out.relief_at_source = read;
  }
  return out;
}

std::optional<Fraction> read_exact(Fields& current) {
  auto exact = current.object_if("exact_weekly");
  if (!exact) return std::nullopt;
  const auto numerator = exact->integer("numerator", 0, limits::fraction_term_max);
  const auto denominator = exact->integer("denominator", 1, limits::fraction_term_max);
  return Fraction(numerator, denominator);
}

std::optional<Current> read_current(Fields& fields) {
  auto current = fields.object_if("current");
  if (!current || !current->code("status", kKnown)) return std::nullopt;
  Current out;
  out.evidence = current->code("evidence", words::kEvidences);
  out.weekly = current->pence("weekly_pence");
  out.exact_weekly = read_exact(*current);
  return out;
}

std::optional<FigureInForce> read_figure(Fields& fields) {
  auto figure = fields.object_if("in_force");
  if (!figure) return std::nullopt;
  FigureInForce out;
  out.basis = figure->code("basis", words::kBases);
  out.weekly = figure->pence("weekly_pence");
  out.tax_year = figure->tax_year_if("tax_year");
  out.annual = figure->pence_if("annual_pence");
  out.since = figure->date_if("since");
  out.review_date = figure->date_if("review_date");
  return out;
}

void write_historic(Writer& writer, const Historic& historic) {
  writer.key("historic").begin_object();
  writer.member("status", words::word(words::kStatuses, historic.status));
  if (historic.tax_year) writer.member("tax_year", historic.tax_year->text());
  if (historic.annual) writer.member("annual_pence", historic.annual->in_pence());
  writer.member_if("source", historic.source);
  if (const auto& relief = historic.relief_at_source) {
    writer.key("relief_at_source").begin_object();
    writer.member("annual_pence", relief->annual.in_pence());
    writer.member("requested", relief->requested);
    writer.member("evidenced", relief->evidenced).end_object();
  }
  writer.end_object();
}

void write_current(Writer& writer, const std::optional<Current>& current) {
  writer.key("current").begin_object();
  writer.member("status", current ? "KNOWN" : "UNKNOWN");
  if (current) {
    writer.member("evidence", words::word(words::kEvidences, current->evidence));
    writer.member("weekly_pence", current->weekly.in_pence());
    constexpr Int128 most = limits::fraction_term_max;
    const auto& exact = current->exact_weekly;
    if (exact && exact->numerator() <= most && exact->denominator() <= most) {
      writer.key("exact_weekly").begin_object();
      writer.member("numerator", static_cast<std::int64_t>(exact->numerator()));
      writer.member("denominator", static_cast<std::int64_t>(exact->denominator())).end_object();
    }
  }
  writer.end_object();
}

void write_figure(Writer& writer, const FigureInForce& figure) {
  writer.key("in_force").begin_object();
  writer.member("basis", words::word(words::kBases, figure.basis));
  writer.member("weekly_pence", figure.weekly.in_pence());
  if (figure.tax_year) writer.member("tax_year", figure.tax_year->text());
  if (figure.annual) writer.member("annual_pence", figure.annual->in_pence());
  if (figure.since) writer.member("since", figure.since->text());
  if (figure.review_date) writer.member("review_date", figure.review_date->text());
  writer.end_object();
}

}  // namespace

Result<RequestLine> read_request(const Value& value) {
  FirstError error;
  Fields fields(value, error);
  RequestLine out;
  Request& request = out.request;
  request.id = fields.text("id");
  request.kind = fields.code("kind", words::kKinds);
  request.effective_date = fields.date("effective_date", kEffectiveDates);
  request.jurisdiction =
      fields.code_if("jurisdiction", words::kJurisdictions).value_or(core::facts::Jurisdiction::gb);
  request.as_of = fields.date_if("as_of");
  request.anchor_date = fields.date_if("anchor_date");
  request.historic = read_historic(fields);
  request.current = read_current(fields);
  request.in_force = read_figure(fields);
  const std::size_t used = fields.count("used");
  for (std::size_t i = 0; i < used && !error.failed(); ++i) {
    Fields item = fields.item("used", i);
    request.used.push_back({item.tax_year("tax_year"), item.pence("annual_pence")});
  }
  request.variation_in_force = fields.boolean_if("variation_in_force").value_or(false);
  if (const auto context = fields.object_if("context")) {
    wire::json::write_value(out.context_json, context->value());
  }
  if (error.failed()) return error.take();
  return out;
}

void write_request(std::string& out, const Request& request, std::string_view context_json) {
  Writer writer(out);
  writer.begin_object().member("id", request.id);
  if (!context_json.empty()) writer.key("context").raw(context_json);
  writer.member("kind", words::word(words::kKinds, request.kind));
  writer.member("effective_date", request.effective_date.text());
  writer.member("jurisdiction", words::word(words::kJurisdictions, request.jurisdiction));
  if (request.as_of) writer.member("as_of", request.as_of->text());
  if (request.anchor_date) writer.member("anchor_date", request.anchor_date->text());
  write_historic(writer, request.historic);
  write_current(writer, request.current);
  if (request.in_force) write_figure(writer, *request.in_force);
  if (!request.used.empty()) {
    writer.key("used").begin_array();
    for (const auto& figure : request.used) {
      writer.begin_object().member("tax_year", figure.tax_year.text());
      writer.member("annual_pence", figure.annual.in_pence()).end_object();
    }
    writer.end_array();
  }
  writer.member("variation_in_force", request.variation_in_force).end_object();
}

}  // namespace ig::adapters::formats
