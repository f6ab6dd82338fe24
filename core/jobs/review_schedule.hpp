#pragma once

#include "core/rules/parameters.hpp"
#include "core/values/date.hpp"

#include <optional>
#include <span>
#include <vector>

/// When HMRC is asked about a review, and asked again (SI 2012/2677 reg 35(2); law.md R-008).
namespace ig::core::jobs {

/// The days on which HMRC is asked about a review date, ascending: the earliest day the law allows,
/// then at falling intervals (a third of what is left, at least a day) to the review date itself.
/// The first day of a new tax year between them is one of the days too (A31).
[[nodiscard]] std::vector<values::Date> review_ask_days(values::Date review_date,
                                                        const rules::Parameters& law);

/// The day the answer has to be asked for on or after to be used for good: the last of the days on
/// which HMRC is first asked. Before it an answer is kept and asked for again (A31).
[[nodiscard]] values::Date settled_from(values::Date review_date, const rules::Parameters& law);

/// Is HMRC to be asked on `today`, when it was last asked on `last` in vain? Yes on the first run
/// on or after each of the days; what was missed is made good once.
[[nodiscard]] bool is_ask_day(std::span<const values::Date> days, values::Date today,
                              std::optional<values::Date> last);

/// The next of the days after `today`, or nothing.
[[nodiscard]] std::optional<values::Date> next_ask_day(std::span<const values::Date> days,
                                                       values::Date today);

}  // namespace ig::core::jobs
