#pragma once

#include "core/ledger/jobs.hpp"
#include "core/values/money.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace ig::core::ledger {

/// A payment that was judged once, whatever number of sources and files told it.
struct Booked {
  const facts::Payment* payment;  ///< of the first source, with what the others add; never null
  values::Money amount;           ///< the part of the pay that belongs in a weekly rate
  bool in_a_period = true;        ///< false: arrears, a one-off, notional pay, or no pay at all
};

/// A note and the payday it is about, so that old stories do not follow a job for ever.
struct DatedNote {
  values::Date on;
  std::string_view code;
};

/// What was paid in one job by a day, judged by rti.md 4.3. Borrows from the payments of the job.
struct Book {
  std::vector<Booked> payments;  ///< by payday, then knowledge
  std::vector<DatedNote> notes;
  /// What Earlier Year Updates add to the pay of closed years, in no period; several add together.
  std::map<values::TaxYear, values::Money> corrected_years;
  std::optional<values::Date> last_paid_on;  ///< any pay reported, held or not, but no arrears
  /// From that day on the same facts make another book; absent: never.
  std::optional<values::Date> until;
  /// Payments that several rows told, put together.
  std::vector<std::unique_ptr<facts::Payment>> completed;
};

/// Judges the payments of one job up to and with `as_of`: rebuilt duplicates, one payday told by
/// several sources, sources that disagree, payments that are no longer valid, totals that do not
/// follow. A correction (late reason H) is a difference and stays on the payday it names.
[[nodiscard]] Book keep_book(const Job& job, values::Date as_of);

}  // namespace ig::core::ledger
