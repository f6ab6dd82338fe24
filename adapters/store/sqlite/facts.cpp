#include "adapters/store/sqlite/facts.hpp"

#include "adapters/formats/facts.hpp"

#include <utility>
#include <variant>

namespace ig::adapters::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;
using facts::Fact;
using ports::Document;
using ports::DocumentState;
using ports::StagedFact;

constexpr int kPayment = 0;  ///< the place of each alternative of facts::Fact is its kind
constexpr int kYearlyFigure = 1;
static_assert(std::is_same_v<std::variant_alternative_t<kPayment, Fact>, facts::Payment>);
static_assert(std::is_same_v<std::variant_alternative_t<kYearlyFigure, Fact>, facts::YearlyFigure>);
static_assert(std::variant_size_v<Fact> == 5, "the CHECK of fact.kind knows as many kinds");

// ---- staging ----------------------------------------------------------------------------------

/// True when the document itself, or an accepted one, holds a fact of that id. A fact that is
/// only staged elsewhere does not count: that document may still be refused.
Result<bool> is_held(Session& session, values::DocumentId document, const std::string& fact_id) {
  const auto found = number(session.db,
                            "SELECT 1 FROM fact f JOIN document d ON d.document = f.document"
                            " WHERE f.fact_id = ? AND (f.document = ? OR d.accepted IS NOT NULL)"
                            " LIMIT 1",
                            Blob{fact_id}, document);
  if (!found) return found.error();
  return found->has_value();
}

/// The evidence row that the facts of one element share.
struct Shared {
  const StagedFact* first = nullptr;
  std::optional<std::int64_t> row;
};

Result<std::optional<std::int64_t>> put_evidence(Session& session, values::DocumentId document,
                                                 const StagedFact& staged, Shared& shared) {
  if (staged.evidence.empty() && staged.byte_to == 0) return std::optional<std::int64_t>{};
  const bool same = shared.first != nullptr && shared.first->byte_from == staged.byte_from &&
                    shared.first->byte_to == staged.byte_to &&
                    shared.first->evidence == staged.evidence;
  if (same) return shared.row;
  const auto added = run(
      session.db, "INSERT INTO evidence (document, byte_from, byte_to, raw) VALUES (?, ?, ?, ?)",
      document, staged.byte_from, staged.byte_to, Blob{staged.evidence});
  if (!added) return added.error();
  shared = {&staged, session.db.last_rowid()};
  return shared.row;
}

/// Does it say no more of a person than the id?
bool is_bare(const facts::Subject& subject, values::PersonId person) {
  static const facts::Subject nobody;
  return subject.person == person && !subject.nino && subject.forename == nobody.forename &&
         subject.second_forename == nobody.second_forename && subject.surname == nobody.surname &&
         subject.other_surnames.empty() && !subject.date_of_birth && subject.gender.empty();
}

/// Our fact format with the person id in the place of everything that says who it is.
void write_body(std::string& out, const StagedFact& staged) {
  out.clear();
  if (is_bare(facts::header(staged.fact).subject, staged.person)) {
    return formats::write_fact(out, staged.fact);
  }
  Fact copy = staged.fact;
  facts::header(copy).subject = facts::Subject{};
  facts::header(copy).subject.person = staged.person;
  formats::write_fact(out, copy);
}

Result<bool> stage_one(Session& session, values::DocumentId document, const StagedFact& staged,
                       Shared& shared) {
  const facts::FactHeader& header = facts::header(staged.fact);
  const auto fact_id = bytes_of_hex(header.fact_id);
  if (!fact_id) {
    return base::fail(ErrorCode::INVALID_TEXT, "/fact_id", "a fact's id is 32 hex digits");
  }
  const auto held = is_held(session, document, *fact_id);
  if (!held) return held.error();
  if (*held) return false;
  const auto evidence = put_evidence(session, document, staged, shared);
  if (!evidence) return evidence.error();
  write_body(session.buffer, staged);
  const auto added = run(session.db,
                         "INSERT INTO fact (document, person, kind, fact_id, received_at,"
                         " evidence, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                         document, staged.person, static_cast<int>(staged.fact.index()),
                         Blob{*fact_id}, header.received_at, *evidence, session.buffer);
  if (!added) return added.error();
  return true;
}

// ---- documents --------------------------------------------------------------------------------

Document read_document(const Query& row) {
  Document out;
  out.id = values::DocumentId{row.integer(0)};
  out.system = row.string(1);
  out.name = row.string(2);
  out.sha256 = row.string(3);
  out.bytes = static_cast<std::uint64_t>(row.integer(4));
  out.received_at = row.instant(5);
  out.state = row.code<DocumentState>(6);
  out.receipt = row.string(7);
  out.worked_through = values::PersonId{row.integer(8)};
  out.finished = row.truth(9);
  return out;
}

/// A document before anybody accepted or refused it, with the number of documents that were
/// accepted when it came.
Result<std::int64_t> open_document(Session& session, values::DocumentId document) {
  const auto found =
      number(session.db,
             "SELECT accepted_then FROM document WHERE document = ? AND state IN (0, 1)", document);
  if (!found) return found.error();
  if (!*found) return missing("document that is still open");
  return **found;
}

/// Facts that another document brought in while this one was staged are dropped from this one.
Result<void> drop_overtaken(Session& session, values::DocumentId document) {
  return run(session.db,
             "DELETE FROM fact WHERE document = ?1 AND EXISTS (SELECT 1 FROM fact f"
             " JOIN document d ON d.document = f.document WHERE f.fact_id = fact.fact_id"
             " AND f.document <> ?1 AND d.accepted IS NOT NULL)",
             document);
}

Result<std::vector<values::PersonId>> read_people(Query& query) {
  std::vector<values::PersonId> people;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    people.push_back(values::PersonId{row.integer(0)});
    return {};
  });
  if (!read) return read.error();
  return people;
}

// ---- reading facts ----------------------------------------------------------------------------

/// Columns: body, person, hash of the document: a bulk file's is known only after its last fact.
Result<Fact> read_row(Session& session, const Query& row) {
  const auto value = read_own_json(session, row.text(0), "a fact");
  if (!value) return value.error();
  auto fact = formats::read_fact(*value);
  if (!fact) return broken("a fact");
  facts::FactHeader& header = facts::header(*fact);
  header.subject.person = values::PersonId{row.integer(1)};
  if (header.source.document.empty()) header.source.document = "sha256:" + row.string(2);
  return fact;
}

/// Makes the document the next accepted one. `again`: others with the same bytes were before it.
Result<void> number_it(Session& session, values::DocumentId document, const std::string& sha256,
                       std::uint64_t bytes, const std::string& receipt, bool again) {
  const auto then = open_document(session, document);
  if (!then) return then.error();
  const auto now = accepted_until(session);
  if (!now) return now.error();
  if (*now != *then) {
    const auto dropped = drop_overtaken(session, document);
    if (!dropped) return dropped;
  }
  const auto counted = run(session.db, "UPDATE store SET accepted = accepted + 1");
  if (!counted) return counted;
  return run(session.db,
             "UPDATE document SET state = 2, accepted = ?, sha256 = ?, bytes = ?, receipt = ?,"
             " again = ? WHERE document = ?",
             *now + 1, sha256, bytes, receipt, again, document);
}

Result<bool> taken_in(Session& session, const std::string& sha256) {
  const auto there =
      number(session.db, "SELECT document FROM document WHERE sha256 = ? AND state = 2", sha256);
  if (!there) return there.error();
  return there->has_value();
}

}  // namespace

Result<values::DocumentId> add_document(Session& session, const std::string& system,
                                        const std::string& name, values::Instant received_at) {
  const auto added = run(session.db,
                         "INSERT INTO document (system, name, received_at, state, accepted_then)"
                         " VALUES (?, ?, ?, 0, (SELECT accepted FROM store))",
                         system, name, received_at);
  if (!added) return added.error();
  return values::DocumentId{session.db.last_rowid()};
}

Result<std::vector<bool>> stage(Session& session, values::DocumentId document,
                                std::span<const StagedFact> staged) {
  const auto open = open_document(session, document);
  if (!open) return open.error();
  std::vector<bool> fresh;
  fresh.reserve(staged.size());
  Shared shared;
  for (const StagedFact& one : staged) {
    const auto added = stage_one(session, document, one, shared);
    if (!added) return added.error();
    fresh.push_back(*added);
  }
  const auto marked =
      run(session.db, "UPDATE document SET state = 1 WHERE document = ? AND state = 0", document);
  if (!marked) return marked.error();
  return fresh;
}

Result<void> add_refused(Session& session, values::DocumentId document,
                         std::span<const ports::Refused> refused) {
  for (const ports::Refused& one : refused) {
    const auto added = run(session.db,
                           "INSERT INTO refused (document, position, code, field, message)"
                           " VALUES (?, ?, ?, ?, ?)",
                           document, one.position, one.code, one.field, one.message);
    if (!added) return added;
  }
  return {};
}

Result<void> accept(Session& session, values::DocumentId document, const std::string& sha256,
                    std::uint64_t bytes, const std::string& receipt) {
  const auto before = taken_in(session, sha256);
  if (!before) return before.error();
  if (*before) {
    return base::fail(ErrorCode::DUPLICATE_DOCUMENT, {}, "the same bytes were taken in before");
  }
  return number_it(session, document, sha256, bytes, receipt, false);
}

Result<void> accept_again(Session& session, values::DocumentId document, const std::string& sha256,
                          std::uint64_t bytes, const std::string& receipt) {
  const auto before = taken_in(session, sha256);
  if (!before) return before.error();
  base::require(*before, "what is taken in again was taken in before");
  return number_it(session, document, sha256, bytes, receipt, true);
}

Result<void> refuse(Session& session, values::DocumentId document, const std::string& sha256,
                    std::uint64_t bytes, const std::string& receipt) {
  const auto open = open_document(session, document);
  if (!open) return open.error();
  const auto facts_gone = run(session.db, "DELETE FROM fact WHERE document = ?", document);
  if (!facts_gone) return facts_gone;
  const auto evidence_gone = run(session.db, "DELETE FROM evidence WHERE document = ?", document);
  if (!evidence_gone) return evidence_gone;
  return run(session.db,
             "UPDATE document SET state = 3, finished = 1, sha256 = ?, bytes = ?, receipt = ?"
             " WHERE document = ?",
             sha256, bytes, receipt, document);
}

Result<void> keep_raw(Session& session, values::DocumentId document, std::string_view raw) {
  return run(session.db,
             "INSERT INTO document_raw (document, raw) VALUES (?, ?)"
             " ON CONFLICT (document) DO UPDATE SET raw = excluded.raw",
             document, Blob{raw});
}

Result<void> worked_through(Session& session, values::DocumentId document, values::PersonId person,
                            bool finished) {
  return run(session.db, "UPDATE document SET worked_through = ?, finished = ? WHERE document = ?",
             person, finished, document);
}

Result<std::vector<ports::Refused>> refused_of(Session& session, const std::string& sha256,
                                               std::size_t max) {
  Query query(session.db,
              "SELECT r.position, r.code, r.field, r.message FROM refused r JOIN document d"
              " ON d.document = r.document WHERE d.sha256 = ? AND d.sha256 <> ''"
              " ORDER BY r.refused LIMIT ?");
  query.bind(sha256, static_cast<std::int64_t>(max));
  std::vector<ports::Refused> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    out.push_back({row.string(0), row.string(1), row.string(2), row.string(3)});
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::optional<Document>> document_by_hash(Session& session, const std::string& sha256) {
  Query query(session.db,
              "SELECT document, system, name, sha256, bytes, received_at, state, receipt,"
              " worked_through, finished FROM document WHERE sha256 = ? AND sha256 <> ''"
              " ORDER BY state = 2 DESC, document DESC LIMIT 1");
  const auto row = query.bind(sha256).next();
  if (!row) return row.error();
  std::optional<Document> out;
  if (*row) out = read_document(query);
  return out;
}

Result<std::vector<Document>> unfinished_documents(Session& session) {
  Query query(session.db,
              "SELECT document, system, name, sha256, bytes, received_at, state, receipt,"
              " worked_through, finished FROM document WHERE finished = 0 ORDER BY document");
  std::vector<Document> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    out.push_back(read_document(row));
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::vector<values::PersonId>> people_of(Session& session, values::DocumentId document,
                                                values::PersonId after, std::size_t max) {
  Query query(session.db,
              "SELECT DISTINCT f.person FROM fact f WHERE f.document = ?1 AND f.person > ?2"
              " AND EXISTS (SELECT 1 FROM document d WHERE d.document = ?1 AND d.state = 2)"
              " ORDER BY f.person LIMIT ?3");
  query.bind(document, after, static_cast<std::uint64_t>(max));
  return read_people(query);
}

Result<std::int64_t> accepted_until(Session& session) {
  const auto accepted = number(session.db, "SELECT accepted FROM store");
  if (!accepted) return accepted.error();
  return accepted->value_or(0);
}

Result<std::vector<Fact>> facts_of(Session& session, values::PersonId person,
                                   values::Instant received_before, std::int64_t until) {
  Query query(
      session.db,
      "SELECT f.body, f.person, d.sha256 FROM fact f JOIN document d ON d.document = f.document"
      " WHERE f.person = ? AND f.received_at < ? AND d.accepted <= ? ORDER BY f.fact");
  query.bind(person, received_before, until);
  std::vector<Fact> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    auto fact = read_row(session, row);
    if (!fact) return fact.error();
    out.push_back(*std::move(fact));
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::vector<facts::Payment>> payments_of(Session& session, values::PersonId person,
                                                values::Instant received_before,
                                                std::int64_t until) {
  Query query(
      session.db,
      "SELECT f.body, f.person, d.sha256 FROM fact f JOIN document d ON d.document = f.document"
      " WHERE f.person = ? AND f.kind = 0 AND f.received_at < ? AND d.accepted <= ?"
      " ORDER BY f.fact");
  query.bind(person, received_before, until);
  std::vector<facts::Payment> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    auto fact = read_row(session, row);
    if (!fact) return fact.error();
    auto* payment = std::get_if<facts::Payment>(&*fact);
    if (payment == nullptr) return broken("the kind of a fact");
    out.push_back(std::move(*payment));
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::vector<values::PersonId>> people_with_payments(Session& session, values::PersonId after,
                                                           std::size_t max) {
  Query query(session.db,
              "SELECT i.person FROM identity i WHERE i.person > ? AND EXISTS"
              " (SELECT 1 FROM fact f JOIN document d ON d.document = f.document"
              "  WHERE f.person = i.person AND f.kind = 0 AND d.accepted IS NOT NULL)"
              " ORDER BY i.person LIMIT ?");
  query.bind(after, static_cast<std::uint64_t>(max));
  return read_people(query);
}

Result<std::vector<facts::YearlyFigure>> yearly_figures(Session& session, values::PersonId person) {
  Query query(
      session.db,
      "SELECT f.body, f.person, d.sha256 FROM fact f JOIN document d ON d.document = f.document"
      " WHERE f.person = ? AND f.kind = 1 AND d.accepted IS NOT NULL"
      " ORDER BY f.received_at, f.fact");
  query.bind(person);
  std::vector<facts::YearlyFigure> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    auto fact = read_row(session, row);
    if (!fact) return std::move(fact).error();
    auto* figure = std::get_if<facts::YearlyFigure>(&*fact);
    if (figure == nullptr) return broken("the kind of a fact");
    out.push_back(std::move(*figure));
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::optional<facts::YearlyFigure>> latest_yearly(Session& session,
                                                         values::PersonId person) {
  auto figures = yearly_figures(session, person);
  if (!figures) return std::move(figures).error();
  std::optional<facts::YearlyFigure> out;
  if (!figures->empty()) out = std::move(figures->back());
  return out;
}

Result<std::optional<Fact>> fact(Session& session, const std::string& fact_id) {
  std::optional<Fact> out;
  const auto id = bytes_of_hex(fact_id);
  if (!id) return out;
  Query query(
      session.db,
      "SELECT f.body, f.person, d.sha256 FROM fact f JOIN document d ON d.document = f.document"
      " WHERE f.fact_id = ? AND d.accepted IS NOT NULL LIMIT 1");
  const auto row = query.bind(Blob{*id}).next();
  if (!row) return row.error();
  if (!*row) return out;
  auto read = read_row(session, query);
  if (!read) return read.error();
  out = *std::move(read);
  return out;
}

}  // namespace ig::adapters::store::sqlite
