#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <string>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on interest, as described there.
[[nodiscard]] base::Result<void> put_interest(Session& session, const ports::Interest& interest);
[[nodiscard]] base::Result<void> drop_interest(Session& session, const std::string& source,
                                               values::PersonId person);
[[nodiscard]] base::Result<void> each_interest(Session& session, const std::string& source,
                                               const ports::InterestVisitor& visit);

}  // namespace ig::adapters::store::sqlite
