#include "adapters/store/sqlite/triggers.hpp"

#include "adapters/formats/triggers.hpp"
#include "adapters/store/sqlite/outbox.hpp"
#include "adapters/store/sqlite/register.hpp"

#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::Result;
using ports::DeliveryState;
using ports::StoredTrigger;
using triggers::Mode;
using triggers::Raised;
using triggers::Trigger;

/// Columns: body, dedupe_key, mode, sequence, decision, state, attempts, next_attempt_at,
/// last_answer, raised_at, correlation_id.
Result<StoredTrigger> read_stored(Session& session, const Query& row) {
  auto trigger = read_body(session, row.text(0), row.string(1));
  if (!trigger) return trigger.error();
  StoredTrigger out;
  out.trigger = *std::move(trigger);
  out.mode = row.code<Mode>(2);
  out.sequence = row.maybe_integer(3);
  out.decision = values::DecisionId{row.integer(4)};
  out.state = row.code<DeliveryState>(5);
  out.attempts = static_cast<std::uint32_t>(row.integer(6));
  out.next_attempt_at = row.maybe_instant(7);
  out.last_answer = row.string(8);
  out.raised_at = row.instant(9);
  out.correlation_id = row.string(10);
  return out;
}

Result<void> visit_all(Session& session, Query& query,
                       const std::function<void(const StoredTrigger&)>& visit) {
  return each_row(query, [&](Query& row) -> Result<void> {
    const auto stored = read_stored(session, row);
    if (!stored) return stored.error();
    visit(*stored);
    return {};
  });
}

Result<Raised> read_raised(const Query& row, const values::CaseKey& key) {
  Raised out;
  out.case_key = key;
  const auto kind = triggers::parse_kind(row.text(0));
  if (!kind) return broken("the kind of a raised trigger");
  out.kind = *kind;
  out.subject = row.string(1);
  out.trigger_id = row.string(2);
  out.raised_on = row.date(3);
  if (!row.is_null(4)) out.direction = row.code<triggers::Direction>(4);
  out.base = row.maybe_money(5);
  out.weekly = row.maybe_money(6);
  return out;
}

}  // namespace

Result<Trigger> read_body(Session& session, std::string_view body, std::string dedupe_key) {
  const auto value = read_own_json(session, body, "a trigger");
  if (!value) return value.error();
  auto trigger = formats::read_trigger(*value);
  if (!trigger) return broken("a trigger");
  trigger->dedupe_key = std::move(dedupe_key);
  return trigger;
}

Result<bool> add_trigger(Session& session, const Trigger& trigger, Mode mode,
                         values::DecisionId decision, values::Instant at,
                         const std::string& correlation_id) {
  const auto there =
      number(session.db, "SELECT 1 FROM trigger_raised WHERE trigger_id = ?", trigger.id);
  if (!there) return there.error();
  if (*there) return false;
  const auto case_no = case_number(session, trigger.case_key);
  if (!case_no) return case_no.error();
  const bool sent = mode == Mode::task || mode == Mode::live;
  std::optional<std::int64_t> sequence;
  if (sent) {
    const auto next = next_sequence(session, *case_no);
    if (!next) return next.error();
    sequence = *next;
  }
  std::optional<std::int64_t> made_by;
  if (decision.value != 0) made_by = decision.value;
  session.buffer.clear();
  formats::write_trigger(session.buffer, trigger);
  const auto added =
      run(session.db,
          "INSERT INTO trigger_raised (trigger_id, case_no, case_system, decision, kind, mode,"
          " sequence, state, raised_at, correlation_id, dedupe_key, body)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          trigger.id, *case_no, trigger.case_key.case_system, made_by, triggers::name(trigger.kind),
          mode, sequence, sent ? DeliveryState::pending : DeliveryState::not_sent, at,
          correlation_id, trigger.dedupe_key, session.buffer);
  if (!added) return added.error();
  if (sent) {
    const auto queued =
        enqueue(session, *case_no, trigger.case_key.case_system, session.db.last_rowid(), at);
    if (!queued) return queued.error();
  }
  return true;
}

Result<std::optional<StoredTrigger>> trigger(Session& session, const std::string& id) {
  Query query(session.db,
              "SELECT body, dedupe_key, mode, sequence, decision, state, attempts,"
              " next_attempt_at, last_answer, raised_at, correlation_id"
              " FROM trigger_raised WHERE trigger_id = ?");
  const auto row = query.bind(id).next();
  if (!row) return row.error();
  std::optional<StoredTrigger> out;
  if (!*row) return out;
  auto stored = read_stored(session, query);
  if (!stored) return stored.error();
  out = *std::move(stored);
  return out;
}

Result<void> each_trigger(Session& session, const ports::TriggerFilter& filter,
                          const std::function<void(const StoredTrigger&)>& visit) {
  std::optional<std::string_view> kind;
  if (filter.kind) kind = triggers::name(*filter.kind);
  const auto limit = static_cast<std::uint64_t>(filter.limit);
  if (!filter.case_key) {
    Query query(session.db,
                "SELECT body, dedupe_key, mode, sequence, decision, state, attempts,"
                " next_attempt_at, last_answer, raised_at, correlation_id FROM trigger_raised"
                " WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR state = ?2)"
                " ORDER BY trigger_no LIMIT ?3");
    query.bind(kind, filter.state, limit);
    return visit_all(session, query, visit);
  }
  const values::CaseKey& key = *filter.case_key;
  Query query(session.db,
              "SELECT t.body, t.dedupe_key, t.mode, t.sequence, t.decision, t.state, t.attempts,"
              " t.next_attempt_at, t.last_answer, t.raised_at, t.correlation_id"
              " FROM register r JOIN trigger_raised t ON t.case_no = r.case_no"
              " WHERE r.case_system = ?4 AND r.case_id = ?5 AND r.paying_parent = ?6"
              " AND (?1 IS NULL OR t.kind = ?1) AND (?2 IS NULL OR t.state = ?2)"
              " ORDER BY t.trigger_no LIMIT ?3");
  query.bind(kind, filter.state, limit, key.case_system, key.case_id, key.paying_parent);
  return visit_all(session, query, visit);
}

Result<void> put_raised(Session& session, const values::CaseKey& key,
                        std::span<const Raised> raised) {
  const auto case_no = case_number(session, key);
  if (!case_no) return case_no.error();
  const auto gone = run(session.db, "DELETE FROM raised WHERE case_no = ?", *case_no);
  if (!gone) return gone;
  for (const Raised& one : raised) {
    const auto added = run(session.db,
                           "INSERT INTO raised (case_no, kind, subject, trigger_id, raised_on,"
                           " direction, base_pence, weekly_pence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                           *case_no, triggers::name(one.kind), one.subject, one.trigger_id,
                           one.raised_on, one.direction, one.base, one.weekly);
    if (!added) return added;
  }
  return {};
}

Result<std::vector<Raised>> raised_of(Session& session, const values::CaseKey& key) {
  Query query(session.db,
              "SELECT t.kind, t.subject, t.trigger_id, t.raised_on, t.direction, t.base_pence,"
              " t.weekly_pence FROM register r JOIN raised t ON t.case_no = r.case_no"
              " WHERE r.case_system = ? AND r.case_id = ? AND r.paying_parent = ?"
              " ORDER BY t.kind, t.subject");
  query.bind(key.case_system, key.case_id, key.paying_parent);
  std::vector<Raised> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    auto one = read_raised(row, key);
    if (!one) return one.error();
    out.push_back(*std::move(one));
    return {};
  });
  if (!read) return read.error();
  return out;
}

}  // namespace ig::adapters::store::sqlite
