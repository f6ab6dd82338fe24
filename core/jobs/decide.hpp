#pragma once

#include "core/jobs/context.hpp"
#include "core/triggers/raise.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ig::core::jobs {

/// Reasons of a review that goes to a person whatever the mode says: the replies of the old and the
/// new tax year do not agree, or the second never came (A31).
inline constexpr std::string_view kStraddleDiffers = "APRIL_REPLIES_DIFFER";
inline constexpr std::string_view kStraddleUnanswered = "APRIL_SECOND_REPLY_MISSING";

/// What deciding for some people came to.
struct DecideTotals {
  std::uint64_t people = 0;
  std::uint64_t decisions = 0;
  std::uint64_t triggers = 0;  ///< stored for the first time, in any mode but OFF
  std::map<std::string, std::uint64_t> by_kind;

  void add(const DecideTotals& other);
};

/// When a decision is kept: always (a new fact asked for it), or only when it says something else
/// than the last one of its case (the daily look at everybody).
enum class Keep : std::uint8_t { always, when_new };

/// A decision that was made and not yet stored, and what it raises.
struct MadeDecision {
  ports::NewDecision decision;
  triggers::RaiseOutcome raised;
  bool moves = false;  ///< what stands as raised for its case becomes another
};

/// What the chain came to for one person.
struct MadeDecisions {
  values::PersonId person;
  std::vector<MadeDecision> decisions;
};

/// The first half of decide_income(), which only reads.
[[nodiscard]] base::Result<MadeDecisions> make_decisions(const JobContext& context,
                                                         values::PersonId person,
                                                         values::Date as_of,
                                                         const std::string& job);

/// The other half: stores what was made. Nothing that it was made from may have changed.
[[nodiscard]] base::Result<DecideTotals> keep_decisions(const JobContext& context,
                                                        ports::UnitOfWork& unit,
                                                        const MadeDecisions& made, Keep keep);

/// Runs the pure chain for one person: payments known by the end of `as_of` -> ledger -> propose ->
/// assess -> raise, and writes decisions, triggers, what stands as raised, and their audit entries
/// into `unit`. The caller commits.
[[nodiscard]] base::Result<DecideTotals> decide_income(const JobContext& context,
                                                       ports::UnitOfWork& unit,
                                                       values::PersonId person, values::Date as_of,
                                                       const std::string& job, Keep keep);

/// Stores one assessed proposal and what it raises. Shared by the in-year chain and the review.
[[nodiscard]] base::Result<DecideTotals> record_decision(const JobContext& context,
                                                         ports::UnitOfWork& unit,
                                                         const ports::RegisteredCase& of,
                                                         triggers::Proposal proposal,
                                                         std::vector<std::string> fact_ids,
                                                         const std::string& job, Keep keep);

}  // namespace ig::core::jobs
