#include "core/jobs/decide.hpp"

#include "core/jobs/proposals.hpp"
#include "core/rules/assess.hpp"
#include "core/triggers/raise.hpp"

#include <algorithm>
#include <utility>

namespace ig::core::jobs {
namespace {

using base::Result;
using triggers::Kind;
using triggers::Mode;

/// Real-time income is a detector: what it raises is a task for a person, whatever the mode says
/// (contracts.md, DETECT_ONLY_NOT_DECIDE). So is a review whose replies do not agree (A31).
Mode mode_for(const JobContext& context, const triggers::Trigger& trigger, rules::Action action) {
  const Mode mode = context.mode_of(trigger.case_key.case_system, trigger.kind);
  const bool detected = action == rules::Action::DETECT_ONLY_NOT_DECIDE;
  const bool doubtful = std::ranges::any_of(trigger.reasons, [](const std::string& reason) {
    return reason == kStraddleDiffers || reason == kStraddleUnanswered;
  });
  return (detected || doubtful) && mode == Mode::live ? Mode::task : mode;
}

bool says_something_new(const std::optional<ports::StoredDecision>& last,
                        const ports::NewDecision& decision) {
  // The daily look repeats itself on most days; only another case state or a trigger is news.
  return !last || last->case_history != decision.case_history;
}

Result<std::uint64_t> add_triggers(const JobContext& context, ports::UnitOfWork& unit,
                                   const std::vector<triggers::Trigger>& raised,
                                   rules::Action action, values::DecisionId decision,
                                   DecideTotals& totals) {
  for (const triggers::Trigger& trigger : raised) {
    const Mode mode = mode_for(context, trigger, action);
    if (mode == Mode::off) continue;
    const auto added =
        unit.add_trigger(trigger, mode, decision, context.now(), context.correlation_id);
    if (!added) return added.error();
    if (!*added) continue;
    ++totals.triggers;
    const std::string kind(triggers::name(trigger.kind));
    ++totals.by_kind[trigger.outcome ? kind + "/" + std::string(triggers::name(*trigger.outcome))
                                     : kind];
    const auto audited = unit.audit({context.now(), "system", "TRIGGER_RAISED", trigger.id,
                                     kind + " " + std::string(triggers::name(mode))});
    if (!audited) return audited.error();
  }
  return totals.triggers;
}

}  // namespace

void DecideTotals::add(const DecideTotals& other) {
  people += other.people;
  decisions += other.decisions;
  triggers += other.triggers;
  for (const auto& [kind, number] : other.by_kind) by_kind[kind] += number;
}

namespace {

Result<MadeDecision> make_decision(const JobContext& context, const ports::RegisteredCase& of,
                                   triggers::Proposal proposal, std::vector<std::string> fact_ids,
                                   const std::string& job) {
  auto assessment = rules::assess(proposal.request, context.parameters);
  if (!assessment) return std::move(assessment).error();
  const auto before = context.store.raised_of(of.record.key);
  if (!before) return before.error();
  const auto until = context.store.accepted_until();
  if (!until) return until.error();
  MadeDecision made;
  made.raised = triggers::raise(*assessment, proposal.context, *before, context.digest);
  made.moves = made.raised.standing != *before;
  ports::NewDecision& decision = made.decision;
  decision.person = of.person;
  decision.job = job;
  decision.case_history = of.history;
  decision.accepted_until = *until;
  decision.proposal = std::move(proposal);
  decision.assessment = *std::move(assessment);
  decision.fact_ids = std::move(fact_ids);
  decision.made_at = context.now();
  decision.correlation_id = context.correlation_id;
  return made;
}

Result<DecideTotals> keep_decision(const JobContext& context, ports::UnitOfWork& unit,
                                   const MadeDecision& made, Keep keep) {
  DecideTotals totals;
  const ports::NewDecision& decision = made.decision;
  const values::CaseKey& key = decision.proposal.context.case_key;
  if (keep == Keep::when_new && made.raised.triggers.empty()) {
    const auto last = context.store.last_decision(key);
    if (!last) return last.error();
    if (!says_something_new(*last, decision)) return totals;
  }
  const auto id = unit.add_decision(decision);
  if (!id) return id.error();
  ++totals.decisions;
  const auto added =
      add_triggers(context, unit, made.raised.triggers, decision.assessment.action, *id, totals);
  if (!added) return added.error();
  if (made.moves) {
    const auto standing = unit.put_raised(key, made.raised.standing);
    if (!standing) return standing.error();
  }
  return totals;
}

}  // namespace

Result<DecideTotals> record_decision(const JobContext& context, ports::UnitOfWork& unit,
                                     const ports::RegisteredCase& of, triggers::Proposal proposal,
                                     std::vector<std::string> fact_ids, const std::string& job,
                                     Keep keep) {
  const auto made = make_decision(context, of, std::move(proposal), std::move(fact_ids), job);
  if (!made) return made.error();
  return keep_decision(context, unit, *made, keep);
}

Result<MadeDecisions> make_decisions(const JobContext& context, values::PersonId person,
                                     values::Date as_of, const std::string& job) {
  MadeDecisions out;
  out.person = person;
  auto cases = context.store.cases_of(person);
  if (!cases) return std::move(cases).error();
  std::erase_if(*cases, [](const ports::RegisteredCase& one) {
    return one.record.status != facts::CaseStatus::open;
  });
  if (cases->empty()) return out;
  auto income = income_proposals(context, *cases, person, as_of);
  if (!income) return std::move(income).error();
  for (triggers::Proposal& proposal : income->proposals) {
    const auto of = std::ranges::find_if(*cases, [&](const ports::RegisteredCase& one) {
      return one.record.key == proposal.context.case_key;
    });
    base::require(of != cases->end(), "a proposal is for one of the cases it was made from");
    auto fact_ids = fact_ids_of(proposal, income->payments);
    auto made = make_decision(context, *of, std::move(proposal), std::move(fact_ids), job);
    if (!made) return std::move(made).error();
    out.decisions.push_back(*std::move(made));
  }
  return out;
}

Result<DecideTotals> keep_decisions(const JobContext& context, ports::UnitOfWork& unit,
                                    const MadeDecisions& made, Keep keep) {
  DecideTotals totals;
  totals.people = 1;
  for (const MadeDecision& one : made.decisions) {
    const auto kept = keep_decision(context, unit, one, keep);
    if (!kept) return kept.error();
    totals.add(*kept);
  }
  return totals;
}

Result<DecideTotals> decide_income(const JobContext& context, ports::UnitOfWork& unit,
                                   values::PersonId person, values::Date as_of,
                                   const std::string& job, Keep keep) {
  const auto made = make_decisions(context, person, as_of, job);
  if (!made) return made.error();
  return keep_decisions(context, unit, *made, keep);
}

}  // namespace ig::core::jobs
