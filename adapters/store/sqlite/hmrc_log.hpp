#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <optional>
#include <vector>

/// Questions to HMRC and the budget they share; the calls of the ports of the same names.
namespace ig::adapters::store::sqlite {

[[nodiscard]] base::Result<void> put_request_pace(Session& session,
                                                  const core::delivery::PaceState& state);
[[nodiscard]] base::Result<core::delivery::PaceState> request_pace(Session& session);

[[nodiscard]] base::Result<void> add_hmrc_request(Session& session,
                                                  const ports::HmrcRequest& request);
[[nodiscard]] base::Result<std::vector<ports::HmrcRequest>> hmrc_requests(Session& session,
                                                                          values::PersonId person,
                                                                          ports::Purpose purpose,
                                                                          values::Instant from);
[[nodiscard]] base::Result<std::vector<ports::FieldSeen>> fields_seen(Session& session);
[[nodiscard]] base::Result<std::vector<ports::HmrcTimes>> hmrc_times(Session& session,
                                                                     values::Instant from);

}  // namespace ig::adapters::store::sqlite
