#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on delivery, as described there. A case with
/// deliveries has one row, its lane: the head (the one delivery that may leave), and when the
/// head may next be claimed. A lease is that moment put off; a parked head has none.
[[nodiscard]] base::Result<std::vector<ports::Claimed>> claim(Session& session, values::Instant now,
                                                              std::size_t max,
                                                              std::chrono::seconds lease);
[[nodiscard]] base::Result<void> delivered(Session& session, const std::string& trigger_id,
                                           const ports::Receipt& receipt, values::Instant at);
[[nodiscard]] base::Result<void> retry(Session& session, const std::string& trigger_id,
                                       std::uint32_t attempts, values::Instant next_at,
                                       const std::string& answer);
[[nodiscard]] base::Result<void> park(Session& session, const std::string& trigger_id,
                                      std::uint32_t attempts, const std::string& answer,
                                      values::Instant at);
[[nodiscard]] base::Result<void> unpark(Session& session, const std::string& trigger_id, bool again,
                                        values::Instant at);
[[nodiscard]] base::Result<void> release_leases(Session& session);
[[nodiscard]] base::Result<std::vector<ports::OutboxLine>> outbox(Session& session);
[[nodiscard]] base::Result<std::optional<values::Instant>> next_due(Session& session);

/// The next number of a case's sequence; its lane is made when it has none.
[[nodiscard]] base::Result<std::int64_t> next_sequence(Session& session, std::int64_t case_no);
/// Counts a new pending trigger and makes it its lane's head when nothing waits before it.
[[nodiscard]] base::Result<void> enqueue(Session& session, std::int64_t case_no,
                                         const std::string& case_system, std::int64_t trigger_no,
                                         values::Instant at);

}  // namespace ig::adapters::store::sqlite
