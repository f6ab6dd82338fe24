#pragma once

#include "core/base/sensitive.hpp"
#include "core/jobs/context.hpp"
#include "core/values/nino.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ig::core::jobs {

/// Kind and code of the held item that says that a source stopped watching somebody.
inline constexpr const char* kInterestKind = "INTEREST";
inline constexpr const char* kInterestLost = "INTEREST_LOST";

/// What has to be asked of a source of extracts so that it watches everybody with an open case and
/// nobody else, and what its list taught us. Made by plan_interest(), which changes nothing.
struct InterestPlan {
  struct Drop {
    std::optional<values::PersonId> person;  ///< empty: the source watches somebody unknown to us
    base::Sensitive<values::Nino> nino;
  };
  struct Enter {
    values::PersonId person;
    base::Sensitive<values::Nino> nino;
  };
  std::string source;
  std::vector<Enter> enter;                 ///< to be watched from now on, or again
  std::vector<Drop> drop;                   ///< not to be watched any more
  std::vector<values::PersonId> confirmed;  ///< the list shows them for the first time
  std::vector<values::PersonId> gone;       ///< not wanted, and not watched: only our row goes
  std::uint64_t wanted = 0;                 ///< people with an open case
  std::uint64_t lost = 0;     ///< of `enter`: were confirmed, and the list has them not
  std::uint64_t unknown = 0;  ///< of `drop`: nobody of ours
};

/// Compares who is wanted, what was asked for, and, where given, the source's own list. Without a
/// list our own record stands. Everybody wanted whom the list lacks is asked for again: asking
/// twice does no harm. Errors: STORE_FAILED.
[[nodiscard]] base::Result<InterestPlan> plan_interest(
    const JobContext& context, const std::string& source,
    const std::optional<std::vector<values::Nino>>& listed);

/// Writes a plan's outcome down once its requests are on their way; an interest that was lost is
/// held for a person to look at. Errors: STORE_FAILED.
[[nodiscard]] base::Result<void> keep_interest(const JobContext& context, const InterestPlan& plan);

}  // namespace ig::core::jobs
