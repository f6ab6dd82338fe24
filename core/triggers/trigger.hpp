#pragma once

#include "core/facts/case_record.hpp"
#include "core/rules/assessment.hpp"
#include "core/rules/effective_dates.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ig::core::triggers {

enum class Kind : std::uint8_t {
  INITIAL_FIGURE,
  ANNUAL_REVIEW,
  PERIODIC_CURRENT_CHECK,
  IN_YEAR_INCOME,
  REVISION,
  EMPLOYMENT_STARTED,
  EMPLOYMENT_ENDED,
  BENEFIT_STATUS,
  VARIATION_INCOME,
  NEED_CURRENT_INCOME,
  HMRC_UNREACHABLE,
  DEDUCTION,
  PERSON_STATUS,
  HUMAN_REVIEW,
};
inline constexpr int kKindCount = 14;
[[nodiscard]] std::string_view name(Kind kind) noexcept;
[[nodiscard]] std::optional<Kind> parse_kind(std::string_view text) noexcept;

/// The outcome of an annual review; every case of a review run gets one.
enum class Outcome : std::uint8_t {
  CHANGED,
  UNCHANGED,
  RECORD_UPDATE,
  NEED_CURRENT_INCOME,
  UNREACHABLE,
  REREQUESTED,
  REVISION_CANDIDATE,
};
inline constexpr int kOutcomeCount = 7;
[[nodiscard]] std::string_view name(Outcome outcome) noexcept;
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view text) noexcept;

enum class Direction : std::uint8_t { up, down };
[[nodiscard]] std::string_view name(Direction direction) noexcept;
[[nodiscard]] std::optional<Direction> parse_direction(std::string_view text) noexcept;

enum class Relation : std::uint8_t { fresh, replaces, withdraws };  ///< NEW, REPLACES, WITHDRAWS
[[nodiscard]] std::string_view name(Relation relation) noexcept;
[[nodiscard]] std::optional<Relation> parse_relation(std::string_view text) noexcept;

/// What happens to triggers of one kind for one case system; set in gateway.toml.
enum class Mode : std::uint8_t { off, shadow, task, live };
[[nodiscard]] std::string_view name(Mode mode) noexcept;
[[nodiscard]] std::optional<Mode> parse_mode(std::string_view text) noexcept;

/// A lawful effective date and when it is the right one. Never picked by the gateway.
using EffectiveCandidate = rules::EffectiveDateCandidate;

/// A recalculation trigger: contracts.md, "Triggers". It says "the test is met, by these facts,
/// under this regulation"; it is never a decision on liability.
struct Trigger {
  std::string id;          ///< 32 hex digits of the SHA-256 of the dedupe key
  std::string dedupe_key;  ///< what makes it the same trigger; no personal data
  values::Date raised_on;
  values::CaseKey case_key;
  std::string person;  ///< opaque id, or empty where files alone are worked on
  Kind kind = Kind::IN_YEAR_INCOME;
  std::optional<Outcome> outcome;
  std::optional<Direction> direction;
  std::optional<values::Money> base;
  std::optional<values::Money> weekly;
  rules::Effect effect = rules::Effect::unknown;
  std::vector<EffectiveCandidate> effective_candidates;
  std::vector<std::string> reasons;  ///< sorted codes
  Relation relation = Relation::fresh;
  std::string refers_to;  ///< id of the trigger replaced or withdrawn, or empty
  std::string explanation;
};

}  // namespace ig::core::triggers
