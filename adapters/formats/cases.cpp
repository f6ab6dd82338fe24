#include "adapters/formats/cases.hpp"

#include "adapters/formats/fields.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/base/limits.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <map>
#include <string_view>
#include <utility>
namespace ig::adapters::formats {
namespace {

namespace limits = core::base::limits;
namespace values = core::values;
using core::base::ErrorCode;
using core::base::Result;
using core::base::Sensitive;
using core::facts::Basis;
using core::facts::CaseRecord;
using core::facts::CaseStatus;
using core::facts::Collection;
using core::facts::InForce;
using core::facts::Jurisdiction;
using core::facts::Safety;
using core::facts::Subject;
using wire::json::Value;
using wire::json::Writer;

constexpr std::array<Code<CaseStatus>, 2> kStatuses{
    {{"OPEN", CaseStatus::open}, {"CLOSED", CaseStatus::closed}}};
constexpr std::array<Code<Jurisdiction>, 2> kJurisdictions{
    {{"GB", Jurisdiction::gb}, {"NI", Jurisdiction::ni}}};
constexpr std::array<Code<Collection>, 2> kCollections{
    {{"DIRECT_PAY", Collection::direct_pay}, {"COLLECT_AND_PAY", Collection::collect_and_pay}}};
constexpr std::array<Code<Safety>, 3> kSafeties{{{"NORMAL", Safety::normal},
                                                 {"SHIELDED", Safety::shielded},
                                                 {"RESTRICTED", Safety::restricted}}};
constexpr std::array<Code<Basis>, 5> kBases{{{"HISTORIC", Basis::historic},
                                             {"CURRENT", Basis::current},
                                             {"CURRENT_ESTIMATE", Basis::current_estimate},
                                             {"DEFAULT", Basis::default_rate},
                                             {"NOT_INCOME_BASED", Basis::not_income_based}}};
constexpr std::array<Code<std::string_view>, 2> kGenders{{{"M", "M"}, {"F", "F"}}};
constexpr std::size_t kNinoBytesMax = 20;  ///< nine characters and the spaces people write

template <class Enum, std::size_t N>
std::string_view word(const std::array<Code<Enum>, N>& words, Enum value) {
  return words[static_cast<std::size_t>(value)].first;
}

std::map<std::string, values::Money> read_parts(Fields& figure) {
  std::map<std::string, values::Money> parts;
  auto object = figure.object_if("parts");
  if (!object) return parts;
  for (const auto& member : object->value().members()) {
    if (const auto sum = object->signed_pence_if(member.name)) parts.emplace(member.name, *sum);
  }
  return parts;
}

InForce read_figure(Fields& fields) {
  InForce figure;
  figure.basis = fields.code("basis", kBases);
  figure.tax_year = fields.tax_year_if("tax_year");
  figure.annual = fields.signed_pence_if("annual_pence");
  figure.parts = read_parts(fields);
  const bool income = figure.basis == Basis::historic || figure.basis == Basis::current ||
                      figure.basis == Basis::current_estimate;
  if (income) {
    figure.weekly = fields.pence("weekly_pence");
  } else {
    figure.weekly = fields.pence_if("weekly_pence");
  }
  figure.effective_date = fields.date_if("effective_date");
  figure.since = fields.date_if("since");
  return figure;
}

/// Refuses control characters: these texts stand in events, logs and letters.
std::string printable(Fields& fields, std::string_view member, std::string text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) continue;
    fields.refuse(member, ErrorCode::INVALID_TEXT, "the text has control characters");
    break;
  }
  return text;
}

Sensitive<std::string> read_name(Fields& fields, std::string_view member) {
  auto text = fields.text_if(member, limits::name_bytes_max).value_or(std::string());
  return Sensitive(printable(fields, member, std::move(text)));
}

std::vector<Sensitive<std::string>> read_other_surnames(Fields& fields) {
  constexpr std::string_view member = "other_surnames";
  std::vector<Sensitive<std::string>> out;
  for (std::string& surname : fields.texts(member, limits::name_bytes_max)) {
    out.emplace_back(printable(fields, member, std::move(surname)));
  }
  if (out.size() > limits::other_surnames_max) {
    fields.refuse(member, ErrorCode::TOO_MANY, "a person has at most five other surnames");
  }
  return out;
}

Subject read_person(Fields fields) {
  Subject person;
  const std::string written = fields.text("nino", kNinoBytesMax);
  if (!written.empty()) {
    auto nino = values::Nino::parse(written);
    if (nino) {
      person.nino.emplace(*std::move(nino));
    } else {
      fields.refuse("nino", nino.error().code, nino.error().message);
    }
  }
  person.forename = read_name(fields, "forename");
  person.second_forename = read_name(fields, "second_forename");
  person.surname = read_name(fields, "surname");
  person.other_surnames = read_other_surnames(fields);
  if (const auto born = fields.date_if("date_of_birth")) person.date_of_birth.emplace(*born);
  person.gender = fields.code_if("gender", kGenders).value_or("");
  return person;
}

void write_person(Writer& json, const Subject& person) {
  json.key("person").begin_object();
  if (person.nino) json.member("nino", person.nino->reveal().reveal());
  json.member_if("forename", person.forename.reveal());
  json.member_if("second_forename", person.second_forename.reveal());
  json.member_if("surname", person.surname.reveal());
  if (!person.other_surnames.empty()) {
    json.key("other_surnames").begin_array();
    for (const auto& surname : person.other_surnames) json.string(surname.reveal());
    json.end_array();
  }
  if (person.date_of_birth) json.member("date_of_birth", person.date_of_birth->reveal().text());
  json.member_if("gender", person.gender);
  json.end_object();
}

void write_date(Writer& json, std::string_view name, const std::optional<values::Date>& date) {
  if (date) json.member(name, date->text());
}

void write_figure(Writer& json, const InForce& figure) {
  json.begin_object();
  json.member("basis", word(kBases, figure.basis));
  if (figure.tax_year) json.member("tax_year", figure.tax_year->text());
  if (figure.annual) json.member("annual_pence", figure.annual->in_pence());
  if (!figure.parts.empty()) {
    json.key("parts").begin_object();
    for (const auto& [part, sum] : figure.parts) json.member(part, sum.in_pence());
    json.end_object();
  }
  if (figure.weekly) json.member("weekly_pence", figure.weekly->in_pence());
  write_date(json, "effective_date", figure.effective_date);
  write_date(json, "since", figure.since);
  json.end_object();
}

}  // namespace

std::string_view name(Basis basis) noexcept { return word(kBases, basis); }

Result<InForce> read_in_force(const Value& value) {
  FirstError wrong;
  Fields fields(value, wrong);
  InForce figure = read_figure(fields);
  if (wrong.failed()) return wrong.take();
  return figure;
}

Result<CaseRecord> read_case(const Value& value) {
  FirstError wrong;
  Fields fields(value, wrong);
  CaseRecord record;
  record.key.case_system = printable(fields, "case_system", fields.text("case_system"));
  record.key.case_id = printable(fields, "case", fields.text("case"));
  record.key.paying_parent = printable(fields, "paying_parent", fields.text("paying_parent"));
  record.version = fields.integer("version", 0, std::numeric_limits<std::int64_t>::max());
  record.sent_at = fields.instant("sent_at");
  record.status = fields.code("status", kStatuses);
  record.jurisdiction = fields.code_if("jurisdiction", kJurisdictions).value_or(Jurisdiction::gb);
  record.collection = fields.code_if("collection", kCollections).value_or(Collection::direct_pay);
  record.person = read_person(fields.object("person"));
  record.safety = fields.code_if("safety", kSafeties).value_or(Safety::normal);
  record.initial_effective_date = fields.date_if("initial_effective_date");
  record.review_date = fields.date_if("review_date");
  record.reg9a_notified_on = fields.date_if("reg9a_notified_on");
  record.variation_in_force = fields.boolean_if("variation_in_force").value_or(false);
  if (auto figure = fields.object_if("in_force")) record.in_force = read_figure(*figure);
  if (wrong.failed()) return wrong.take();
  return record;
}

void write_in_force(std::string& out, const InForce& figure) {
  Writer json(out);
  write_figure(json, figure);
}

void write_case(std::string& out, const CaseRecord& record) {
  Writer json(out);
  json.begin_object();
  json.member("case_system", record.key.case_system);
  json.member("case", record.key.case_id);
  json.member("paying_parent", record.key.paying_parent);
  json.member("version", record.version);
  json.member("sent_at", record.sent_at.text());
  json.member("status", word(kStatuses, record.status));
  json.member("jurisdiction", word(kJurisdictions, record.jurisdiction));
  json.member("collection", word(kCollections, record.collection));
  write_person(json, record.person);
  json.member("safety", word(kSafeties, record.safety));
  write_date(json, "initial_effective_date", record.initial_effective_date);
  write_date(json, "review_date", record.review_date);
  write_date(json, "reg9a_notified_on", record.reg9a_notified_on);
  json.member("variation_in_force", record.variation_in_force);
  if (record.in_force) {
    json.key("in_force");
    write_figure(json, *record.in_force);
  }
  json.end_object();
}

}  // namespace ig::adapters::formats
