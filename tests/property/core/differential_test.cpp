#include "core/rules/assess.hpp"
#include "tests/property/core/made_requests.hpp"
#include "tests/property/core/naive_rules.hpp"
#include "tests/support/assessment_lines.hpp"
#include "tests/support/law.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace ig::core::rules {
namespace {

using tests::NaiveAnswer;
using tests::NaiveOutcome;
using tests::NaiveTest;
using tests::Wide;

constexpr int kRequests = 200'000;

bool same(const std::optional<values::Money>& ours, const std::optional<Wide>& naive) {
  if (ours.has_value() != naive.has_value()) return false;
  return !ours || Wide{ours->in_pence()} == *naive;
}

bool same(const std::optional<Test>& ours, const std::optional<NaiveTest>& naive) {
  if (ours.has_value() != naive.has_value()) return false;
  if (!ours) return true;
  return ours->base == naive->base && Wide{ours->base_amount.in_pence()} == naive->base_pence &&
         Wide{ours->other_amount.in_pence()} == naive->other_pence &&
         Wide{ours->difference.in_pence()} == naive->other_pence - naive->base_pence &&
         ours->threshold_numerator == 1 && ours->threshold_denominator == 4 &&
         ours->met == naive->met && ours->met_unrounded == naive->met_unrounded;
}

bool same(const std::vector<Alternative>& ours, const std::vector<NaiveOutcome>& naive) {
  if (ours.size() != naive.size()) return false;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (ours[i].action != naive[i].action || ours[i].basis != naive[i].basis ||
        !same(ours[i].gross_weekly_income, naive[i].weekly)) {
      return false;
    }
  }
  return true;
}

/// The first member in which the two answers differ; empty when they agree.
std::string_view first_difference(const base::Result<Assessment>& ours, const NaiveAnswer& naive) {
  if (ours.has_value() == naive.error.has_value()) return "error or answer";
  if (!ours) return ours.error().code == *naive.error ? "" : "error code";
  if (ours->action != naive.outcome.action) return "action";
  if (ours->basis != naive.outcome.basis) return "basis";
  if (!same(ours->gross_weekly_income, naive.outcome.weekly)) return "gross_weekly_income";
  if (!same(ours->historic_weekly, naive.historic_weekly)) return "historic_weekly";
  if (!same(ours->test, naive.test)) return "test";
  if (ours->effect != naive.effect) return "effect";
  if (!same(ours->alternatives, naive.alternatives)) return "alternatives";
  if (ours->flags != std::vector<std::string>(naive.flags.begin(), naive.flags.end())) {
    return "flags";
  }
  return "";
}

std::string shown(const base::Result<Assessment>& answer) {
  return answer ? tests::line_of(*answer) : tests::line_of(answer.error());
}

TEST(Rules, AgreeWithASecondNaiveReadingOfTheContract) {
  const ParameterSet law = tests::law();
  base::SeededRandom chance(20'121'210);
  std::set<Action> actions;
  std::set<base::ErrorCode> errors;
  std::set<std::string> flags;
  int met = 0;
  int told = 0;
  for (int i = 0; i < kRequests; ++i) {
    const Request request = tests::made_request(chance);
    const auto ours = assess(request, law);
    const NaiveAnswer naive = tests::naive_assess(request);
    const std::string_view difference = first_difference(ours, naive);
    if (!difference.empty()) {
      ADD_FAILURE() << "request " << i << " differs in " << difference << "\n  "
                    << tests::line_of(request) << "\n  ours: " << shown(ours)
                    << "\n  the contract: "
                    << (naive.error ? base::name(*naive.error) : name(naive.outcome.action));
      if (++told == 10) return;
    }
    if (!ours) {
      errors.insert(ours.error().code);
      continue;
    }
    actions.insert(ours->action);
    flags.insert(ours->flags.begin(), ours->flags.end());
    if (ours->test && ours->test->met) ++met;
  }
  // The requests reach everything there is to reach.
  EXPECT_EQ(actions.size(), 20U);
  EXPECT_EQ(errors.size(), 5U);
  EXPECT_EQ(flags.size(), 6U);
  EXPECT_GT(met, kRequests / 20);
}

}  // namespace
}  // namespace ig::core::rules
