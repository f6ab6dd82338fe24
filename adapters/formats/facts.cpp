#include "adapters/formats/facts.hpp"

#include "adapters/wire/json/writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace ig::adapters::formats {
namespace {

namespace values = core::values;
using core::facts::Answer;
using core::facts::AnswerStatus;
using core::facts::Employment;
using core::facts::FactHeader;
using core::facts::FactState;
using core::facts::FigureStatus;
using core::facts::MatchedBy;
using core::facts::NilPeriod;
using core::facts::Payment;
using core::facts::StatutoryToDate;
using core::facts::Subject;
using core::facts::YearlyFigure;
using wire::json::Writer;

void member_if(Writer& out, std::string_view name, const std::optional<values::Money>& amount) {
  if (amount) out.member(name, amount->in_pence());
}
void member_if(Writer& out, std::string_view name, const std::optional<values::Date>& day) {
  if (day) out.member(name, day->text());
}
void member_if(Writer& out, std::string_view name, const std::optional<int>& number) {
  if (number) out.member(name, *number);
}
void member_if(Writer& out, std::string_view name, const std::optional<bool>& flag) {
  if (flag) out.member(name, *flag);
}
void member_if(Writer& out, std::string_view name,
               const std::optional<values::PayFrequency>& frequency) {
  if (frequency) out.member(name, values::name(*frequency));
}
void member_if(Writer& out, std::string_view name, const std::string& text) {
  out.member_if(name, text);
}

void write_name(Writer& out, const Subject& subject) {
  out.key("name").begin_object();
  out.member_if("forename", subject.forename.reveal());
  out.member_if("second_forename", subject.second_forename.reveal());
  out.member_if("surname", subject.surname.reveal());
  out.end_object();
}

void write_subject(Writer& out, const Subject& subject) {
  if (subject.nino) {
    out.member("nino", subject.nino->reveal().reveal());
  } else if (subject.person) {
    out.member("person", values::text(*subject.person));
  } else if (!subject.surname.reveal().empty()) {
    write_name(out, subject);
  }
  if (subject.date_of_birth) out.member("date_of_birth", subject.date_of_birth->reveal().text());
  out.member_if("gender", subject.gender);
}

void write_employment_key(Writer& out, const values::EmploymentKey& key) {
  out.key("employment").begin_object();
  out.member("office", key.office).member("reference", key.reference);
  if (key.sequence != 0) out.member("sequence", static_cast<std::int64_t>(key.sequence));
  out.member_if("payroll_id", key.payroll_id);
  out.end_object();
}

void write_statutory(Writer& out, const StatutoryToDate& paid) {
  if (paid == StatutoryToDate{}) return;
  out.key("statutory_to_date_pence").begin_object();
  member_if(out, "smp", paid.smp);
  member_if(out, "spp", paid.spp);
  member_if(out, "sap", paid.sap);
  member_if(out, "shpp", paid.shpp);
  member_if(out, "spbp", paid.spbp);
  member_if(out, "sncp", paid.sncp);
  out.end_object();
}

void write_lump_sum(Writer& out, const Payment& payment) {
  if (payment.lump_sum_kind.empty() && !payment.lump_sum_taxable) return;
  out.key("lump_sum").begin_object();
  out.member_if("kind", payment.lump_sum_kind);
  member_if(out, "taxable_pence", payment.lump_sum_taxable);
  out.end_object();
}

void write_content(Writer& out, const Payment& payment) {
  write_employment_key(out, payment.employment);
  out.member_if("employer", payment.employer);
  out.member("tax_year", payment.tax_year.text()).member("paid_on", payment.paid_on.text());
  member_if(out, "frequency", payment.frequency);
  member_if(out, "week", payment.week);
  member_if(out, "month", payment.month);
  member_if(out, "periods_covered", payment.periods_covered);
  member_if(out, "taxable_pay_pence", payment.taxable_pay);
  member_if(out, "taxable_pay_to_date_pence", payment.taxable_pay_to_date);
  member_if(out, "net_pay_pension_pence", payment.net_pay_pension);
  member_if(out, "other_pension_pence", payment.other_pension);
  out.member_if("payment_id", payment.payment_id);
  member_if(out, "irregular", payment.irregular);
  member_if(out, "after_leaving", payment.after_leaving);
  member_if(out, "on_strike", payment.on_strike);
  member_if(out, "unpaid_absence", payment.unpaid_absence);
  member_if(out, "occupational_pension", payment.occupational_pension);
  member_if(out, "started_on", payment.started_on);
  member_if(out, "late_reason", payment.late_reason);
  member_if(out, "no_longer_valid_on", payment.no_longer_valid_on);
  member_if(out, "left_on", payment.left_on);
  member_if(out, "benefits_via_payroll_pence", payment.benefits_via_payroll);
  member_if(out, "non_taxable_pence", payment.non_taxable);
  member_if(out, "nic_gross_pence", payment.nic_gross);
  write_statutory(out, payment.statutory_to_date);
  member_if(out, "net_pay_pension_to_date_pence", payment.net_pay_pension_to_date);
  write_lump_sum(out, payment);
  member_if(out, "director", payment.director);
  member_if(out, "payroll_id_changed_from", payment.payroll_id_changed_from);
  member_if(out, "non_individual", payment.non_individual);
  member_if(out, "hours", payment.hours);
  member_if(out, "aggregated_earnings", payment.aggregated_earnings);
  member_if(out, "confidence_status", payment.confidence_status);
}

void write_sums(Writer& out, std::string_view name,
                const std::map<std::string, values::Money>& sums) {
  if (sums.empty()) return;
  out.key(name).begin_object();
  for (const auto& [part, amount] : sums) out.member(part, amount.in_pence());
  out.end_object();
}

std::string_view name_of(FigureStatus status) {
  constexpr std::string_view names[] = {"AVAILABLE", "NIL", "NO_DATA", "UNAVAILABLE", "NOT_ASKED"};
  return names[static_cast<std::size_t>(status)];
}

void write_content(Writer& out, const YearlyFigure& figure) {
  out.member("status", name_of(figure.status));
  if (figure.tax_year) out.member("tax_year", figure.tax_year->text());
  member_if(out, "annual_pence", figure.annual);
  out.member_if("source_of_figure", figure.source_of_figure);
  write_sums(out, "parts", figure.parts);
  write_sums(out, "unearned", figure.unearned);
  member_if(out, "requested_on", figure.requested_on);
}

void write_content(Writer& out, const Employment& job) {
  write_employment_key(out, job.employment);
  out.member_if("employer", job.employer);
  member_if(out, "started_on", job.started_on);
  member_if(out, "left_on", job.left_on);
  member_if(out, "frequency", job.frequency);
}

void write_content(Writer& out, const NilPeriod& nil) {
  out.member("office", nil.office).member("reference", nil.reference);
  out.member("from", nil.from.text()).member("to", nil.to.text());
}

std::string_view name_of(AnswerStatus status) {
  constexpr std::string_view names[] = {"NO_DATA", "UNKNOWN_PERSON", "NOT_MATCHED", "UNAVAILABLE"};
  return names[static_cast<std::size_t>(status)];
}

void write_content(Writer& out, const Answer& answer) {
  out.member("status", name_of(answer.status));
  member_if(out, "match_pattern", answer.match_pattern);
  out.member_if("code", answer.code);
}

std::string_view kind_of(const Fact& fact) {
  constexpr std::string_view kinds[] = {"payment", "yearly_figure", "employment", "nil_period",
                                        "answer"};
  static_assert(std::variant_size_v<Fact> == 5);
  return kinds[fact.index()];
}

/// Whom the content is about, in a form that is the same however often the person is seen.
void write_person_part(Writer& out, const Subject& subject) {
  if (subject.nino) {
    out.member("nino", subject.nino->reveal().first_eight());
    return;
  }
  if (subject.person) {
    out.member("person", values::text(*subject.person));
    return;
  }
  write_name(out, subject);
  if (subject.date_of_birth) out.member("date_of_birth", subject.date_of_birth->reveal().text());
  out.member_if("gender", subject.gender);
}

}  // namespace

void write_fact(std::string& out, const Fact& fact) {
  Writer writer(out);
  const FactHeader& head = core::facts::header(fact);
  writer.begin_object().member("fact", kind_of(fact));
  writer.member_if("fact_id", head.fact_id);
  write_subject(writer, head.subject);
  std::visit([&writer](const auto& content) { write_content(writer, content); }, fact);
  writer.member("received_at", head.received_at.text());
  if (head.reported_at) writer.member("reported_at", head.reported_at->text());
  writer.key("source").begin_object().member("system", head.source.system);
  writer.member_if("document", head.source.document);
  writer.member("position", head.source.position).end_object();
  if (head.state == FactState::retracted) writer.member("state", "RETRACTED");
  writer.member_if("supersedes", head.supersedes);
  if (head.test) writer.member("test", true);
  if (head.matched_by == MatchedBy::name) writer.member("matched_by", "NAME");
  writer.end_object();
}

namespace {

void append_content(std::string& out, const Fact& fact) {
  Writer writer(out);
  const FactHeader& head = core::facts::header(fact);
  writer.begin_object().member("system", head.source.system).member("fact", kind_of(fact));
  write_person_part(writer, head.subject);
  std::visit([&writer](const auto& content) { write_content(writer, content); }, fact);
  if (head.state == FactState::retracted) writer.member("state", "RETRACTED");
  if (head.test) writer.member("test", true);
  writer.end_object();
}

/// Numbers the content and takes its digest.
std::array<std::byte, 32> digest_of(core::ports::Digest& digest, std::string& content,
                                    int occurrence) {
  char number[16];
  const auto end = std::to_chars(number, number + sizeof number, occurrence).ptr;
  content.push_back('#');
  content.append(number, end);
  return digest.sha256(content);
}

std::string id_of(core::ports::Digest& digest, std::string& content, int occurrence) {
  return core::ports::hex(digest_of(digest, content, occurrence), 16);
}

}  // namespace

std::string canonical_content(const Fact& fact) {
  std::string out;
  out.reserve(1'024);
  append_content(out, fact);
  return out;
}

std::string make_fact_id(core::ports::Digest& digest, const Fact& fact, int occurrence) {
  std::string content = canonical_content(fact);
  return id_of(digest, content, occurrence);
}

std::size_t FactIds::IdHash::operator()(const Id& id) const noexcept {
  std::size_t bits = 0;
  std::memcpy(&bits, id.data(), sizeof bits);
  return bits;
}

void FactIds::give_id(Fact& fact) {
  content_.clear();
  append_content(content_, fact);
  const std::size_t plain = content_.size();
  const std::array<std::byte, 32> first = digest_of(digest_, content_, 1);
  Id key{};
  std::copy_n(first.begin(), key.size(), key.begin());
  std::string id = core::ports::hex(first, 16);
  const int occurrence = ++seen_[key];
  if (occurrence > 1) {
    content_.resize(plain);
    id = id_of(digest_, content_, occurrence);
  }
  core::facts::header(fact).fact_id = std::move(id);
}

}  // namespace ig::adapters::formats
