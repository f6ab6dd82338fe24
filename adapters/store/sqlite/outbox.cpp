#include "adapters/store/sqlite/outbox.hpp"

#include "adapters/store/sqlite/triggers.hpp"

#include <fmt/format.h>

#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::Result;
using ports::Claimed;
using ports::DeliveryState;
using ports::Receipt;
using ports::ReceiptOutcome;

constexpr std::size_t kAnswerBytesMax = 500;  ///< kept of what a case system says

/// A trigger's place in the outbox.
struct Place {
  std::int64_t trigger_no = 0;
  std::int64_t case_no = 0;
  std::string case_system;
  std::int64_t sequence = 0;
  DeliveryState state = DeliveryState::not_sent;
};

Result<Place> place_of(Session& session, const std::string& trigger_id) {
  Query query(session.db,
              "SELECT trigger_no, case_no, case_system, sequence, state FROM trigger_raised"
              " WHERE trigger_id = ?");
  const auto row = query.bind(trigger_id).next();
  if (!row) return row.error();
  if (!*row) return missing("trigger");
  return Place{query.integer(0), query.integer(1), query.string(2), query.integer(3),
               query.code<DeliveryState>(4)};
}

/// The change of a case system's counts.
struct Change {
  int pending = 0;
  int delivered = 0;
  int parked = 0;
};

Result<void> count(Session& session, const std::string& case_system, Change change) {
  const auto there =
      run(session.db, "INSERT INTO outbox_count (case_system) VALUES (?) ON CONFLICT DO NOTHING",
          case_system);
  if (!there) return there;
  return run(session.db,
             "UPDATE outbox_count SET pending = pending + ?, delivered = delivered + ?,"
             " parked = parked + ? WHERE case_system = ?",
             change.pending, change.delivered, change.parked, case_system);
}

Result<void> put_state(Session& session, const Place& place, DeliveryState state) {
  return run(session.db,
             "UPDATE trigger_raised SET state = ?, next_attempt_at = NULL WHERE trigger_no = ?",
             state, place.trigger_no);
}

Result<void> put_answer(Session& session, const Place& place, std::uint32_t attempts,
                        std::string_view answer) {
  return run(session.db,
             "UPDATE trigger_raised SET attempts = ?, last_answer = ? WHERE trigger_no = ?",
             attempts, answer.substr(0, kAnswerBytesMax), place.trigger_no);
}

/// When the lane's head may next be claimed; without a moment, never. Only the head can move it.
Result<void> put_due(Session& session, const Place& place, std::optional<values::Instant> due) {
  return run(session.db, "UPDATE lane SET due_at = ? WHERE case_no = ? AND head = ?", due,
             place.case_no, place.trigger_no);
}

/// Makes the next pending trigger of the case the head, or leaves the lane empty.
Result<void> advance(Session& session, const Place& place) {
  return run(session.db,
             "UPDATE lane SET (head, due_at) = (SELECT n.trigger_no, n.raised_at FROM (SELECT 1)"
             " LEFT JOIN (SELECT trigger_no, raised_at FROM trigger_raised WHERE case_no = ?1"
             " AND sequence > ?2 AND state = 1 ORDER BY sequence LIMIT 1) n)"
             " WHERE case_no = ?1 AND head = ?3",
             place.case_no, place.sequence, place.trigger_no);
}

std::string_view word(ReceiptOutcome outcome) {
  switch (outcome) {
    case ReceiptOutcome::applied:
      return "APPLIED";
    case ReceiptOutcome::not_applied:
      return "NOT_APPLIED";
    case ReceiptOutcome::received:
      return "RECEIVED";
    case ReceiptOutcome::none:
      return "no outcome";
  }
  base::require(false, "an outcome of a receipt is one of four");
  return {};
}

std::string in_words(const Receipt& receipt) {
  std::string out = fmt::format("{} {}", receipt.status, word(receipt.outcome));
  if (receipt.duplicate) out.append(", applied before");
  if (!receipt.reason.empty()) out.append(": ").append(receipt.reason);
  return out;
}

/// One claimed head; columns of the query in claim().
Result<Claimed> read_claimed(Session& session, const Query& row, values::Instant leased_until) {
  auto trigger = read_body(session, row.text(1), row.string(2));
  if (!trigger) return trigger.error();
  Claimed out;
  out.dispatch.trigger = *std::move(trigger);
  out.dispatch.sequence = row.integer(3);
  out.dispatch.mode = row.code<triggers::Mode>(4);
  out.dispatch.time = row.instant(5);
  out.dispatch.correlation_id = row.string(6);
  out.attempts = static_cast<std::uint32_t>(row.integer(7));
  out.dispatch.assessment_json = row.string(8);
  out.leased_until = leased_until;
  return out;
}

}  // namespace

Result<std::int64_t> next_sequence(Session& session, std::int64_t case_no) {
  const auto sequence =
      number(session.db,
             "INSERT INTO lane (case_no, last_sequence) VALUES (?, 1) ON CONFLICT (case_no)"
             " DO UPDATE SET last_sequence = last_sequence + 1 RETURNING last_sequence",
             case_no);
  if (!sequence) return sequence.error();
  return sequence->value_or(0);
}

Result<void> enqueue(Session& session, std::int64_t case_no, const std::string& case_system,
                     std::int64_t trigger_no, values::Instant at) {
  const auto headed =
      run(session.db, "UPDATE lane SET head = ?, due_at = ? WHERE case_no = ? AND head IS NULL",
          trigger_no, at, case_no);
  if (!headed) return headed;
  return count(session, case_system, {.pending = 1});
}

Result<std::vector<Claimed>> claim(Session& session, values::Instant now, std::size_t max,
                                   std::chrono::seconds lease) {
  const values::Instant leased_until = now + lease;
  std::vector<Claimed> claimed;
  std::vector<std::int64_t> lanes;
  {
    Query query(session.db,
                "SELECT l.case_no, t.body, t.dedupe_key, t.sequence, t.mode, t.raised_at,"
                " t.correlation_id, t.attempts, d.assessment FROM lane l"
                " JOIN trigger_raised t ON t.trigger_no = l.head"
                " LEFT JOIN decision d ON d.decision = t.decision"
                " WHERE l.due_at <= ? ORDER BY l.due_at, l.case_no LIMIT ?");
    query.bind(now, static_cast<std::uint64_t>(max));
    const auto read = each_row(query, [&](Query& row) -> Result<void> {
      auto one = read_claimed(session, row, leased_until);
      if (!one) return one.error();
      claimed.push_back(*std::move(one));
      lanes.push_back(row.integer(0));
      return {};
    });
    if (!read) return read.error();
  }
  for (const std::int64_t case_no : lanes) {
    const auto leased =
        run(session.db, "UPDATE lane SET due_at = ? WHERE case_no = ?", leased_until, case_no);
    if (!leased) return leased.error();
  }
  return claimed;
}

Result<void> delivered(Session& session, const std::string& trigger_id, const Receipt& receipt,
                       values::Instant /*at*/) {
  const auto place = place_of(session, trigger_id);
  if (!place) return place.error();
  const bool parked = place->state == DeliveryState::parked;
  if (place->state != DeliveryState::pending && !parked) return {};
  const auto answered =
      run(session.db,
          "UPDATE trigger_raised SET attempts = attempts + 1, last_answer = ?"
          " WHERE trigger_no = ?",
          std::string_view(in_words(receipt)).substr(0, kAnswerBytesMax), place->trigger_no);
  if (!answered) return answered;
  const auto marked = put_state(session, *place, DeliveryState::delivered);
  if (!marked) return marked;
  const auto advanced = advance(session, *place);
  if (!advanced) return advanced;
  return count(session, place->case_system,
               {.pending = parked ? 0 : -1, .delivered = 1, .parked = parked ? -1 : 0});
}

Result<void> retry(Session& session, const std::string& trigger_id, std::uint32_t attempts,
                   values::Instant next_at, const std::string& answer) {
  const auto place = place_of(session, trigger_id);
  if (!place) return place.error();
  if (place->state != DeliveryState::pending) return {};
  const auto answered = put_answer(session, *place, attempts, answer);
  if (!answered) return answered;
  const auto timed =
      run(session.db, "UPDATE trigger_raised SET next_attempt_at = ? WHERE trigger_no = ?", next_at,
          place->trigger_no);
  if (!timed) return timed;
  return put_due(session, *place, next_at);
}

Result<void> park(Session& session, const std::string& trigger_id, std::uint32_t attempts,
                  const std::string& answer, values::Instant /*at*/) {
  const auto place = place_of(session, trigger_id);
  if (!place) return place.error();
  if (place->state != DeliveryState::pending) return {};
  const auto answered = put_answer(session, *place, attempts, answer);
  if (!answered) return answered;
  const auto marked = put_state(session, *place, DeliveryState::parked);
  if (!marked) return marked;
  const auto stopped = put_due(session, *place, std::nullopt);
  if (!stopped) return stopped;
  return count(session, place->case_system, {.pending = -1, .parked = 1});
}

Result<void> unpark(Session& session, const std::string& trigger_id, bool again,
                    values::Instant at) {
  const auto place = place_of(session, trigger_id);
  if (!place) return place.error();
  if (place->state != DeliveryState::parked) return missing("parked delivery");
  if (!again) {
    const auto marked = put_state(session, *place, DeliveryState::skipped);
    if (!marked) return marked;
    const auto advanced = advance(session, *place);
    if (!advanced) return advanced;
    return count(session, place->case_system, {.parked = -1});
  }
  const auto marked = run(session.db,
                          "UPDATE trigger_raised SET state = 1, attempts = 0, next_attempt_at = ?"
                          " WHERE trigger_no = ?",
                          at, place->trigger_no);
  if (!marked) return marked;
  const auto due = put_due(session, *place, at);
  if (!due) return due;
  return count(session, place->case_system, {.pending = 1, .parked = -1});
}

Result<void> release_leases(Session& session) {
  // A claim moves a lane's due time only; when its head is due stands with the trigger.
  return run(session.db,
             "UPDATE lane SET due_at = (SELECT coalesce(t.next_attempt_at, t.raised_at)"
             " FROM trigger_raised t WHERE t.trigger_no = lane.head) WHERE due_at IS NOT NULL");
}

Result<std::vector<ports::OutboxLine>> outbox(Session& session) {
  Query query(session.db,
              "SELECT o.case_system, o.pending, o.delivered, o.parked,"
              " (SELECT min(t.raised_at) FROM trigger_raised t"
              "  WHERE t.case_system = o.case_system AND t.state = 1)"
              " FROM outbox_count o ORDER BY o.case_system");
  std::vector<ports::OutboxLine> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    out.push_back({row.string(0), static_cast<std::uint64_t>(row.integer(1)),
                   static_cast<std::uint64_t>(row.integer(2)),
                   static_cast<std::uint64_t>(row.integer(3)), row.maybe_instant(4)});
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::optional<values::Instant>> next_due(Session& session) {
  Query query(session.db, "SELECT min(due_at) FROM lane WHERE due_at IS NOT NULL");
  const auto row = query.next();
  if (!row) return row.error();
  return query.maybe_instant(0);
}

}  // namespace ig::adapters::store::sqlite
