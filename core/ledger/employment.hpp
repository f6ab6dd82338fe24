#pragma once

#include "core/ledger/book.hpp"
#include "core/ledger/ledger.hpp"

#include <optional>

namespace ig::core::ledger {

/// What one employment came to on a day.
struct WeighedJob {
  std::optional<EmploymentIncome> income;  ///< absent: nothing was ever paid in it by the day
  std::optional<values::Date> until;       ///< from that day on the same facts may say otherwise
};

/// What one job pays a week at the end of `as_of`. `book` was kept for the same job, and still
/// holds on that day.
[[nodiscard]] WeighedJob weigh_job(const Job& job, const Book& book, values::Date as_of,
                                   const LedgerPolicy& policy);

}  // namespace ig::core::ledger
