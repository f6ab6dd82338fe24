#include "core/jobs/retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ig::core::jobs {
namespace {

using base::ErrorCode;
using base::Result;
using ports::DataClass;
using ports::kDataClasses;
using ports::RetentionCount;
using ports::RetentionCutoffs;
using ports::RetentionRun;

/// Would `now` keep something that `then` lets go?
bool keeps_more(const RetentionCutoffs& now, const RetentionCutoffs& then) {
  const auto earlier = [](const std::optional<values::Instant>& a,
                          const std::optional<values::Instant>& b) { return b && (!a || *a < *b); };
  return earlier(now.raw, then.raw) || earlier(now.facts, then.facts) ||
         earlier(now.decisions, then.decisions) || earlier(now.audit, then.audit);
}

/// The counts of a run for its audit entry.
std::string in_words(const RetentionRun& run) {
  std::string out = fmt::format("run {}:", run.id);
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    fmt::format_to(std::back_inserter(out), " {} {} of {}", name(static_cast<DataClass>(i)),
                   run.removed[i].rows, run.planned[i].rows);
  }
  return out;
}

/// Notes the end of a run, and says so in the audit.
Result<void> end_run(const JobContext& context, RetentionRun& run, const char* action) {
  run.ended_at = context.now();
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto put = (*unit)->put_retention_run(run);
  if (!put) return put.error();
  const auto audited =
      (*unit)->audit({context.now(), "system", action, "retention", in_words(run)});
  if (!audited) return audited;
  return (*unit)->commit();
}

Result<RetentionRun> begin_run(const JobContext& context, const RetentionCutoffs& cutoffs) {
  RetentionRun run;
  run.started_at = context.now();
  run.cutoffs = cutoffs;
  const auto plan = context.store.retention_plan(cutoffs);
  if (!plan) return plan.error();
  for (std::size_t i = 0; i < kDataClasses; ++i) run.planned[i] = (*plan)[i].removable;
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto id = (*unit)->put_retention_run(run);
  if (!id) return id.error();
  run.id = *id;
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return run;
}

/// The run to work on: the one that was killed, where it may go on, or a new one.
Result<RetentionRun> open_run(const JobContext& context, const RetentionCutoffs& cutoffs,
                              bool& resumed) {
  auto open = context.store.open_retention_run();
  if (!open) return std::move(open).error();
  resumed = open->has_value() && !keeps_more(cutoffs, (*open)->cutoffs);
  if (resumed) return **std::move(open);
  if (open->has_value()) {
    const auto ended = end_run(context, **open, "RETENTION_ENDED_EARLY");
    if (!ended) return ended.error();
  }
  return begin_run(context, cutoffs);
}

Result<ports::RetentionStep> one_batch(const JobContext& context, const RetentionOptions& options,
                                       DataClass of, std::int64_t after, RetentionRun& run) {
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto step =
      (*unit)->remove_expired(of, run.cutoffs, after, options.batch_rows, context.now());
  if (!step) return step.error();
  if (step->removed.rows == 0) return *step;
  RetentionCount& removed = run.removed[static_cast<std::size_t>(of)];
  removed.rows += step->removed.rows;
  removed.bytes += step->removed.bytes;
  const auto put = (*unit)->put_retention_run(run);
  if (!put) return put.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return *step;
}

/// Works through every class; false when told to stop before the end.
Result<bool> work_through(const JobContext& context, const RetentionOptions& options,
                          RetentionRun& run) {
  std::uint64_t rows = 0;
  for (std::size_t i = 0; i < kDataClasses; ++i) {
    std::int64_t after = 0;
    for (bool finished = false; !finished;) {
      if (options.stop && options.stop()) return false;
      const auto step = one_batch(context, options, static_cast<DataClass>(i), after, run);
      if (!step) return step.error();
      after = step->after;
      finished = step->finished;
      rows += step->removed.rows;
      if (options.progress) options.progress(rows);
    }
  }
  return true;
}

RetentionCount difference(const RetentionCount& a, const RetentionCount& b) {
  return {a.rows > b.rows ? a.rows - b.rows : 0, a.bytes > b.bytes ? a.bytes - b.bytes : 0};
}

base::Error needs(const char* field, const char* what) {
  return base::fail(ErrorCode::USAGE, field, what);
}

}  // namespace

bool in_order(const RetentionPeriods& periods) noexcept {
  const auto no_longer = [](int a, int b) { return b == 0 || (a != 0 && a <= b); };
  return no_longer(periods.raw_days, periods.facts_days) &&
         no_longer(periods.facts_days, periods.decision_days) &&
         no_longer(periods.decision_days, periods.audit_days);
}

RetentionCutoffs cutoffs_at(const RetentionPeriods& periods, values::Instant now) {
  base::require(in_order(periods), "periods of retention are in their order");
  const auto before = [&](int days) {
    std::optional<values::Instant> out;
    if (days != 0)
      out = now + -std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::days{days});
    return out;
  };
  return {before(periods.raw_days), before(periods.facts_days), before(periods.decision_days),
          before(periods.audit_days)};
}

RetentionCount RetentionReceipt::spared(DataClass of) const {
  const auto i = static_cast<std::size_t>(of);
  return difference(run.planned[i], run.removed[i]);
}

RetentionCount RetentionReceipt::joined(DataClass of) const {
  const auto i = static_cast<std::size_t>(of);
  return difference(run.removed[i], run.planned[i]);
}

Result<RetentionReceipt> run_retention(const JobContext& context, const RetentionOptions& options) {
  RetentionReceipt receipt;
  auto run = open_run(context, cutoffs_at(options.periods, context.now()), receipt.resumed);
  if (!run) return std::move(run).error();
  receipt.run = *std::move(run);
  const auto worked = work_through(context, options, receipt.run);
  if (!worked) return worked.error();
  const auto left = context.store.retention_plan(receipt.run.cutoffs);
  if (!left) return left.error();
  receipt.left = *left;
  if (!*worked) return receipt;
  receipt.finished = true;
  const auto ended = end_run(context, receipt.run, "RETENTION_RUN");
  if (!ended) return ended.error();
  return receipt;
}

Result<std::int64_t> place_hold(const JobContext& context, ports::LegalHold hold) {
  if (hold.reason.empty()) return needs("/reason", "a hold has a reason");
  if (hold.placed_by.empty()) return needs("/by", "a hold is placed by somebody");
  hold.placed_at = context.now();
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto id = (*unit)->place_hold(hold);
  if (!id) return id.error();
  const auto audited = (*unit)->audit(
      {context.now(), hold.placed_by, "HOLD_PLACED", fmt::format("hold/{}", *id), hold.reason});
  if (!audited) return audited.error();
  if (const auto done = (*unit)->commit(); !done) return done.error();
  return *id;
}

Result<void> release_hold(const JobContext& context, std::int64_t id, const std::string& reason,
                          const std::string& by) {
  if (reason.empty()) return needs("/reason", "the end of a hold has a reason");
  if (by.empty()) return needs("/by", "a hold is released by somebody");
  const auto holds = context.store.legal_holds(false);
  if (!holds) return holds.error();
  const auto hold = std::ranges::find(*holds, id, &ports::LegalHold::id);
  if (hold == holds->end()) {
    return base::fail(ErrorCode::NOT_FOUND, {}, "no such hold is in force");
  }
  if (hold->placed_by == by) {
    return base::fail(ErrorCode::FORBIDDEN, "/by",
                      "somebody else than the one who placed a hold releases it");
  }
  auto unit = context.store.begin();
  if (!unit) return std::move(unit).error();
  const auto released = (*unit)->release_hold(id, reason, by, context.now());
  if (!released) return released;
  const auto audited =
      (*unit)->audit({context.now(), by, "HOLD_RELEASED", fmt::format("hold/{}", id), reason});
  if (!audited) return audited;
  return (*unit)->commit();
}

}  // namespace ig::core::jobs
