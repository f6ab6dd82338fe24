#pragma once

#include "core/facts/fact.hpp"
#include "core/facts/payment.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace ig::core::ledger {

/// The facts of one employment: what all sources say about it. Borrows from the spans it was
/// sorted from.
struct Job {
  values::EmploymentKey key;                    ///< newest payroll id; sequence where learnt
  std::vector<const facts::Payment*> payments;  ///< in the order we came to know them
  std::vector<const facts::Employment*> listed;
  /// Differences from the totals of closed years (EYU): no paydays.
  std::vector<const facts::Payment*> year_corrections;
  std::vector<std::string_view> notes;
};

/// Strict order of knowledge: received, then the source's stamp, then payday, total, pay, origin.
[[nodiscard]] bool known_before(const facts::Payment& a, const facts::Payment& b);

/// Same payday and pay, and no contradiction in the pay to date: one payment, told twice.
[[nodiscard]] bool same_payment(const facts::Payment& a, const facts::Payment& b);

/// Pay to date before this payment, where the total is known.
[[nodiscard]] std::optional<values::Money> total_before(const facts::Payment& payment);

/// Sorts one person's facts into employments (contracts.md, "Employment key"; rti.md 4.2): by
/// office, reference and payroll id; a sequence number is an alias learnt when both are seen; a
/// new payroll id whose total goes on where another's ended is the same job (hazards 16, 17).
/// Passed over: test facts, retracted and superseded ones, payees that are no individual. An
/// Earlier Year Update makes no job: it goes to the one it names. The result is in the order of the
/// keys and does not depend on the order of the facts.
[[nodiscard]] std::vector<Job> sort_into_jobs(std::span<const facts::Payment> payments,
                                              std::span<const facts::Employment> employments);

}  // namespace ig::core::ledger
