#include "adapters/store/sqlite/retention.hpp"

#include "adapters/formats/triggers.hpp"
#include "adapters/store/sqlite/audit.hpp"
#include "adapters/store/sqlite/triggers.hpp"

#include <limits>
#include <utility>
#include <vector>

namespace ig::adapters::store::sqlite {
namespace {

using base::Result;
using ports::DataClass;
using ports::kDataClasses;
using ports::RetentionCount;
using ports::RetentionCutoffs;
using ports::RetentionLine;
using ports::RetentionPlan;
using ports::RetentionRun;
using ports::RetentionStep;

/// What the queries below answer for a row, by number.
enum class Why : std::uint8_t {
  removable,
  held,
  busy,
  young,
  needed,
  gone,  ///< nothing of it is left: not counted
};

// ---- judging ----------------------------------------------------------------------------------
// One query a class gives for each row its number, the bytes of its content, and why it stays (the
// numbers of Why). Parameters: ?1 the row to begin after, ?2 how many, then cutoffs, where NULL
// keeps everything.

constexpr Sql kRawReplies =
    "SELECT w.document, length(w.raw), CASE"
    " WHEN EXISTS (SELECT 1 FROM held_person h WHERE h.person = d.worked_through)"
    "  OR w.document IN (SELECT f.document FROM held_person h JOIN fact f ON f.person = h.person)"
    // Nobody can say whom a reply without a fact is about: while there is a hold, it stays.
    "  OR (d.worked_through = 0 AND EXISTS (SELECT 1 FROM held_person)"
    "   AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.document = w.document)) THEN 1"
    " WHEN d.finished = 0 THEN 2"
    " WHEN ?3 IS NULL OR d.received_at >= ?3 THEN 3 ELSE 0 END"
    " FROM document_raw w JOIN document d ON d.document = w.document"
    " WHERE w.document > ?1 ORDER BY w.document LIMIT ?2";

constexpr Sql kEvidence =
    "SELECT e.evidence, length(e.raw), CASE WHEN length(e.raw) = 0 THEN 5"
    " WHEN e.evidence IN (SELECT f.evidence FROM held_person h JOIN fact f ON f.person = h.person"
    "  WHERE f.evidence IS NOT NULL) THEN 1"
    " WHEN d.finished = 0 THEN 2"
    " WHEN ?3 IS NULL OR d.received_at >= ?3 THEN 3 ELSE 0 END"
    " FROM evidence e JOIN document d ON d.document = e.document"
    " WHERE e.evidence > ?1 ORDER BY e.evidence LIMIT ?2";

/// ?3: decisions, ?4: facts, since a case was closed counts for its decisions too.
constexpr Sql kDecisions =
    "SELECT d.decision, length(CAST(d.request AS BLOB)) + length(CAST(d.assessment AS BLOB))"
    "  + length(d.fact_ids), CASE"
    " WHEN p.held THEN 1 WHEN p.busy THEN 2"
    " WHEN ?3 IS NULL OR d.made_at >= ?3 OR ?4 IS NULL OR p.last_change >= ?4 THEN 3 ELSE 0 END"
    " FROM decision d JOIN retention_person p ON p.person = d.person"
    " WHERE d.decision > ?1 ORDER BY d.decision LIMIT ?2";

/// ?3: decisions, ?4: facts. To make a decision again takes every fact of its person that was
/// accepted before it, not only those it names.
constexpr Sql kFacts =
    "SELECT f.fact, length(CAST(f.body AS BLOB)), CASE"
    " WHEN p.held THEN 1 WHEN p.busy OR o.finished = 0 THEN 2"
    " WHEN ?4 IS NULL OR f.received_at >= ?4 OR p.last_change >= ?4 THEN 3"
    " WHEN EXISTS (SELECT 1 FROM case_history c JOIN decision d ON d.case_no = c.case_no"
    "  WHERE c.person = f.person AND d.person = f.person AND (?3 IS NULL OR d.made_at >= ?3)"
    "  AND (d.accepted_until >= o.accepted OR instr(d.fact_ids, f.fact_id) > 0)) THEN 4"
    " ELSE 0 END"
    " FROM fact f JOIN retention_person p ON p.person = f.person"
    " JOIN document o ON o.document = f.document"
    " WHERE f.fact > ?1 ORDER BY f.fact LIMIT ?2";

/// ?3: decisions, ?4: facts.
constexpr Sql kIdentities =
    "SELECT i.person, length(CAST(i.nino || i.forename || i.second_forename || i.surname"
    "  || i.gender || i.other_surnames AS BLOB)), CASE WHEN i.erased_at IS NOT NULL THEN 5"
    " WHEN p.held THEN 1 WHEN p.busy THEN 2"
    " WHEN ?4 IS NULL OR p.last_change >= ?4 THEN 3"
    " WHEN EXISTS (SELECT 1 FROM case_history c JOIN decision d ON d.case_no = c.case_no"
    "   WHERE c.person = i.person AND d.person = i.person AND (?3 IS NULL OR d.made_at >= ?3))"
    "  OR EXISTS (SELECT 1 FROM fact f JOIN document o ON o.document = f.document"
    "   WHERE f.person = i.person AND (f.received_at >= ?4 OR o.finished = 0))"
    "  OR EXISTS (SELECT 1 FROM file_question q JOIN request_file t ON t.control = q.control"
    "   WHERE q.person = i.person AND t.text IS NOT NULL) THEN 4"
    " ELSE 0 END"
    " FROM identity i JOIN retention_person p ON p.person = i.person"
    " WHERE i.person > ?1 ORDER BY i.person LIMIT ?2";

/// An entry may be about anybody: while there is a hold, all stay.
constexpr Sql kAudit =
    "SELECT a.entry, length(CAST(a.actor || a.action || a.subject || a.detail AS BLOB)), CASE"
    " WHEN EXISTS (SELECT 1 FROM legal_hold WHERE released_at IS NULL) THEN 1"
    " WHEN ?3 IS NULL OR a.at >= ?3 THEN 3 ELSE 0 END"
    " FROM audit a WHERE a.entry > ?1 ORDER BY a.entry LIMIT ?2";

/// One judged row.
struct Judged {
  std::int64_t row = 0;
  std::uint64_t bytes = 0;
  Why why = Why::young;
};

template <class Visit>
Result<void> read_judged(Query& query, DataClass of, const Visit& visit) {
  bool cut_ends = false;  // the audit goes from its oldest entry on, without a gap
  return each_row(query, [&](Query& row) -> Result<void> {
    Judged one{row.integer(0), static_cast<std::uint64_t>(row.integer(1)), row.code<Why>(2)};
    if (of == DataClass::audit && cut_ends && one.why == Why::removable) one.why = Why::young;
    cut_ends = cut_ends || one.why != Why::removable;
    return visit(one);
  });
}

/// Judges up to `max` rows of a class after row `after`, in order.
template <class Visit>
Result<void> judge(Session& session, DataClass of, const RetentionCutoffs& cutoffs,
                   std::int64_t after, std::int64_t max, const Visit& visit) {
  const auto with = [&](Sql sql, const auto&... cutoff) {
    Query query(session.db, sql);
    query.bind(after, max, cutoff...);
    return read_judged(query, of, visit);
  };
  switch (of) {
    case DataClass::raw_reply:
      return with(kRawReplies, cutoffs.raw);
    case DataClass::evidence:
      return with(kEvidence, cutoffs.raw);
    case DataClass::decision:
      return with(kDecisions, cutoffs.decisions, cutoffs.facts);
    case DataClass::fact:
      return with(kFacts, cutoffs.decisions, cutoffs.facts);
    case DataClass::identity:
      return with(kIdentities, cutoffs.decisions, cutoffs.facts);
    case DataClass::audit:
      return with(kAudit, cutoffs.audit);
  }
  IG_UNREACHABLE("a class is one of six");
}

RetentionCount* count_of(RetentionLine& line, Why why) {
  switch (why) {
    case Why::removable:
      return &line.removable;
    case Why::held:
      return &line.held;
    case Why::busy:
      return &line.busy;
    case Why::young:
      return &line.young;
    case Why::needed:
      return &line.needed;
    case Why::gone:
      return nullptr;
  }
  IG_UNREACHABLE("a row has one of the reasons");
}

// ---- removing ---------------------------------------------------------------------------------

Result<void> remove_decision(Session& session, std::int64_t decision) {
  const auto parted =
      run(session.db, "UPDATE trigger_raised SET decision = NULL WHERE decision = ?", decision);
  if (!parted) return parted;
  return run(session.db, "DELETE FROM decision WHERE decision = ?", decision);
}

/// The fact, and where it stood once no other fact stood there.
Result<void> remove_fact(Session& session, std::int64_t fact) {
  std::int64_t document = 0;
  std::int64_t person = 0;
  std::optional<std::int64_t> evidence;
  {
    Query query(session.db, "SELECT document, person, evidence FROM fact WHERE fact = ?");
    const auto row = query.bind(fact).next();
    if (!row) return row.error();
    if (!*row) return missing("fact");
    document = query.integer(0);
    person = query.integer(1);
    evidence = query.maybe_integer(2);
  }
  const auto gone = run(session.db, "DELETE FROM fact WHERE fact = ?", fact);
  if (!gone || !evidence) return gone;
  return run(session.db,
             "DELETE FROM evidence WHERE evidence = ?1 AND NOT EXISTS (SELECT 1 FROM fact f"
             " WHERE f.document = ?2 AND f.person = ?3 AND f.evidence = ?1)",
             *evidence, document, person);
}

/// A trigger without its figures: what it was, for whom and when it was sent stays.
Result<void> empty_trigger(Session& session, std::int64_t trigger_no, std::string_view body,
                           std::string dedupe_key) {
  auto trigger = read_body(session, body, std::move(dedupe_key));
  if (!trigger) return trigger.error();
  trigger->base.reset();
  trigger->weekly.reset();
  trigger->explanation = "Removed at the end of its retention period.";
  std::string text;
  formats::write_trigger(text, *trigger);
  return run(session.db, "UPDATE trigger_raised SET body = ? WHERE trigger_no = ?", text,
             trigger_no);
}

Result<void> empty_triggers(Session& session, std::int64_t person) {
  struct Stored {
    std::int64_t trigger_no;
    std::string body, dedupe_key;
  };
  std::vector<Stored> all;
  {
    Query query(session.db,
                "SELECT t.trigger_no, t.body, t.dedupe_key FROM register r"
                " JOIN trigger_raised t ON t.case_no = r.case_no WHERE r.person = ?");
    query.bind(person);
    const auto read = each_row(query, [&](Query& row) -> Result<void> {
      all.push_back({row.integer(0), row.string(1), row.string(2)});
      return {};
    });
    if (!read) return read;
  }
  for (Stored& one : all) {
    const auto done = empty_trigger(session, one.trigger_no, one.body, std::move(one.dedupe_key));
    if (!done) return done;
  }
  return {};
}

/// Everything that says who a person is, and the money that is left about them. A new index key
/// makes sure that nobody is found by what stays.
Result<void> remove_identity(Session& session, std::int64_t person, values::Instant at) {
  const auto emptied =
      run(session.db,
          "UPDATE identity SET nino_key = randomblob(16), nino = '', forename = '',"
          " second_forename = '', surname = '', date_of_birth = NULL, gender = '',"
          " other_surnames = '', erased_at = ? WHERE person = ?",
          at, person);
  if (!emptied) return emptied;
  const auto pulls = run(session.db, "DELETE FROM pull WHERE person = ?", person);
  if (!pulls) return pulls;
  const auto history = run(session.db,
                           "UPDATE case_history SET basis = NULL, weekly_pence = NULL,"
                           " tax_year = NULL, annual_pence = NULL, parts = '',"
                           " effective_date = NULL, since = NULL WHERE person = ?",
                           person);
  if (!history) return history;
  const auto raised = run(session.db,
                          "UPDATE raised SET base_pence = NULL, weekly_pence = NULL WHERE case_no"
                          " IN (SELECT case_no FROM register WHERE person = ?)",
                          person);
  if (!raised) return raised;
  return empty_triggers(session, person);
}

Result<void> remove_row(Session& session, DataClass of, std::int64_t row, values::Instant at) {
  switch (of) {
    case DataClass::raw_reply:
      return run(session.db, "DELETE FROM document_raw WHERE document = ?", row);
    case DataClass::evidence:
      return run(session.db, "UPDATE evidence SET raw = x'' WHERE evidence = ?", row);
    case DataClass::decision:
      return remove_decision(session, row);
    case DataClass::fact:
      return remove_fact(session, row);
    case DataClass::identity:
      return remove_identity(session, row, at);
    case DataClass::audit:
      return {};  // cut at once, after the batch
  }
  IG_UNREACHABLE("a class is one of six");
}

// ---- runs -------------------------------------------------------------------------------------

Result<void> put_counts(Session& session, const RetentionRun& retention, std::int64_t id) {
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    const auto put =
        run(session.db,
            "INSERT INTO retention_count (run, class, planned_rows, planned_bytes,"
            " removed_rows, removed_bytes) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (run, class) DO UPDATE SET"
            " removed_rows = excluded.removed_rows,"
            " removed_bytes = excluded.removed_bytes",
            id, static_cast<std::int64_t>(i), retention.planned[i].rows, retention.planned[i].bytes,
            retention.removed[i].rows, retention.removed[i].bytes);
    if (!put) return put;
  }
  return {};
}

Result<void> read_counts(Session& session, RetentionRun& retention) {
  Query query(session.db,
              "SELECT class, planned_rows, planned_bytes, removed_rows, removed_bytes"
              " FROM retention_count WHERE run = ?");
  query.bind(retention.id);
  return each_row(query, [&](Query& row) -> Result<void> {
    const auto of = static_cast<std::size_t>(row.integer(0));
    const auto whole = [&](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
    retention.planned.at(of) = {whole(1), whole(2)};
    retention.removed.at(of) = {whole(3), whole(4)};
    return {};
  });
}

}  // namespace

Result<RetentionPlan> retention_plan(Session& session, const RetentionCutoffs& cutoffs) {
  RetentionPlan plan;
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    const auto read =
        judge(session, static_cast<DataClass>(i), cutoffs, 0, std::numeric_limits<int>::max(),
              [&](const Judged& one) -> Result<void> {
                RetentionCount* count = count_of(plan[i], one.why);
                if (count == nullptr) return {};
                ++count->rows;
                count->bytes += one.bytes;
                return {};
              });
    if (!read) return read.error();
  }
  return plan;
}

Result<RetentionStep> remove_expired(Session& session, DataClass of,
                                     const RetentionCutoffs& cutoffs, std::int64_t after,
                                     std::size_t max, values::Instant at) {
  RetentionStep step;
  step.after = after;
  std::size_t seen = 0;
  std::vector<std::int64_t> rows;
  const auto read = judge(session, of, cutoffs, after, static_cast<std::int64_t>(max),
                          [&](const Judged& one) -> Result<void> {
                            ++seen;
                            step.after = one.row;
                            if (one.why != Why::removable) return {};
                            rows.push_back(one.row);
                            step.removed.bytes += one.bytes;
                            return {};
                          });
  if (!read) return read.error();
  for (const std::int64_t row : rows) {
    const auto done = remove_row(session, of, row, at);
    if (!done) return done.error();
  }
  step.removed.rows = rows.size();
  step.finished = seen < max;
  if (of == DataClass::audit) {
    if (!rows.empty()) {
      const auto cut = cut_audit(session, rows.back());
      if (!cut) return cut.error();
    }
    step.finished = step.finished || rows.size() < seen;  // what is young ends it
  }
  return step;
}

Result<std::int64_t> put_retention_run(Session& session, const RetentionRun& retention) {
  std::int64_t id = retention.id;
  if (id == 0) {
    const RetentionCutoffs& cutoffs = retention.cutoffs;
    const auto added =
        run(session.db,
            "INSERT INTO retention_run (started_at, raw_before, facts_before, decisions_before,"
            " audit_before) VALUES (?, ?, ?, ?, ?)",
            retention.started_at, cutoffs.raw, cutoffs.facts, cutoffs.decisions, cutoffs.audit);
    if (!added) return added.error();
    id = session.db.last_rowid();
  } else {
    const auto ended = run(session.db, "UPDATE retention_run SET ended_at = ? WHERE run = ?",
                           retention.ended_at, id);
    if (!ended) return ended.error();
    if (session.db.changes() == 0) return missing("retention run");
  }
  const auto counted = put_counts(session, retention, id);
  if (!counted) return counted.error();
  return id;
}

Result<std::optional<RetentionRun>> open_retention_run(Session& session) {
  RetentionRun out;
  {
    Query query(session.db,
                "SELECT run, started_at, raw_before, facts_before, decisions_before, audit_before"
                " FROM retention_run WHERE ended_at IS NULL ORDER BY run LIMIT 1");
    const auto row = query.next();
    if (!row) return row.error();
    if (!*row) return std::optional<RetentionRun>{};
    out.id = query.integer(0);
    out.started_at = query.instant(1);
    out.cutoffs = {query.maybe_instant(2), query.maybe_instant(3), query.maybe_instant(4),
                   query.maybe_instant(5)};
  }
  const auto counted = read_counts(session, out);
  if (!counted) return counted.error();
  return std::optional(std::move(out));
}

}  // namespace ig::adapters::store::sqlite
