#include "adapters/store/sqlite/legal_holds.hpp"

#include "adapters/store/sqlite/register.hpp"

#include <utility>

namespace ig::adapters::store::sqlite {
namespace {

using base::Result;
using ports::LegalHold;

LegalHold read_hold(const Query& row) {
  LegalHold out;
  out.id = row.integer(0);
  if (!row.is_null(1)) out.person = row.id<values::PersonTag>(1);
  if (!row.is_null(2)) out.case_key = values::CaseKey{row.string(2), row.string(3), row.string(4)};
  out.reason = row.string(5);
  out.placed_by = row.string(6);
  out.placed_at = row.instant(7);
  out.released_at = row.maybe_instant(8);
  out.released_by = row.string(9);
  out.release_reason = row.string(10);
  return out;
}

}  // namespace

Result<std::int64_t> place_hold(Session& session, const LegalHold& hold) {
  base::require(hold.person.has_value() != hold.case_key.has_value(),
                "a hold is on a person or on a case");
  std::optional<std::int64_t> case_no;
  if (hold.case_key) {
    const auto found = case_number(session, *hold.case_key);
    if (!found) return found.error();
    case_no = *found;
  } else {
    const auto found = number(session.db, "SELECT 1 FROM identity WHERE person = ?", *hold.person);
    if (!found) return found.error();
    if (!*found) return missing("person");
  }
  const auto added = run(session.db,
                         "INSERT INTO legal_hold (person, case_no, reason, placed_by, placed_at)"
                         " VALUES (?, ?, ?, ?, ?)",
                         hold.person, case_no, hold.reason, hold.placed_by, hold.placed_at);
  if (!added) return added.error();
  return session.db.last_rowid();
}

Result<void> release_hold(Session& session, std::int64_t id, const std::string& reason,
                          const std::string& by, values::Instant at) {
  const auto done = run(session.db,
                        "UPDATE legal_hold SET released_at = ?, released_by = ?,"
                        " release_reason = ? WHERE hold = ? AND released_at IS NULL",
                        at, by, reason, id);
  if (!done) return done;
  if (session.db.changes() == 0) return missing("legal hold in force");
  return {};
}

Result<std::vector<LegalHold>> legal_holds(Session& session, bool released_too) {
  Query query(session.db,
              "SELECT h.hold, h.person, r.case_system, r.case_id, r.paying_parent, h.reason,"
              " h.placed_by, h.placed_at, h.released_at, h.released_by, h.release_reason"
              " FROM legal_hold h LEFT JOIN register r ON r.case_no = h.case_no"
              " WHERE ? OR h.released_at IS NULL ORDER BY h.hold");
  query.bind(released_too);
  std::vector<LegalHold> out;
  const auto read = each_row(query, [&](Query& row) -> Result<void> {
    out.push_back(read_hold(row));
    return {};
  });
  if (!read) return read.error();
  return out;
}

}  // namespace ig::adapters::store::sqlite
