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

/// What the pay that was received before a moment comes to a week on a day, and the payments of it.
struct WeighedPay {
  ledger::PersonIncome income;
  std::optional<rules::Current> current;  ///< detected; absent when nothing can be said
  std::vector<std::string> fact_ids;      ///< of the payments inside the windows
};
[[nodiscard]] base::Result<WeighedPay> weighed_pay(const JobContext& context,
                                                   values::PersonId person, values::Date as_of,
                                                   values::Instant received_before,
                                                   std::int64_t accepted_until);

/// The fact ids of the payments a proposal rests on.
[[nodiscard]] std::vector<std::string> fact_ids_of(const triggers::Proposal& proposal,
                                                   std::span<const facts::Payment> payments);

/// The request of an annual review for one case, with the reasons and the attempts that go with it.
/// The case has a review date and a figure in force that is income.
[[nodiscard]] triggers::Proposal review_proposal(const ports::RegisteredCase& of,
                                                 const rules::Historic& historic,
                                                 values::Date as_of,
                                                 std::vector<std::string> reasons,
                                                 std::vector<triggers::Attempt> attempts);

/// The request for the first figure of a case, with pay as real-time information shows it where it
/// is known. The case has an initial effective date.
[[nodiscard]] triggers::Proposal initial_proposal(const ports::RegisteredCase& of,
                                                  const rules::Historic& historic,
                                                  const std::optional<rules::Current>& current,
                                                  values::Date as_of,
                                                  std::vector<std::string> reasons,
                                                  std::vector<triggers::Attempt> attempts);

/// The request of the check of a current income that has stood for the months of reg 22. The case
/// is on current income and says since when; `due` is the day the months are over.
[[nodiscard]] triggers::Proposal periodic_proposal(const ports::RegisteredCase& of,
                                                   values::Date due, values::Date as_of);

/// HMRC's figure as it goes into a request.
[[nodiscard]] rules::Historic historic_of(const facts::YearlyFigure& figure);

}  // namespace ig::core::jobs
