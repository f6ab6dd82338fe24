#include "adapters/store/sqlite/audit.hpp"

#include <algorithm>
#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::Result;
using ports::AuditEntry;
using ports::AuditReport;

void append_number(std::string& out, std::int64_t number) {
  auto bits = static_cast<std::uint64_t>(number);
  for (int i = 0; i < 8; ++i) {
    out.push_back(static_cast<char>(bits >> 56U));
    bits <<= 8U;
  }
}

std::string seal(Session& session, std::string_view label, const AuditHead& head) {
  std::string bytes;
  append_number(bytes, head.entries);
  bytes.append(as_blob(head.hash).bytes);
  return keyed(session, label, bytes);
}

std::string start_seal(Session& session, const AuditHead& head) {
  return seal(session, "audit start", head);
}

void append_text(std::string& out, std::string_view text) {
  append_number(out, static_cast<std::int64_t>(text.size()));
  out.append(text);
}

/// The fields of an entry as they are hashed: texts with their length before them, numbers as
/// eight bytes, most significant first.
struct Fields {
  std::int64_t number = 0;
  std::int64_t at = 0;
  std::string_view actor, action, subject, detail;
};

Hash entry_hash(Session& session, const Hash& previous, const Fields& fields) {
  std::string& bytes = session.buffer;
  bytes.clear();
  bytes.append(as_blob(previous).bytes);
  append_number(bytes, fields.number);
  append_number(bytes, fields.at);
  append_text(bytes, fields.actor);
  append_text(bytes, fields.action);
  append_text(bytes, fields.subject);
  append_text(bytes, fields.detail);
  return session.digest->sha256(bytes);
}

bool read_hash(std::string_view bytes, Hash& out) {
  if (bytes.size() != out.size()) return false;
  std::transform(bytes.begin(), bytes.end(), out.begin(),
                 [](char c) { return static_cast<std::byte>(c); });
  return true;
}

/// The sealed end of the chain, and whether its seal is ours.
struct Sealed {
  AuditHead head;
  bool genuine = false;
};

Result<Sealed> read_head(Session& session) {
  Query query(session.db, "SELECT audit_entries, audit_hash, audit_seal FROM store");
  const auto row = query.next();
  if (!row) return row.error();
  Sealed out;
  if (!*row) return out;
  out.head.entries = query.integer(0);
  const bool whole = read_hash(query.blob(1), out.head.hash);
  out.genuine = whole && query.blob(2) == audit_seal(session, out.head);
  return out;
}

/// The sealed cut the chain begins after; nothing where no entry was removed.
Result<std::optional<Sealed>> read_start(Session& session) {
  Query query(session.db, "SELECT entries, hash, seal FROM audit_start");
  const auto row = query.next();
  if (!row) return row.error();
  if (!*row) return std::optional<Sealed>{};
  Sealed out;
  out.head.entries = query.integer(0);
  const bool whole = read_hash(query.blob(1), out.head.hash);
  out.genuine = whole && query.blob(2) == start_seal(session, out.head);
  return std::optional(out);
}

void break_at(AuditReport& report, std::int64_t entry, std::string_view why) {
  if (report.first_broken) return;
  report.first_broken = entry;
  report.why = why;
}

/// Walks the entries; `head` ends as the chain's own end.
Result<void> walk(Session& session, AuditReport& report, AuditHead& head) {
  Query query(session.db,
              "SELECT entry, at, actor, action, subject, detail, hash FROM audit ORDER BY entry");
  return each_row(query, [&](Query& row) -> Result<void> {
    const std::int64_t number = row.integer(0);
    ++report.entries;
    if (number != head.entries + 1) {
      break_at(report, head.entries + 1, "the entry is not there");
    }
    const Hash hash =
        entry_hash(session, head.hash,
                   {number, row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5)});
    if (row.blob(6) != as_blob(hash).bytes) {
      break_at(report, number, "the entry does not agree with its hash");
    }
    head = {number, hash};
    return {};
  });
}

}  // namespace

AuditHead empty_chain() { return {}; }

std::string audit_seal(Session& session, const AuditHead& head) {
  return seal(session, "audit end", head);
}

Result<void> cut_audit(Session& session, std::int64_t last) {
  const auto start = read_start(session);
  if (!start) return start.error();
  if (*start && !(*start)->genuine) return broken("the start of the audit chain");
  AuditHead head{last, {}};
  {
    Query query(session.db, "SELECT hash FROM audit WHERE entry = ?");
    const auto row = query.bind(last).next();
    if (!row) return row.error();
    if (!*row || !read_hash(query.blob(0), head.hash)) return missing("entry of the audit");
  }
  const auto gone = run(session.db, "DELETE FROM audit WHERE entry <= ?", last);
  if (!gone) return gone;
  return run(session.db,
             "INSERT INTO audit_start (one, entries, hash, seal) VALUES (1, ?, ?, ?)"
             " ON CONFLICT (one) DO UPDATE SET entries = excluded.entries, hash = excluded.hash,"
             " seal = excluded.seal",
             head.entries, as_blob(head.hash), Blob{start_seal(session, head)});
}

Result<void> audit(Session& session, const AuditEntry& entry) {
  if (!session.audit_head) {
    const auto sealed = read_head(session);
    if (!sealed) return sealed.error();
    if (!sealed->genuine) return broken("the end of the audit chain");
    session.audit_head = sealed->head;
  }
  AuditHead& head = *session.audit_head;
  const std::int64_t number = head.entries + 1;
  const Hash hash = entry_hash(
      session, head.hash,
      {number, entry.at.millis(), entry.actor, entry.action, entry.subject, entry.detail});
  const auto added =
      run(session.db,
          "INSERT INTO audit (entry, at, actor, action, subject, detail, hash)"
          " VALUES (?, ?, ?, ?, ?, ?, ?)",
          number, entry.at, entry.actor, entry.action, entry.subject, entry.detail, as_blob(hash));
  if (!added) return added;
  head = {number, hash};
  return {};
}

Result<void> seal_audit(Session& session) {
  if (!session.audit_head) return {};
  const AuditHead head = *std::exchange(session.audit_head, std::nullopt);
  return run(session.db, "UPDATE store SET audit_entries = ?, audit_hash = ?, audit_seal = ?",
             head.entries, as_blob(head.hash), Blob{audit_seal(session, head)});
}

Result<AuditReport> verify_audit(Session& session) {
  const auto sealed = read_head(session);
  if (!sealed) return sealed.error();
  AuditReport report;
  AuditHead head = empty_chain();
  const auto start = read_start(session);
  if (!start) return start.error();
  if (*start) {
    head = (*start)->head;
    report.removed = static_cast<std::uint64_t>(head.entries);
    if (!(*start)->genuine) break_at(report, head.entries, "the cut is not sealed by this store");
  }
  const auto walked = walk(session, report, head);
  if (!walked) return walked.error();
  const AuditHead& expected = session.audit_head ? *session.audit_head : sealed->head;
  if (!sealed->genuine) {
    break_at(report, sealed->head.entries, "the end of the chain is not sealed by this store");
  }
  if (head.entries < expected.entries) {
    break_at(report, head.entries + 1, "the last entries are not there");
  }
  if (head.entries > expected.entries || head.hash != expected.hash) {
    break_at(report, expected.entries + 1, "the chain does not end where the store says");
  }
  return report;
}

}  // namespace ig::adapters::store::sqlite
