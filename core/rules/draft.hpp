#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::core::rules {

/// A regulation of the GB instrument, such as {34, "(2)(a)"}; the parameters say how a
/// jurisdiction names it.
struct Article {
  int regulation = 0;
  std::string_view paragraph;
};

/// "SI 2012/2677 reg 34(2)(a)", or its twin in Northern Ireland.
[[nodiscard]] std::string text(const Article& article, const Parameters& parameters);

/// An answer in the making. `says` is a sentence without its full stop, so that a later rule can
/// go on with it.
struct Draft {
  Action action = Action::NO_CHANGE;
  std::optional<facts::Basis> basis;
  std::optional<values::Money> weekly;
  std::optional<Test> test;
  std::vector<Alternative> alternatives;
  std::vector<std::string> flags;
  std::vector<Article> articles;
  std::string citation;  ///< one that is no article of the instrument; may be empty
  std::string says;
};

/// The draft of an action that leads to no figure.
[[nodiscard]] Draft without_figure(Action action, std::vector<Article> articles, std::string says);

}  // namespace ig::core::rules
