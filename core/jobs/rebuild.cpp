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

Result<triggers::Proposal> review_again(const JobContext& context, const ports::RegisteredCase& of,
                                        const ports::StoredDecision& decision,
                                        const triggers::Context& stored) {
  rules::Historic historic;
  historic.status = facts::FigureStatus::unavailable;
  std::string reason = stored.reasons.empty() ? std::string{} : stored.reasons.front();
  if (!decision.fact_ids.empty()) {
    const auto fact = context.store.fact(decision.fact_ids.front());
    if (!fact) return fact.error();
    const auto* figure = *fact ? std::get_if<facts::YearlyFigure>(&**fact) : nullptr;
    if (figure == nullptr) {
      return base::fail(ErrorCode::INTEGRITY_BROKEN, {},
                        "the yearly figure the decision rests on is not in the store");
    }
    historic = historic_of(*figure);
    reason.clear();
  }
  return review_proposal(of, historic, decision.as_of, std::move(reason));
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

}  // namespace

Result<Rebuilt> rebuild_decision(const JobContext& context, const ports::StoredDecision& decision,
                                 const triggers::Context& stored) {
  const auto of = context.store.case_at(decision.case_history);
  if (!of) return of.error();
  auto proposal = decision.job == "review" ? review_again(context, *of, decision, stored)
                                           : income_again(context, *of, decision);
  if (!proposal) return std::move(proposal).error();
  auto assessment = rules::assess(proposal->request, context.parameters);
  if (!assessment) return std::move(assessment).error();
  return Rebuilt{*std::move(proposal), *std::move(assessment)};
}

}  // namespace ig::core::jobs
