#pragma once

#include "core/jobs/payday_look.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ig::core::jobs {

/// So many people who are paid by one rhythm and next on the same day; without a rhythm, whose turn
/// comes next on that day.
struct Paydays {
  std::optional<values::PayFrequency> rhythm;
  values::Date next;
  std::uint64_t people = 0;
};

struct LookPlanTerms {
  values::Date from;               ///< the first day
  int days = 91;                   ///< how many are played through
  std::uint32_t per_second = 3;    ///< requests HMRC grants this application
  std::uint64_t others_a_day = 0;  ///< requests that go before ours: first figures, reviews
  int late_per_mille = 57;         ///< payments reported after their payday (rti.md: 5.7 %)
  LookPolicy policy;
};

/// What looking at everybody after their paydays comes to under the budget of requests.
struct LookPlan {
  std::uint64_t people = 0;
  std::map<std::string, std::uint64_t> by_rhythm;  ///< people, by HMRC's code or "NONE"
  std::uint64_t calls = 0;                         ///< that were made in those days
  std::uint64_t most_in_a_day = 0;                 ///< that became due on one day
  std::uint64_t capacity_a_day = 0;
  std::uint64_t waiting = 0;  ///< due and not yet made when the days are over
  /// Hours from the beginning of a payday to the reply that shows it; absent without any.
  std::optional<int> half;  ///< of paydays are seen within so many
  std::optional<int> nineteen_in_twenty;
  std::optional<int> worst;
};

/// Plays the days hour by hour: looks become due at midnight, the longest waiting goes first, and a
/// payment that is reported late is seen by the second look. Pure.
[[nodiscard]] LookPlan plan_looks(std::span<const Paydays> paydays, const LookPlanTerms& terms);

/// A made-up population, for a plan before there are cases: 65 in 100 are paid by the month, mostly
/// in its last days, 18 weekly, 12 four-weekly and 5 fortnightly, mostly on a Friday. No published
/// table gives these shares; they are our own judgment.
[[nodiscard]] std::vector<Paydays> made_up_paydays(std::uint64_t people, values::Date from);

}  // namespace ig::core::jobs
