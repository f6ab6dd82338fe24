#pragma once

#include "adapters/sandbox/truth.hpp"
#include "core/base/result.hpp"

namespace ig::adapters::sandbox {

/// The most people a population may have: each has a number of its own among six digits.
inline constexpr int kPeopleMax = 50'000;

/// People, jobs and cases that do not exist, the same ones from the same seed. Each person is of
/// one archetype (population_kinds()), dealt in turn, so that a population of as many people as
/// there are archetypes has one of each. `as_of` is the day the gateway looks at them; three
/// calendar months' paydays before it lie in one tax year. Changes of pay are far from 25 %.
/// Errors: USAGE (as_of or people out of range).
[[nodiscard]] core::base::Result<Population> make_population(std::uint64_t seed, int people,
                                                             Day as_of);

/// The names of all archetypes, in the order in which they are dealt.
[[nodiscard]] std::vector<std::string> population_kinds();

/// Regulation 35's weekly figure of an annual sum, by the sandbox's own few lines: 7/365 of it,
/// rounded half up. Pence.
[[nodiscard]] std::int64_t weekly_of_year(std::int64_t annual);

/// Is `now` at least 25 % away from `base`? Both pence a week.
[[nodiscard]] bool differs_by_a_quarter(std::int64_t now, std::int64_t base);

}  // namespace ig::adapters::sandbox
