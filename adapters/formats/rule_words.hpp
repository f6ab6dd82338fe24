#pragma once

#include "adapters/formats/fields.hpp"
#include "core/rules/assessment.hpp"
#include "core/rules/request.hpp"

#include <array>

/// The words of contracts.md ("assess") for the enumerations of the rules.
namespace ig::adapters::formats::words {

inline constexpr std::array<Code<core::rules::DecisionKind>, 5> kKinds = {{
    {"INITIAL", core::rules::DecisionKind::initial},
    {"ANNUAL_REVIEW", core::rules::DecisionKind::annual_review},
    {"PERIODIC_CURRENT_CHECK", core::rules::DecisionKind::periodic_current_check},
    {"IN_YEAR_INCOME", core::rules::DecisionKind::in_year_income},
    {"REVISION", core::rules::DecisionKind::revision},
}};

inline constexpr std::array<Code<core::facts::Jurisdiction>, 2> kJurisdictions = {{
    {"GB", core::facts::Jurisdiction::gb},
    {"NI", core::facts::Jurisdiction::ni},
}};

inline constexpr std::array<Code<core::facts::FigureStatus>, 5> kStatuses = {{
    {"AVAILABLE", core::facts::FigureStatus::available},
    {"NIL", core::facts::FigureStatus::nil},
    {"NO_DATA", core::facts::FigureStatus::no_data},
    {"UNAVAILABLE", core::facts::FigureStatus::unavailable},
    {"NOT_ASKED", core::facts::FigureStatus::not_asked},
}};

inline constexpr std::array<Code<core::rules::Evidence>, 2> kEvidences = {{
    {"VERIFIED", core::rules::Evidence::verified},
    {"DETECTED", core::rules::Evidence::detected},
}};

/// The bases a figure that is tested can have.
inline constexpr std::array<Code<core::facts::Basis>, 3> kBases = {{
    {"HISTORIC", core::facts::Basis::historic},
    {"CURRENT", core::facts::Basis::current},
    {"CURRENT_ESTIMATE", core::facts::Basis::current_estimate},
}};

inline constexpr std::array<Code<core::rules::TestBase>, 2> kTestBases = {{
    {"HISTORIC", core::rules::TestBase::historic},
    {"CURRENT_IN_FORCE", core::rules::TestBase::current_in_force},
}};

inline constexpr std::array<Code<core::rules::Effect>, 3> kEffects = {{
    {"NONE", core::rules::Effect::none},
    {"POSSIBLE", core::rules::Effect::possible},
    {"UNKNOWN", core::rules::Effect::unknown},
}};

/// The word of a value of a closed list.
template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::string_view word(const std::array<Code<Enum>, N>& codes, Enum value) {
  for (const auto& [text, known] : codes) {
    if (known == value) return text;
  }
  core::base::require(false, "the value has a word in its list");
  return {};
}

}  // namespace ig::adapters::formats::words
