#pragma once

#include "core/base/error_code.hpp"
#include "core/rules/assessment.hpp"
#include "core/rules/request.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

/// The rules a second time, written from the words of contracts.md, "assess", and from nothing of
/// core/rules but the types that go in and come out. Slow and plain on purpose: each step is exact
/// arithmetic on fractions, and each number of the law is written out, so that a wrong number in
/// config/parameters.toml is found too.
namespace ig::tests {

__extension__ using Wide = __int128;

/// The 25 % test as it was made.
struct NaiveTest {
  core::rules::TestBase base = core::rules::TestBase::historic;
  Wide base_pence = 0;
  Wide other_pence = 0;
  bool met = false;
  std::optional<bool> met_unrounded;
};

/// An action with the figure it leads to.
struct NaiveOutcome {
  core::rules::Action action = core::rules::Action::NO_CHANGE;
  std::optional<core::facts::Basis> basis;
  std::optional<Wide> weekly;
};

/// The answer as far as the contract fixes it: all but citations and words.
struct NaiveAnswer {
  std::optional<core::base::ErrorCode> error;
  NaiveOutcome outcome;
  std::optional<Wide> historic_weekly;
  std::optional<NaiveTest> test;
  core::rules::Effect effect = core::rules::Effect::unknown;
  std::vector<NaiveOutcome> alternatives;
  std::set<std::string> flags;
};

/// Where a request is wrong in more than one way, the errors are told in this order: the date, the
/// figure in force, HMRC's figure, what the kind needs.
[[nodiscard]] NaiveAnswer naive_assess(const core::rules::Request& request);

}  // namespace ig::tests
