#pragma once

#include "core/jobs/context.hpp"
#include "core/ledger/ledger.hpp"
#include "core/triggers/propose.hpp"

#include <string>
#include <vector>

namespace ig::core::jobs {

/// What the ledger and propose take from the dated parameters.
[[nodiscard]] ledger::LedgerPolicy ledger_policy(const rules::Parameters& parameters);
[[nodiscard]] triggers::ProposePolicy propose_policy(const rules::Parameters& parameters);

/// What the payments known by the end of `as_of` call for, and the facts they are.
struct IncomeProposals {
  std::vector<triggers::Proposal> proposals;
  std::vector<facts::Payment> payments;
};

/// Ledger and propose for one person, on the documents accepted up to `accepted_until`.
[[nodiscard]] base::Result<IncomeProposals> income_proposals(
    const JobContext& context, std::span<const ports::RegisteredCase> cases,
    values::PersonId person, values::Date as_of,
    std::int64_t accepted_until = ports::Store::kAllAccepted);

/// The fact ids of the payments a proposal rests on.
[[nodiscard]] std::vector<std::string> fact_ids_of(const triggers::Proposal& proposal,
                                                   std::span<const facts::Payment> payments);

/// The request of an annual review for one case. `reason` is a code such as HMRC_DEADLINE, or
/// empty. The case has a review date and a figure in force that is income.
[[nodiscard]] triggers::Proposal review_proposal(const ports::RegisteredCase& of,
                                                 const rules::Historic& historic,
                                                 values::Date as_of, std::string reason);

/// HMRC's figure as it goes into a request.
[[nodiscard]] rules::Historic historic_of(const facts::YearlyFigure& figure);

}  // namespace ig::core::jobs
