#include "core/triggers/trigger.hpp"

#include <array>
#include <cstddef>

namespace ig::core::triggers {
namespace {

constexpr std::array<std::string_view, kKindCount> kKinds = {
    "INITIAL_FIGURE",   "ANNUAL_REVIEW",       "PERIODIC_CURRENT_CHECK", "IN_YEAR_INCOME",
    "REVISION",         "EMPLOYMENT_STARTED",  "EMPLOYMENT_ENDED",       "BENEFIT_STATUS",
    "VARIATION_INCOME", "NEED_CURRENT_INCOME", "HMRC_UNREACHABLE",       "DEDUCTION",
    "PERSON_STATUS",    "HUMAN_REVIEW"};
constexpr std::array<std::string_view, kOutcomeCount> kOutcomes = {
    "CHANGED",     "UNCHANGED",   "RECORD_UPDATE",     "NEED_CURRENT_INCOME",
    "UNREACHABLE", "REREQUESTED", "REVISION_CANDIDATE"};
constexpr std::array<std::string_view, 2> kDirections = {"UP", "DOWN"};
constexpr std::array<std::string_view, 3> kRelations = {"NEW", "REPLACES", "WITHDRAWS"};
constexpr std::array<std::string_view, 4> kModes = {"OFF", "SHADOW", "TASK", "LIVE"};

template <class Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Kind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }
std::optional<Kind> parse_kind(std::string_view text) noexcept { return parse<Kind>(kKinds, text); }

std::string_view name(Outcome outcome) noexcept {
  return kOutcomes[static_cast<std::size_t>(outcome)];
}
std::optional<Outcome> parse_outcome(std::string_view text) noexcept {
  return parse<Outcome>(kOutcomes, text);
}

std::string_view name(Direction direction) noexcept {
  return kDirections[static_cast<std::size_t>(direction)];
}
std::optional<Direction> parse_direction(std::string_view text) noexcept {
  return parse<Direction>(kDirections, text);
}

std::string_view name(Relation relation) noexcept {
  return kRelations[static_cast<std::size_t>(relation)];
}
std::optional<Relation> parse_relation(std::string_view text) noexcept {
  return parse<Relation>(kRelations, text);
}

std::string_view name(Mode mode) noexcept { return kModes[static_cast<std::size_t>(mode)]; }
std::optional<Mode> parse_mode(std::string_view text) noexcept { return parse<Mode>(kModes, text); }

}  // namespace ig::core::triggers
