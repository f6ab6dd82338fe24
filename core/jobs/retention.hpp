#pragma once

#include "core/base/limits.hpp"
#include "core/jobs/context.hpp"
#include "core/ports/retention.hpp"

#include <functional>
#include <optional>
#include <string>

namespace ig::core::jobs {

/// How long each class is kept, in days; 0: for ever. Each is at least as long as the one before.
struct RetentionPeriods {
  int raw_days = 400;        ///< after we had them
  int facts_days = 400;      ///< after we had them, and after the last case of the person changed
  int decision_days = 2557;  ///< after they were made; no sooner than the person's facts
  int audit_days = 2557;
};

/// Are the periods in their order (0 counts as the longest)?
[[nodiscard]] bool in_order(const RetentionPeriods& periods) noexcept;

/// What is older than the periods at `now` may go.
[[nodiscard]] ports::RetentionCutoffs cutoffs_at(const RetentionPeriods& periods,
                                                 values::Instant now);

struct RetentionOptions {
  RetentionPeriods periods;
  std::size_t batch_rows = base::limits::retention_batch_rows;
  std::function<bool()> stop;                        ///< true: end after the batch in hand
  std::function<void(std::uint64_t rows)> progress;  ///< rows removed so far; may be empty
};

/// What a run did. For each class, in rows and in bytes: planned + joined = removed + spared.
struct RetentionReceipt {
  ports::RetentionRun run;
  bool resumed = false;       ///< it went on where a killed run had stopped
  bool finished = false;      ///< false: told to stop; the next run goes on
  ports::RetentionPlan left;  ///< as it stands at the end, by the same cutoffs
  /// Planned and not removed: a hold was placed, or a case opened, while the run was going on.
  [[nodiscard]] ports::RetentionCount spared(ports::DataClass of) const;
  /// Removed and not planned: it became free while the run was going on.
  [[nodiscard]] ports::RetentionCount joined(ports::DataClass of) const;
};

/// Removes what may go, in batches that commit on their own. A killed run is gone on with, by the
/// cutoffs it was begun with, unless the periods are longer now: then it is ended as it stands and
/// a new one begun. One audit entry a run, with its counts. Data under a legal hold never goes, nor
/// what a decision rests on that is kept itself.
/// Errors: STORE_FAILED, INTEGRITY_BROKEN (the audit chain cannot be cut).
[[nodiscard]] base::Result<RetentionReceipt> run_retention(const JobContext& context,
                                                           const RetentionOptions& options);

/// Places a hold and audits it. Errors: NOT_FOUND (no such person or case), USAGE (no reason or
/// no name), STORE_FAILED.
[[nodiscard]] base::Result<std::int64_t> place_hold(const JobContext& context,
                                                    ports::LegalHold hold);

/// Releases a hold and audits it. Whoever placed it may not release it.
/// Errors: NOT_FOUND (no such hold in force), FORBIDDEN (the same name), USAGE, STORE_FAILED.
[[nodiscard]] base::Result<void> release_hold(const JobContext& context, std::int64_t id,
                                              const std::string& reason, const std::string& by);

}  // namespace ig::core::jobs
