#pragma once

#include "core/rules/decision.hpp"

#include <string>

namespace ig::core::rules {

/// What a decision was made of: the words of its explanation come from here.
struct Grounds {
  const Request& request;
  const HistoricFigure& historic;
  const Parameters& parameters;
};

/// One plain sentence a caseworker can put in a letter, made of the clauses of a decision.
[[nodiscard]] std::string explanation(const Decision& decision, const Grounds& grounds);

}  // namespace ig::core::rules
