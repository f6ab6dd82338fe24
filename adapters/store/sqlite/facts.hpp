#pragma once

#include "adapters/store/sqlite/session.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ig::adapters::store::sqlite {

/// The calls of core::ports::Store and UnitOfWork on documents and facts, as described there.
[[nodiscard]] base::Result<values::DocumentId> add_document(Session& session,
                                                            const std::string& system,
                                                            const std::string& name,
                                                            values::Instant received_at);
[[nodiscard]] base::Result<std::vector<bool>> stage(Session& session, values::DocumentId document,
                                                    std::span<const ports::StagedFact> staged);
[[nodiscard]] base::Result<void> add_refused(Session& session, values::DocumentId document,
                                             std::span<const ports::Refused> refused);
[[nodiscard]] base::Result<void> accept(Session& session, values::DocumentId document,
                                        const std::string& sha256, std::uint64_t bytes,
                                        const std::string& receipt);
[[nodiscard]] base::Result<void> accept_again(Session& session, values::DocumentId document,
                                              const std::string& sha256, std::uint64_t bytes,
                                              const std::string& receipt);
[[nodiscard]] base::Result<void> refuse(Session& session, values::DocumentId document,
                                        const std::string& sha256, std::uint64_t bytes,
                                        const std::string& receipt);
[[nodiscard]] base::Result<void> keep_raw(Session& session, values::DocumentId document,
                                          std::string_view raw);
[[nodiscard]] base::Result<void> worked_through(Session& session, values::DocumentId document,
                                                values::PersonId person, bool finished);
[[nodiscard]] base::Result<std::vector<ports::Refused>> refused_of(Session& session,
                                                                   const std::string& sha256,
                                                                   std::size_t max);
[[nodiscard]] base::Result<std::optional<ports::Document>> document_by_hash(
    Session& session, const std::string& sha256);
[[nodiscard]] base::Result<std::vector<ports::Document>> unfinished_documents(Session& session);
[[nodiscard]] base::Result<std::vector<values::PersonId>> people_of(Session& session,
                                                                    values::DocumentId document,
                                                                    values::PersonId after,
                                                                    std::size_t max);
[[nodiscard]] base::Result<std::int64_t> accepted_until(Session& session);
[[nodiscard]] base::Result<std::vector<facts::Fact>> facts_of(Session& session,
                                                              values::PersonId person,
                                                              values::Instant received_before,
                                                              std::int64_t until);
[[nodiscard]] base::Result<std::vector<facts::Payment>> payments_of(Session& session,
                                                                    values::PersonId person,
                                                                    values::Instant received_before,
                                                                    std::int64_t until);
[[nodiscard]] base::Result<std::vector<values::PersonId>> people_with_payments(
    Session& session, values::PersonId after, std::size_t max);
[[nodiscard]] base::Result<std::vector<facts::YearlyFigure>> yearly_figures(
    Session& session, values::PersonId person);
[[nodiscard]] base::Result<std::optional<facts::YearlyFigure>> latest_yearly(
    Session& session, values::PersonId person);
[[nodiscard]] base::Result<std::optional<facts::Fact>> fact(Session& session,
                                                            const std::string& fact_id);

}  // namespace ig::adapters::store::sqlite
