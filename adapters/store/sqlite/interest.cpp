#include "adapters/store/sqlite/interest.hpp"

namespace ig::adapters::store::sqlite {

using base::Result;

Result<void> put_interest(Session& session, const ports::Interest& interest) {
  return run(session.db,
             "INSERT INTO interest (source, person, state, since) VALUES (?, ?, ?, ?)"
             " ON CONFLICT (source, person) DO UPDATE SET state = excluded.state,"
             " since = excluded.since",
             interest.source, interest.person, interest.state, interest.since);
}

Result<void> drop_interest(Session& session, const std::string& source, values::PersonId person) {
  return run(session.db, "DELETE FROM interest WHERE source = ? AND person = ?", source, person);
}

Result<void> each_interest(Session& session, const std::string& source,
                           const ports::InterestVisitor& visit) {
  Query query(session.db,
              "SELECT person, state, since FROM interest WHERE source = ? ORDER BY person");
  query.bind(source);
  return each_row(query, [&](Query& row) -> Result<void> {
    visit(
        {source, row.id<values::PersonTag>(0), row.code<ports::InterestState>(1), row.instant(2)});
    return {};
  });
}

}  // namespace ig::adapters::store::sqlite
