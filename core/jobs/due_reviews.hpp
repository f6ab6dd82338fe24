#pragma once

#include "core/jobs/context.hpp"

#include <cstdint>
#include <vector>

namespace ig::core::jobs {

/// One person's cases whose review is due and not answered.
struct DueReview {
  values::PersonId person;
  std::vector<ports::RegisteredCase> cases;
};

/// Whose annual review is due, and what was passed over on the way there.
struct DueReviews {
  std::vector<DueReview> people;
  std::uint64_t cases = 0;       ///< due and not yet answered
  std::uint64_t answered = 0;    ///< due, but answered by an earlier run
  std::uint64_t not_tested = 0;  ///< due, but in force is no figure that rests on income
};

/// The people with an open case whose review date is at most `days` after `as_of`, where no
/// ANNUAL_REVIEW for that date was raised. By person. Errors: STORE_FAILED.
[[nodiscard]] base::Result<DueReviews> find_due_reviews(const JobContext& context,
                                                        values::Date as_of, int days);

/// Has the case its ANNUAL_REVIEW for its review date? Errors: STORE_FAILED.
[[nodiscard]] base::Result<bool> has_its_review(const JobContext& context,
                                                const ports::RegisteredCase& of);

/// Does a request made on `asked` count for the case (SI 2012/2677 reg 35(2))? One that lies after
/// `as_of` does not.
[[nodiscard]] bool counts_for(const ports::RegisteredCase& of, values::Date asked,
                              values::Date as_of, const rules::Parameters& law);

/// Is unearned income asked for too? Only where a variation is in force in one of the cases (reg
/// 21).
[[nodiscard]] bool needs_unearned(const DueReview& due);

/// The same for every case of `due`.
[[nodiscard]] bool counts_for_all(const DueReview& due, values::Date asked, values::Date as_of,
                                  const rules::Parameters& law);

}  // namespace ig::core::jobs
