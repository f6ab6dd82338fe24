#pragma once

#include "core/rules/request.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ig::core::rules {

/// What the rules say should be done: the codes of law.md 7A.
enum class Action : std::uint8_t {
  DETERMINE,
  SUPERSEDE,
  SUPERSEDE_FROM_REVIEW_DATE,
  RECORD_UPDATE,
  NO_CHANGE,
  NO_SUPERSESSION,
  NO_SUPERSESSION_REG23_2,
  NEED_CURRENT_INCOME,
  HUMAN_34_2_C,
  HUMAN_UNAVAILABLE,
  HUMAN_REVIEW,
  RETRY,
  RETRY_THEN_HUMAN,
  REREQUEST_HMRC,
  REJECT_FIGURE_REREQUEST,
  REJECT_RESPONSE,
  REVISION_CANDIDATE,
  HOLD_UNTIL_REVIEW,
  MARGINAL_ROUNDING_HUMAN,
  DETECT_ONLY_NOT_DECIDE,
  NOT_TESTED_NO_C,
};

[[nodiscard]] std::string_view name(Action action) noexcept;

/// Can the decision move a liability?
enum class Effect : std::uint8_t { none, possible, unknown };

enum class TestBase : std::uint8_t { historic, current_in_force };

/// The 25 % test as it was made, in whole pence.
struct Test {
  TestBase base = TestBase::historic;
  values::Money base_amount;
  values::Money other_amount;
  values::Money difference;  ///< other less base: negative for a fall
  int threshold_numerator = 1;
  int threshold_denominator = 4;
  bool met = false;
  std::optional<bool> met_unrounded;
};

/// One of the outcomes between which a person chooses.
struct Alternative {
  Action action = Action::NO_CHANGE;
  std::optional<facts::Basis> basis;
  std::optional<values::Money> gross_weekly_income;
};

/// The answer to one Request: contracts.md, "assess". Carries its own reasons.
struct Assessment {
  std::string id;
  DecisionKind kind = DecisionKind::initial;
  Action action = Action::NO_CHANGE;
  std::optional<facts::Basis> basis;
  std::optional<values::Money> gross_weekly_income;
  std::optional<values::Money> historic_weekly;
  std::optional<Test> test;
  Effect effect = Effect::unknown;
  std::vector<Alternative> alternatives;
  std::vector<std::string> flags;      ///< sorted
  std::vector<std::string> citations;  ///< sorted
  std::string parameters_version;
  std::string explanation;  ///< one plain sentence a caseworker can read
};

}  // namespace ig::core::rules
