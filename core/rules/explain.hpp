#pragma once

#include "core/rules/assessment.hpp"
#include "core/rules/historic.hpp"
#include "core/rules/parameters.hpp"
#include "core/rules/request.hpp"

#include <string>

/// The words of an explanation: plain English a caseworker can put in a letter. Sums are pounds
/// with the pound sign; percentages are cut, not rounded, to two places and never decide.
namespace ig::core::rules {

/// "\u00a31,234.50".
[[nodiscard]] std::string pounds(values::Money amount);

/// "\u00a3500.00 a week".
[[nodiscard]] std::string a_week(values::Money amount);

/// How far `other` lies from `base`: "25.00 % above", "24.99 % below", "above" from nil, or
/// "equal to".
[[nodiscard]] std::string distance(values::Money base, values::Money other);

/// "25 %", or "1/3" where the part is no whole percentage.
[[nodiscard]] std::string part_text(int numerator, int denominator);

/// "HMRC's figure for 2025-26", without the year when it is not known.
[[nodiscard]] std::string hmrc_figure(const HistoricFigure& historic);

/// "your current income", or "the pay seen in real-time data" when it is not verified.
[[nodiscard]] std::string income_word(Evidence evidence);

/// The same word at the start of a sentence.
[[nodiscard]] std::string income_word_first(Evidence evidence);

/// "a current figure" and the like.
[[nodiscard]] std::string_view basis_word(facts::Basis basis);

/// ", which is at least 25 %" or ", which is less than 25 %".
[[nodiscard]] std::string verdict(const Test& test);

}  // namespace ig::core::rules
