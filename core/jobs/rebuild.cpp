#include "core/jobs/rebuild.hpp"

#include "core/jobs/proposals.hpp"
#include "core/rules/assess.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace ig::core::jobs {
namespace {

using base::ErrorCode;
using base::Result;

/// HMRC's figure as it was then: of the stored fact, or unavailable where none came.
Result<rules::Historic> historic_again(const JobContext& context,
                                       const ports::StoredDecision& decision) {
  rules::Historic historic;
  historic.status = facts::FigureStatus::unavailable;
  for (const std::string& id : decision.fact_ids) {
    const auto fact = context.store.fact(id);
    if (!fact) return fact.error();
    if (!*fact) {
      return base::fail(ErrorCode::INTEGRITY_BROKEN, {},
                        "a fact the decision rests on is not in the store");
    }
    if (const auto* figure = std::get_if<facts::YearlyFigure>(&**fact)) {
      historic = historic_of(*figure);
    }
  }
  return historic;
}

/// Reasons and attempts are what the job saw, not what facts say: they stay as they were noted.
Result<triggers::Proposal> review_again(const JobContext& context, const ports::RegisteredCase& of,
                                        const ports::StoredDecision& decision,
                                        const triggers::Context& stored) {
  const auto historic = historic_again(context, decision);
  if (!historic) return historic.error();
  return review_proposal(of, *historic, decision.as_of, stored.reasons, stored.attempts);
}

Result<triggers::Proposal> income_again(const JobContext& context, const ports::RegisteredCase& of,
                                        const ports::StoredDecision& decision) {
  auto again = income_proposals(context, std::span(&of, 1), decision.person, decision.as_of,
                                decision.accepted_until);
  if (!again) return std::move(again).error();
  for (triggers::Proposal& proposal : again->proposals) {
    if (proposal.context.case_key == decision.case_key) return std::move(proposal);
  }
  return base::fail(ErrorCode::INTEGRITY_BROKEN, {},
                    "the stored facts no longer call for this decision");
}

Result<triggers::Proposal> initial_again(const JobContext& context, const ports::RegisteredCase& of,
                                         const ports::StoredDecision& decision,
                                         const triggers::Context& stored) {
  const auto historic = historic_again(context, decision);
  if (!historic) return historic.error();
  const auto pay =
      weighed_pay(context, decision.person, decision.as_of,
                  decision.made_at + std::chrono::milliseconds{1}, decision.accepted_until);
  if (!pay) return pay.error();
  return initial_proposal(of, *historic, pay->current, decision.as_of, stored.reasons,
                          stored.attempts);
}

Result<triggers::Proposal> periodic_again(const JobContext& context,
                                          const ports::RegisteredCase& of,
                                          const ports::StoredDecision& decision) {
  const auto law = context.parameters.on(decision.as_of, facts::Jurisdiction::gb);
  if (!law) return law.error();
  const values::Date due = of.record.in_force->since->plus_months(law->periodic_check_months);
  return periodic_proposal(of, due, decision.as_of);
}

Result<triggers::Proposal> proposal_again(const JobContext& context,
                                          const ports::RegisteredCase& of,
                                          const ports::StoredDecision& decision,
                                          const triggers::Context& stored) {
  if (decision.job == "review") return review_again(context, of, decision, stored);
  if (decision.job == "initial") return initial_again(context, of, decision, stored);
  if (decision.job == "periodic") return periodic_again(context, of, decision);
  return income_again(context, of, decision);
}

}  // namespace

Result<Rebuilt> rebuild_decision(const JobContext& context, const ports::StoredDecision& decision,
                                 const triggers::Context& stored) {
  const auto of = context.store.case_at(decision.case_history);
  if (!of) return of.error();
  auto proposal = proposal_again(context, *of, decision, stored);
  if (!proposal) return std::move(proposal).error();
  auto assessment = rules::assess(proposal->request, context.parameters);
  if (!assessment) return std::move(assessment).error();
  return Rebuilt{*std::move(proposal), *std::move(assessment)};
}

}  // namespace ig::core::jobs
