#include "adapters/store/sqlite/register.hpp"

#include "adapters/formats/cases.hpp"
#include "adapters/wire/json/writer.hpp"
#include "core/facts/name_match.hpp"

#include <charconv>
#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;
using base::Sensitive;
using facts::CaseRecord;
using facts::InForce;
using facts::Subject;
using ports::CaseOutcome;
using ports::RegisteredCase;

// ---- people -----------------------------------------------------------------------------------

std::string nino_key(Session& session, const values::Nino& nino) {
  return keyed(session, "nino", nino.first_eight());
}

/// One a line: no name has a control character.
std::string surnames_text(const Subject& person) {
  std::string out;
  for (const auto& surname : person.other_surnames) out.append(surname.reveal()).push_back('\n');
  return out;
}

std::vector<Sensitive<std::string>> surnames_in(std::string_view text) {
  std::vector<Sensitive<std::string>> out;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    out.emplace_back(std::string(text.substr(0, end)));
    text.remove_prefix(end + 1);
  }
  return out;
}

Subject read_identity(const Query& row, Result<values::Nino> nino) {
  Subject person;
  person.person = values::PersonId{row.integer(0)};
  person.nino.emplace(*std::move(nino));
  person.forename = Sensitive(row.string(2));
  person.second_forename = Sensitive(row.string(3));
  person.surname = Sensitive(row.string(4));
  if (const auto born = row.maybe_date(5)) person.date_of_birth.emplace(*born);
  person.gender = row.string(6);
  person.other_surnames = surnames_in(row.text(7));
  return person;
}

Result<Subject> subject_of(const Query& row) {
  auto nino = values::Nino::parse(row.text(1));
  if (!nino) return broken("a row of the identity table");
  return read_identity(row, std::move(nino));
}

std::optional<values::Date> born(const Subject& person) {
  if (!person.date_of_birth) return std::nullopt;
  return person.date_of_birth->reveal();
}

Result<values::PersonId> add_person(Session& session, const Subject& person,
                                    const std::string& key) {
  const auto done = run(session.db,
                        "INSERT INTO identity (nino_key, nino, forename, second_forename, surname,"
                        " date_of_birth, gender, other_surnames) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        Blob{key}, person.nino->reveal().reveal(), person.forename.reveal(),
                        person.second_forename.reveal(), person.surname.reveal(), born(person),
                        person.gender, surnames_text(person));
  if (!done) return done.error();
  return values::PersonId{session.db.last_rowid()};
}

/// What is known now, completed by what was known before.
Subject merged(const Subject& held, const Subject& told) {
  Subject person = told;
  if (told.nino->reveal().reveal().size() < held.nino->reveal().reveal().size()) {
    person.nino = held.nino;
  }
  if (told.forename.reveal().empty()) person.forename = held.forename;
  if (told.second_forename.reveal().empty()) person.second_forename = held.second_forename;
  if (told.surname.reveal().empty()) person.surname = held.surname;
  if (!told.date_of_birth) person.date_of_birth = held.date_of_birth;
  if (told.gender.empty()) person.gender = held.gender;
  if (told.other_surnames.empty()) person.other_surnames = held.other_surnames;
  return person;
}

bool same_words(const Subject& a, const Subject& b) {
  return a.nino->reveal().reveal() == b.nino->reveal().reveal() && a.forename == b.forename &&
         a.second_forename == b.second_forename && a.surname == b.surname &&
         a.date_of_birth == b.date_of_birth && a.gender == b.gender &&
         a.other_surnames == b.other_surnames;
}

Result<void> update_person(Session& session, const Subject& held, const Subject& told) {
  const Subject now = merged(held, told);
  if (same_words(now, held)) return {};
  return run(session.db,
             "UPDATE identity SET nino = ?, forename = ?, second_forename = ?, surname = ?,"
             " date_of_birth = ?, gender = ?, other_surnames = ? WHERE person = ?",
             now.nino->reveal().reveal(), now.forename.reveal(), now.second_forename.reveal(),
             now.surname.reveal(), born(now), now.gender, surnames_text(now), *held.person);
}

/// Finds the person by the NINO, or makes a row; what the line newly says about them is taken in.
Result<values::PersonId> put_person(Session& session, const Subject& told) {
  const std::string key = nino_key(session, told.nino->reveal());
  std::optional<Subject> held;
  {
    Query query(session.db,
                "SELECT person, nino, forename, second_forename, surname, date_of_birth, gender,"
                " other_surnames FROM identity WHERE nino_key = ?");
    const auto row = query.bind(Blob{key}).next();
    if (!row) return row.error();
    if (*row) {
      auto found = subject_of(query);
      if (!found) return found.error();
      held = *std::move(found);
    }
  }
  if (!held) return add_person(session, told, key);
  const auto updated = update_person(session, *held, told);
  if (!updated) return updated.error();
  return *held->person;
}

// ---- cases ------------------------------------------------------------------------------------

std::string parts_text(const InForce& figure) {
  std::string out;
  if (figure.parts.empty()) return out;
  wire::json::Writer json(out);
  json.begin_object();
  for (const auto& [part, sum] : figure.parts) json.member(part, sum.in_pence());
  json.end_object();
  return out;
}

Result<void> read_parts(Session& session, std::string_view text, InForce& figure) {
  if (text.empty()) return {};
  const auto parts = read_own_json(session, text, "the parts of a figure");
  if (!parts) return parts.error();
  for (const auto& [part, sum] : parts->members()) {
    std::int64_t pence = 0;
    const std::string_view digits = sum.text();
    std::from_chars(digits.data(), digits.data() + digits.size(), pence);
    figure.parts.emplace(part, values::Money::pence(pence));
  }
  return {};
}

constexpr int kCaseNumberColumn = 22;  ///< of the view case_state
constexpr int kLineMacColumn = 23;

/// One row of the view case_state.
Result<RegisteredCase> read_state(Session& session, const Query& row) {
  RegisteredCase out;
  CaseRecord& record = out.record;
  record.key = {row.string(0), row.string(1), row.string(2)};
  out.person = values::PersonId{row.integer(3)};
  record.person.person = out.person;
  out.history = row.integer(4);
  record.version = row.integer(5);
  record.sent_at = row.instant(6);
  record.status = row.code<facts::CaseStatus>(7);
  record.jurisdiction = row.code<facts::Jurisdiction>(8);
  record.collection = row.code<facts::Collection>(9);
  record.safety = row.code<facts::Safety>(10);
  record.initial_effective_date = row.maybe_date(11);
  record.review_date = row.maybe_date(12);
  record.reg9a_notified_on = row.maybe_date(13);
  record.variation_in_force = row.truth(14);
  if (row.is_null(15)) return out;
  InForce& figure = record.in_force.emplace();
  figure.basis = row.code<facts::Basis>(15);
  figure.weekly = row.maybe_money(16);
  figure.tax_year = row.maybe_tax_year(17);
  figure.annual = row.maybe_money(18);
  figure.effective_date = row.maybe_date(20);
  figure.since = row.maybe_date(21);
  const auto parts = read_parts(session, row.text(19), figure);
  if (!parts) return parts.error();
  return out;
}

Result<std::vector<RegisteredCase>> read_states(Session& session, Query& query) {
  std::vector<RegisteredCase> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    auto state = read_state(session, row);
    if (!state) return state.error();
    out.push_back(*std::move(state));
    return {};
  });
  if (!read) return read.error();
  return out;
}

/// A case as it stands, with what the store alone needs to know of it.
struct Standing {
  RegisteredCase state;
  std::int64_t case_no = 0;
  std::string line_mac;  ///< of the last case line
};

Result<std::optional<Standing>> standing(Session& session, const values::CaseKey& key) {
  Query query(session.db,
              "SELECT s.* FROM register r JOIN case_state s ON s.history = r.history"
              " WHERE r.case_system = ? AND r.case_id = ? AND r.paying_parent = ?");
  const auto row = query.bind(key.case_system, key.case_id, key.paying_parent).next();
  if (!row) return row.error();
  if (!*row) return std::optional<Standing>{};
  auto state = read_state(session, query);
  if (!state) return state.error();
  Standing out{*std::move(state), query.integer(kCaseNumberColumn),
               std::string(query.blob(kLineMacColumn))};
  return std::optional<Standing>(std::move(out));
}

/// Where a new history row comes from.
struct Cause {
  std::int64_t case_no = 0;
  values::PersonId person;
  values::Instant at;
  std::string trigger_id;  ///< of the receipt; empty for a case line
  std::string line_mac;
};

/// Writes a history row and makes it the state of its case.
Result<void> add_history(Session& session, const CaseRecord& record, const Cause& cause) {
  const InForce none;
  const InForce& figure = record.in_force ? *record.in_force : none;
  std::optional<facts::Basis> basis;
  if (record.in_force) basis = figure.basis;
  const auto added =
      run(session.db,
          "INSERT INTO case_history (case_no, person, received_at, trigger_id, line_mac, version,"
          " sent_at, status, jurisdiction, collection, safety, initial_date, review_date,"
          " reg9a_notified_on, variation, basis, weekly_pence, tax_year, annual_pence, parts,"
          " effective_date, since)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          cause.case_no, cause.person, cause.at, cause.trigger_id, Blob{cause.line_mac},
          record.version, record.sent_at, record.status, record.jurisdiction, record.collection,
          record.safety, record.initial_effective_date, record.review_date,
          record.reg9a_notified_on, record.variation_in_force, basis, figure.weekly,
          figure.tax_year, figure.annual, parts_text(figure), figure.effective_date, figure.since);
  if (!added) return added;
  return run(session.db,
             "UPDATE register SET person = ?, history = ?, open = ?, review_date = ?"
             " WHERE case_no = ?",
             cause.person, session.db.last_rowid(), record.status == facts::CaseStatus::open,
             record.review_date, cause.case_no);
}

Result<std::int64_t> add_case(Session& session, const values::CaseKey& key,
                              values::PersonId person) {
  const auto added = run(session.db,
                         "INSERT INTO register (case_system, case_id, paying_parent, person,"
                         " history, open) VALUES (?, ?, ?, ?, 0, 0)",
                         key.case_system, key.case_id, key.paying_parent, person);
  if (!added) return added.error();
  return session.db.last_rowid();
}

std::string line_mac(Session& session, const CaseRecord& record) {
  session.buffer.clear();
  formats::write_case(session.buffer, record);
  return keyed(session, "case line", session.buffer);
}

/// What an already registered case makes of a line; nothing when the line is to be applied.
Result<std::optional<CaseOutcome>> compare(const Standing& held, const CaseRecord& record,
                                           const std::string& mac) {
  const std::int64_t version = held.state.record.version;
  if (record.version > version) return std::optional<CaseOutcome>{};
  if (record.version < version) return std::optional(CaseOutcome::stale);
  if (held.line_mac == mac) return std::optional(CaseOutcome::unchanged);
  return base::fail(ErrorCode::CONTRADICTION, "/version",
                    "the register holds this version of the case with other content");
}

}  // namespace

Result<CaseOutcome> put_case(Session& session, const CaseRecord& record,
                             values::Instant received_at) {
  if (!record.person.nino) {
    return base::fail(ErrorCode::NO_PERSON, "/person/nino", "a case names its paying parent");
  }
  std::string mac = line_mac(session, record);
  const auto held = standing(session, record.key);
  if (!held) return held.error();
  if (*held) {
    const auto outcome = compare(**held, record, mac);
    if (!outcome) return outcome.error();
    if (*outcome) return **outcome;
  }
  const auto person = put_person(session, record.person);
  if (!person) return person.error();
  std::int64_t case_no = *held ? (*held)->case_no : 0;
  if (!*held) {
    const auto added = add_case(session, record.key, *person);
    if (!added) return added.error();
    case_no = *added;
  }
  const auto written =
      add_history(session, record, {case_no, *person, received_at, {}, std::move(mac)});
  if (!written) return written.error();
  return *held ? CaseOutcome::updated : CaseOutcome::added;
}

Result<void> move_figure(Session& session, const values::CaseKey& key, const InForce& figure,
                         std::optional<values::Date> review_date, const std::string& trigger_id,
                         values::Instant at) {
  auto held = standing(session, key);
  if (!held) return held.error();
  if (!*held) return missing("case");
  CaseRecord record = (*held)->state.record;
  record.in_force = figure;
  if (review_date) record.review_date = review_date;
  return add_history(session, record,
                     {(*held)->case_no, (*held)->state.person, at, trigger_id, (*held)->line_mac});
}

Result<std::optional<values::PersonId>> person_of(Session& session, const values::Nino& nino) {
  const auto found = number(session.db, "SELECT person FROM identity WHERE nino_key = ?",
                            Blob{nino_key(session, nino)});
  if (!found) return found.error();
  std::optional<values::PersonId> person;
  if (*found) person = values::PersonId{**found};
  return person;
}

Result<Subject> identity(Session& session, values::PersonId person) {
  Query query(session.db,
              "SELECT person, nino, forename, second_forename, surname, date_of_birth, gender,"
              " other_surnames FROM identity WHERE person = ? AND erased_at IS NULL");
  const auto row = query.bind(person).next();
  if (!row) return row.error();
  if (!*row) return missing("person");
  return subject_of(query);
}

Result<void> each_person(Session& session, const ports::Store::PersonVisitor& visit) {
  Query query(session.db,
              "SELECT i.person, i.nino, i.surname, i.date_of_birth, i.other_surnames"
              " FROM identity i WHERE EXISTS"
              " (SELECT 1 FROM register r WHERE r.person = i.person AND r.open = 1)"
              " ORDER BY i.person");
  return each_row(query, [&](Query& row) -> Result<void> {
    const auto nino = values::Nino::parse(row.text(1));
    if (!nino) return broken("a row of the identity table");
    Subject names;
    names.surname = Sensitive(row.string(2));
    if (const auto born = row.maybe_date(3)) names.date_of_birth.emplace(*born);
    names.other_surnames = surnames_in(row.text(4));
    visit(nino->packed(), facts::name_keys(names), values::PersonId{row.integer(0)});
    return {};
  });
}

Result<std::vector<RegisteredCase>> cases_of(Session& session, values::PersonId person) {
  Query query(session.db,
              "SELECT s.* FROM register r JOIN case_state s ON s.history = r.history"
              " WHERE r.person = ? ORDER BY r.case_system, r.case_id, r.paying_parent");
  query.bind(person);
  return read_states(session, query);
}

Result<std::optional<RegisteredCase>> case_of(Session& session, const values::CaseKey& key) {
  auto held = standing(session, key);
  if (!held) return held.error();
  std::optional<RegisteredCase> out;
  if (*held) out = std::move((*held)->state);
  return out;
}

Result<RegisteredCase> case_at(Session& session, std::int64_t history) {
  Query query(session.db, "SELECT * FROM case_state WHERE history = ?");
  const auto row = query.bind(history).next();
  if (!row) return row.error();
  if (!*row) return missing("row of the case history");
  return read_state(session, query);
}

Result<std::vector<RegisteredCase>> cases_with_review_until(Session& session, values::Date last) {
  Query query(session.db,
              "SELECT s.* FROM register r JOIN case_state s ON s.history = r.history"
              " WHERE r.open = 1 AND r.review_date <= ?"
              " ORDER BY r.person, r.case_system, r.case_id, r.paying_parent");
  query.bind(last);
  return read_states(session, query);
}

Result<std::vector<RegisteredCase>> cases_named(Session& session, const std::string& case_id) {
  Query query(session.db,
              "SELECT s.* FROM register r JOIN case_state s ON s.history = r.history"
              " WHERE r.case_id = ? ORDER BY r.case_system, r.paying_parent");
  query.bind(case_id);
  return read_states(session, query);
}

Result<std::vector<RegisteredCase>> cases_current_since(Session& session, values::Date last) {
  Query query(session.db,
              "SELECT s.* FROM register r JOIN case_state s ON s.history = r.history"
              " WHERE r.open = 1 AND s.basis = ? AND s.since <= ?"
              " ORDER BY r.person, r.case_system, r.case_id, r.paying_parent");
  query.bind(facts::Basis::current, last);
  return read_states(session, query);
}

Result<std::uint64_t> count_cases(Session& session) {
  const auto count = number(session.db, "SELECT count(*) FROM register");
  if (!count) return count.error();
  return static_cast<std::uint64_t>(count->value_or(0));
}

Result<std::int64_t> case_number(Session& session, const values::CaseKey& key) {
  const auto found = number(
      session.db,
      "SELECT case_no FROM register WHERE case_system = ? AND case_id = ? AND paying_parent = ?",
      key.case_system, key.case_id, key.paying_parent);
  if (!found) return found.error();
  if (!*found) return missing("case");
  return **found;
}

}  // namespace ig::adapters::store::sqlite
