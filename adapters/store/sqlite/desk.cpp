#include "adapters/store/sqlite/desk.hpp"

namespace ig::adapters::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;
using ports::Held;
using ports::Pull;

constexpr std::string_view kHashPrefix = "sha256:";

Held read_held(const Query& row) {
  Held out;
  out.id = row.integer(0);
  out.kind = row.string(1);
  out.subject = row.string(2);
  out.code = row.string(3);
  out.detail = row.string(4);
  out.held_at = row.instant(5);
  out.resolved_at = row.maybe_instant(6);
  out.resolution = row.string(7);
  out.resolved_by = row.string(8);
  return out;
}

}  // namespace

Result<std::int64_t> hold(Session& session, const Held& held) {
  const auto added = run(
      session.db, "INSERT INTO held (kind, subject, code, detail, held_at) VALUES (?, ?, ?, ?, ?)",
      held.kind, held.subject, held.code, held.detail, held.held_at);
  if (!added) return added.error();
  return session.db.last_rowid();
}

Result<void> resolve_held(Session& session, std::int64_t id, const std::string& resolution,
                          const std::string& by, values::Instant at) {
  const auto done = run(session.db,
                        "UPDATE held SET resolved_at = ?, resolution = ?, resolved_by = ?"
                        " WHERE held = ? AND resolved_at IS NULL",
                        at, resolution, by, id);
  if (!done) return done;
  if (session.db.changes() == 0) return missing("held item that is still open");
  return {};
}

Result<std::vector<Held>> held(Session& session, bool resolved_too) {
  Query query(session.db,
              "SELECT held, kind, subject, code, detail, held_at, resolved_at, resolution,"
              " resolved_by FROM held WHERE ? OR resolved_at IS NULL ORDER BY held");
  query.bind(resolved_too);
  std::vector<Held> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    out.push_back(read_held(row));
    return {};
  });
  if (!read) return read.error();
  return out;
}

Result<std::optional<Held>> held_item(Session& session, std::int64_t id) {
  Query query(session.db,
              "SELECT held, kind, subject, code, detail, held_at, resolved_at, resolution,"
              " resolved_by FROM held WHERE held = ?");
  const auto row = query.bind(id).next();
  if (!row) return row.error();
  std::optional<Held> out;
  if (*row) out = read_held(query);
  return out;
}

Result<bool> is_held(Session& session, const std::string& subject, const std::string& code) {
  const auto open = number(session.db,
                           "SELECT count(*) FROM held"
                           " WHERE subject = ? AND code = ? AND resolved_at IS NULL",
                           subject, code);
  if (!open) return open.error();
  return open->value_or(0) > 0;
}

Result<void> put_pull(Session& session, const Pull& pull) {
  return run(session.db,
             "INSERT INTO pull (person, purpose, anchor, attempts, last_code, last_at, answered,"
             " last_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, purpose, anchor) DO "
             "UPDATE SET"
             " attempts = excluded.attempts, last_code = excluded.last_code,"
             " last_at = excluded.last_at, answered = excluded.answered,"
             " last_on = excluded.last_on",
             pull.person, pull.purpose, pull.anchor, pull.attempts, pull.last_code, pull.last_at,
             pull.answered, pull.last_on);
}

Result<std::optional<Pull>> pull(Session& session, values::PersonId person,
                                 const std::string& purpose, values::Date anchor) {
  Query query(session.db,
              "SELECT attempts, last_code, last_at, answered, last_on FROM pull"
              " WHERE person = ? AND purpose = ? AND anchor = ?");
  const auto row = query.bind(person, purpose, anchor).next();
  if (!row) return row.error();
  std::optional<Pull> out;
  if (!*row) return out;
  out.emplace(Pull{person, purpose, anchor, static_cast<std::uint32_t>(query.integer(0)),
                   query.string(1), query.instant(2), query.truth(3), query.maybe_date(4)});
  return out;
}

Result<void> keep_parameters(Session& session, const std::string& version, std::string_view text) {
  const auto kept = parameters(session, version);
  if (!kept) return kept.error();
  if (*kept && **kept == text) return {};
  if (*kept) {
    return base::fail(ErrorCode::CONTRADICTION, {},
                      "the store keeps another text under this version of the parameters");
  }
  const Hash hash = session.digest->sha256(text);
  return run(session.db, "INSERT INTO parameters (version, sha256, text) VALUES (?, ?, ?)", version,
             as_blob(hash), text);
}

Result<std::optional<std::string>> parameters(Session& session, const std::string& version) {
  Query query(session.db, "SELECT sha256, text FROM parameters WHERE version = ?");
  const auto row = query.bind(version).next();
  if (!row) return row.error();
  std::optional<std::string> out;
  if (!*row) return out;
  out = query.string(1);
  const Hash hash = session.digest->sha256(*out);
  const bool named_by_hash = version.starts_with(kHashPrefix);
  if (query.blob(0) != as_blob(hash).bytes ||
      (named_by_hash && version.substr(kHashPrefix.size()) != ports::hex(hash))) {
    return broken("the text of a parameter set");
  }
  return out;
}

}  // namespace ig::adapters::store::sqlite
